// Search as one types (Ctrl K, arrows, Enter, Escape), and a word when a part of the page did not come.
"use strict";

const field = document.querySelector("[data-finder]");
const found = document.getElementById("finder-found");

const hits = () => [...found.querySelectorAll("[role=option]")];

function choose(hit) {
  for (const other of hits()) other.setAttribute("aria-selected", String(other === hit));
  if (hit) {
    field.setAttribute("aria-activedescendant", hit.id);
    hit.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function close() {
  found.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  choose(null);
}

function step(by) {
  const all = hits();
  const at = all.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  const next = at < 0 && by < 0 ? all.length - 1 : at + by;
  choose(all[(next + all.length) % all.length]);
}

const keys = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => found.querySelector("[aria-selected=true]").click(),
};

if (field) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    const act = keys[event.key];
    const open = event.key === "Enter" ? found.querySelector("[aria-selected=true]") : hits().length;
    if (act && open) {
      event.preventDefault();
      act();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".finder")) close();
  });
  field.closest("form").addEventListener("focusout", (event) => {
    if (event.relatedTarget && !event.relatedTarget.closest(".finder")) close();
  });
  found.addEventListener("htmx:afterSwap", () => field.setAttribute("aria-expanded", String(hits().length > 0)));
}

function failed(event) {
  const notes = document.getElementById("notes");
  const awaited = event.detail.target?.querySelector(".loading")?.parentElement;
  const line = document.createElement("p");
  line.className = "note note--danger";
  line.append(notes.dataset.failed);
  const again = document.createElement("a");
  again.href = event.detail.pathInfo.requestPath;
  again.textContent = notes.dataset.again;
  line.append(again);
  (awaited ?? notes).replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.addEventListener("click", (event) => {
  for (const sheet of document.querySelectorAll("details[data-sheet][open]")) {
    if (!sheet.contains(event.target)) sheet.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const sheet of document.querySelectorAll("details[data-sheet][open]")) {
    sheet.open = false;
    sheet.querySelector("summary").focus();
  }
});
