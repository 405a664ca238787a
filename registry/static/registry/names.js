// Names for the boxes that the scripts of Django's admin put in the place of fields.

const $ = window.django?.jQuery;

function name(select) {
  const label = select.labels[0];
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  if (!label || !box) return;
  label.id ||= `${select.id}_label`;
  const shown = box.querySelector(".select2-selection__rendered");
  box.setAttribute("aria-labelledby", [label.id, shown.id].filter(Boolean).join(" "));
  // What is chosen is no field beside the box.
  shown.removeAttribute("role");
  shown.removeAttribute("aria-readonly");
  box.querySelector("input")?.setAttribute("aria-labelledby", label.id);
}

function nameAll(within) {
  within.querySelectorAll(".admin-autocomplete:not([name*=__prefix__])").forEach(name);
}

// After the scripts that make the boxes, which wait in the same queue.
$?.(() => nameAll(document));
document.addEventListener("formset:added", (event) => nameAll(event.target));

// The list that opens has an input of its own, and belongs to the box.
$?.(document).on("select2:open", ({ target }) => {
  const typed = document.querySelector(".select2-container--open .select2-search--dropdown input");
  typed?.setAttribute("aria-labelledby", `${target.id}_label`);
  const box = target.nextElementSibling.querySelector(".select2-selection");
  box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
});

// What hints at the use of a list of groups says so to whoever listens, too.
window.addEventListener("load", () => {
  document
    .querySelectorAll("span.help-tooltip[aria-label]")
    .forEach((hint) => hint.setAttribute("role", "img"));
});
