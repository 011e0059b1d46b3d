// The desk by keyboard: j and k move, Enter opens, g grabs; and refusals are said where the form was.
"use strict";

const rows = () => [...document.querySelectorAll("[data-row]")];
const opener = (row) => row.querySelector("[data-open]");

function move(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  opener(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function grab() {
  const row = document.activeElement?.closest("[data-row]") ?? rows()[0];
  const sheet = row?.querySelector("[data-grab]");
  if (!sheet) return;
  sheet.open = true;
  sheet.querySelector("input:not([type=hidden])").select();
}

const deskKeys = { j: () => move(1), k: () => move(-1), g: grab };

document.addEventListener("keydown", (event) => {
  const act = deskKeys[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  act();
});

// A refusal comes with the part of the page that says it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (![403, 409, 422].includes(event.detail.xhr.status)) return;
  if (event.detail.requestConfig.verb !== "post") return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
