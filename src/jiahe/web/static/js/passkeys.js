// Passkeys: between the page's forms, which speak JSON, and the browser, which speaks bytes.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const written = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: key };
}

function answered(credential) {
  const response = { clientDataJSON: written(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = written(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: written(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ceremony(form) {
  if (form.dataset.passkey === "create") return navigator.credentials.create(asked(JSON.parse(form.dataset.options)));
  const options = await (await fetch(form.dataset.challenge)).json();
  return navigator.credentials.get(asked(options));
}

function say(form, sentence) {
  const line = form.querySelector("[data-said]") ?? document.createElement("p");
  line.className = "note note--danger";
  line.setAttribute("role", "alert");
  line.dataset.said = "";
  line.textContent = sentence;
  form.prepend(line);
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = answered(await ceremony(form));
    } catch {
      say(form, form.dataset.failed);
      return;
    }
    form.submit();
  });
}
