// The command line: what it looks for, choosing among the results, adding the chosen one.
import { onKey } from "./keys.js";
import { finish, start } from "./turns.js";

const PATIENCE = 3_000;
const form = document.getElementById("command");
const input = document.getElementById("cmd");
const kind = document.getElementById("cmd-kind");
const results = document.getElementById("results");
const isNarrow = matchMedia("(max-width: 900px)");
const options = () => [...results.querySelectorAll("[role=option]")];
const selected = () => results.querySelector('[role=option][aria-selected="true"]');
let wanted = 0;
let waiting = null;
let added = null;

export function search(text, what = kind.value) {
  kind.value = what;
  input.value = text;
  input.focus();
  htmx.trigger(input, "search-now");
}

function showDetail(option) {
  htmx.ajax("POST", results.dataset.detailUrl, { source: option, target: "#detail", swap: "innerHTML", values: { about: option.dataset.about } });
}

function select(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  input.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
  clearTimeout(wanted);
  if (option) wanted = setTimeout(() => showDetail(option), 90);
}

function close() {
  if (results.hidden) return false;
  results.hidden = true;
  results.replaceChildren();
  expand();
}

function expand() {
  input.setAttribute("aria-expanded", String(options().length > 0));
  input.setAttribute("aria-activedescendant", selected()?.id ?? "");
}

function isUpToDate() {
  const about = results.firstElementChild?.dataset;
  return about?.query === input.value.trim() && about.kind === kind.value;
}

/** Press the chosen result, as the principal diagnosis when asked. Results still on their way are waited for. */
function take(asPrincipal) {
  if (!input.value.trim()) return;
  if (!isUpToDate()) return waitForResults(asPrincipal);
  stopWaiting();
  const option = selected();
  if (option?.dataset.refine) return search(option.dataset.refine, "dx");
  add(option?.dataset.about ?? "", asPrincipal);
}

/** Whatever is typed next comes after the code that is being looked for. */
function waitForResults(asPrincipal) {
  waiting = { asPrincipal, patience: setTimeout(stopWaiting, PATIENCE) };
  start(input, { text: true });
  htmx.trigger(input, "search-now");
}

function stopWaiting() {
  clearTimeout(waiting?.patience);
  waiting = null;
  finish(input);
}

/** Add a result, or what was typed. Requests wait for each other, each with its own values. */
function add(code, asPrincipal) {
  added = input.value;
  if (document.activeElement === input) input.select(); // the next one may be typed while this one is on its way
  const values = { q: input.value, code, kind: kind.value, principal: asPrincipal ? "1" : "" };
  htmx.ajax("POST", form.dataset.addUrl, { source: form, target: "#codes-body", values });
}

input.addEventListener("keydown", (event) => {
  const all = options();
  const place = all.indexOf(selected());
  if (event.key === "ArrowDown" && all.length) select(all[Math.min(place + 1, all.length - 1)]);
  else if (event.key === "ArrowUp" && all.length) select(all[Math.max(place - 1, 0)]);
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.repeat || take(event.altKey);
  else if (event.key === "Escape") {
    if (close() === false) input.blur();
    input.value = "";
  } else return;
  event.preventDefault();
  event.stopPropagation();
});

// Pointing at a result shows what it is; clicking it takes it.
results.addEventListener("mousemove", (event) => {
  if (!event.movementX && !event.movementY) return;
  const option = event.target.closest("[role=option]");
  if (option && option !== selected()) select(option);
});
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-kind-of-code]");
  if (opener) {
    kind.value = opener.dataset.kindOfCode;
    input.focus();
    input.select();
    if (input.value.trim()) htmx.trigger(input, "search-now");
  }
  const result = event.target.closest("#results [role=option], #results [data-refine]");
  if (!result) return;
  event.preventDefault();
  if (result.dataset.refine) search(result.dataset.refine, "dx");
  else add(result.dataset.about, false);
});
kind.addEventListener("change", () => search(input.value));

/** Say beside a result that its code is on the chart already. */
function nameThoseOnChart() {
  for (const option of options()) {
    const row = document.querySelector(`#codes-body tr[data-code="${option.dataset.hit}"]`);
    if (row) option.querySelector("[data-aside]").textContent = `on chart as ${row.dataset.name.split(" ")[0]}`;
  }
}

// Search results arrive by themselves; an added code comes back with an event that empties the line.
input.addEventListener("input", () => {
  stopWaiting();
  const note = document.getElementById("cmd-note");
  if (note.querySelector(".is-danger")) note.replaceChildren(); // what was refused is being mended
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== results) return;
  results.hidden = !results.childElementCount || !input.value.trim();
  nameThoseOnChart();
  expand();
  if (!results.hidden && isNarrow.matches) results.scrollIntoView({ block: "start" }); // the page is one column then
  if (waiting && isUpToDate()) take(waiting.asPrincipal);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt === input && !event.detail.successful && waiting) stopWaiting();
});
document.body.addEventListener("code-added", () => {
  if (input.value !== added) return; // somebody is typing the next one already
  input.value = "";
  close();
  const at = document.activeElement; // not taken back from somebody who is choosing words in the text already
  if (at === document.body || form.contains(at)) input.focus();
});
onKey("Escape", "Close results", () => close());
