// Keys. A control names its key in data-key; the key presses the control. So every key is also something to click.
// The overview (?) is made from the controls of the page, so it is never out of date.
const extra = [];
const NAMED = { ArrowUp: "↑", ArrowDown: "↓", Enter: "↵", Escape: "Esc" };
const SECTIONS = ["input:not([type=checkbox]):not([type=radio])", "textarea", "select", "[contenteditable]"].join();

export const isTyping = (target) => target instanceof Element && target.matches(SECTIONS);
export const isVisible = (element) => element.getClientRects().length > 0;

/** Name a key without a control of its own; `run` gets the event and says false when the key was not for it. */
export function onKey(combo, label, run) {
  extra.push({ combo, label, run });
}

/** `Ctrl+Enter`, `Alt+1`, `j`: how an event is called in data-key. */
export function comboOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const key = event.altKey && digit ? digit[1] : event.key;
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : ""].filter(Boolean);
  const name = held.length && key.length === 1 ? key.toUpperCase() : key;
  return [...held, name].join("+");
}

// A key held down repeats only where it goes step by step; nobody wants to remove everything by a long press.
const STEPS = /Arrow|^[jk]$/;
const areSinglesOff = () => document.documentElement.dataset.keys === "off";

function controlOf(combo) {
  return [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === combo && isVisible(one));
}

function press(control) {
  if (control.matches("input, select, textarea")) {
    control.focus();
    control.select?.();
  } else {
    control.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && combo !== "Escape";
  if (isPlain && (isTyping(event.target) || areSinglesOff() && combo !== "?")) return;
  if (event.repeat && !STEPS.test(combo)) return;
  if (extra.some((one) => one.combo === combo && one.run(event) !== false)) return event.preventDefault();
  const control = controlOf(combo);
  if (!control) return;
  event.preventDefault();
  press(control);
});

// The overview ---------------------------------------------------------------------------------------------------
const panel = document.getElementById("keys-panel");
let before = null;

const shown = (combo) => combo.split("+").map((part) => NAMED[part] ?? part).join(" ");

function row(combo, label) {
  const line = document.createElement("div");
  const term = line.appendChild(document.createElement("dt"));
  const key = term.appendChild(document.createElement("kbd"));
  line.appendChild(document.createElement("dd")).textContent = label;
  key.textContent = shown(combo);
  return line;
}

function labelOf(control) {
  return control.dataset.keyLabel ?? control.getAttribute("aria-label") ?? control.textContent.trim();
}

function fill() {
  const known = new Map(extra.filter((one) => one.label).map((one) => [one.combo, one.label]));
  for (const one of document.querySelectorAll("[data-key]")) {
    if (!known.has(one.dataset.key)) known.set(one.dataset.key, labelOf(one));
  }
  panel.querySelector("[data-keys-list]").replaceChildren(...[...known].map(([combo, label]) => row(combo, label)));
}

export function toggleOverview(show = panel.hidden) {
  if (!panel || panel.hidden !== show) return;
  if (show) {
    fill();
    before = document.activeElement;
  }
  panel.hidden = !show;
  (show ? panel : before ?? document.body).focus();
}

if (panel) {
  onKey("?", "All keys", () => toggleOverview());
  onKey("Escape", "", () => (panel.hidden ? false : toggleOverview(false)));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) toggleOverview();
    if (event.target.closest("[data-keys-close]")) toggleOverview(false);
  });
}
