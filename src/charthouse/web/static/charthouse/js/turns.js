// One thing at a time. A key pressed while something is under way waits, and acts when its turn comes: in order, once,
// and on the page as it is then. Clicks on controls wait in the same row, by the name of the control.
import "./early.js";

const keys = window.charthouseKeys;
const LEAVING = 5_000;
// Requests nobody has to wait for: results as one types, what is known of a result, fresh marks in the text.
const PASSIVE = "#cmd, #reading, [role=option]";
const underWay = new Map();

/** Let keys wait until `finish` is called for the same thing; `text` says that typing waits too. */
export function start(thing, { text = false } = {}) {
  underWay.set(thing, text);
}

export function finish(thing) {
  if (underWay.delete(thing)) setTimeout(takeTurns);
}

function takeTurns() {
  while (keys.list.length && !keys.isBusy()) play(keys.list.shift());
}

function play(one) {
  if (one.press) return document.querySelector(one.press)?.click();
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent("keydown", { ...one, bubbles: true, cancelable: true });
  if (target.dispatchEvent(event) && !one.ctrlKey && !one.metaKey && !one.altKey) doAsBrowser(target, one.key);
}

/** What the browser itself would have done with the key. */
function doAsBrowser(target, key) {
  if (typeof target.selectionStart === "number") type(target, key);
  else if (key === "Enter" || key === " ") target.closest("button, a[href], summary")?.click();
}

function type(field, key) {
  const { selectionStart: from, selectionEnd: until } = field;
  const isRange = from !== until;
  if (key === "Enter") return submit(field.form);
  if (key.length === 1) field.setRangeText(key, from, until, "end");
  else if (key === "Backspace") field.setRangeText("", isRange ? from : Math.max(from - 1, 0), until, "end");
  else if (key === "Delete") field.setRangeText("", from, isRange ? until : until + 1, "end");
  else return;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function submit(form) {
  const button = form?.querySelector("button:not([type=button])");
  if (button) button.click();
  else form?.requestSubmit();
}

/** A control by a name it will still have when the part of the page around it has been replaced. */
function nameOf(target) {
  const control = target.closest("button, a[href]");
  if (control?.id) return `#${CSS.escape(control.id)}`;
  if (control?.name) return `button[name="${CSS.escape(control.name)}"][value="${CSS.escape(control.value)}"]`;
  const row = control && !control.matches("[data-choose]") ? null : target.closest("tr[data-line]");
  return row ? `tr[data-line="${row.dataset.line}"] a[data-choose]` : null;
}

document.addEventListener(
  "click",
  (event) => {
    if (!event.isTrusted || !keys.isReady || !(keys.isBusy() || keys.list.length)) return;
    const press = event.target.closest("#codes, .cmd, #offer, #finds") && nameOf(event.target);
    if (!press) return;
    event.preventDefault();
    event.stopPropagation();
    keys.list.push({ press });
  },
  true,
);

document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
  if (elt.matches(PASSIVE)) return;
  start(xhr);
  xhr.addEventListener("loadend", () => {
    if (xhr.getResponseHeader("HX-Redirect")) leave();
    finish(xhr);
  });
});

// Leaving: keys that are pressed until the next page is there are handed to it. What follows a lock is for nobody.
function leave() {
  start(leave);
  if (keys.list.length) keys.handOver();
  setTimeout(stay, LEAVING);
}

// The next page did not come: what waits is for this one after all.
function stay() {
  keys.forget();
  finish(leave);
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-lock]")) forget();
  else if (!event.defaultPrevented && event.submitter?.dataset.key) leave();
});

function forget() {
  keys.list.length = 0;
  keys.forget();
}

/** Keys work from now on; those that were pressed before act first. Where nobody is let in they act on nothing. */
export function open() {
  const { idleSeconds, lockedUrl } = document.body.dataset;
  if (!idleSeconds || location.pathname === lockedUrl) forget();
  keys.isReady = true;
  keys.isBusy = () => underWay.size > 0;
  keys.isLeaving = () => underWay.has(leave);
  keys.holdsText = () => [...underWay.values()].includes(true);
  document.documentElement.dataset.ready = "";
  takeTurns();
}
