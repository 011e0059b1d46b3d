// Sections of a credit file: tabs where there is room, folds on the phone. What was read once is not read again.
"use strict";

const sections = document.getElementById("sections");
const wide = window.matchMedia("(min-width: 761px)");

const panelOf = (link) => document.getElementById(link.getAttribute("aria-controls"));

function set(link, open) {
  link.setAttribute("aria-expanded", String(open));
  panelOf(link).toggleAttribute("data-open", open);
}

function show(link) {
  if (wide.matches) {
    for (const other of sections.querySelectorAll("a[aria-controls]")) set(other, other === link);
  } else {
    set(link, !panelOf(link).hasAttribute("data-open"));
  }
  sections.dispatchEvent(new CustomEvent("sections:shown", { bubbles: true }));
}

sections.addEventListener("click", (event) => {
  const link = event.target.closest("a[aria-controls]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  show(link);
  if (!panelOf(link).hasAttribute("data-loaded")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  window.history.replaceState(null, "", link.href);
}, { capture: true });

sections.addEventListener("htmx:afterSwap", (event) => event.target.setAttribute("data-loaded", ""));

wide.addEventListener("change", () => {
  if (wide.matches) show(sections.querySelector("a[aria-expanded=true]") ?? sections.querySelector("a[aria-controls]"));
});
