// Shortcuts of one key in lists. A button at the foot of the list says which there are, and
// there they are switched off: who speaks to a computer types letters without meaning to.

const KEY = "registry-shortcuts";
const parts = document.getElementById("registry-shortcuts").content;
const [dialog, button] = parts.children;
const links = [...document.querySelectorAll("#result_list tbody th a")];
const used = dialog.querySelector("input");
const on = () => localStorage.getItem(KEY) !== "off";

function show() {
  used.checked = on();
  dialog.showModal();
}

// The link of the row is what moves: it is seen, it is read aloud, and Enter opens it.
function move(step) {
  const row = document.activeElement.closest("#result_list tbody tr");
  const here = links.findIndex((link) => row?.contains(link));
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1);
  links[next]?.focus();
}

const ACTIONS = {
  "/": () => document.getElementById("searchbar")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  "?": show,
};

used.addEventListener("change", () => localStorage.setItem(KEY, used.checked ? "on" : "off"));
button.addEventListener("click", show);
document.addEventListener("keydown", (event) => {
  const act = Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key];
  const typing = event.target.closest("input, select, textarea, [contenteditable], .select2");
  if (!act || typing || dialog.open || event.ctrlKey || event.metaKey || event.altKey || !on())
    return;
  event.preventDefault();
  act();
});
document.getElementById("changelist-form").after(button);
document.body.append(dialog);
