// The chosen line of the codes pane: its row is marked, its tools stand under it, its evidence is darker in the text.
import { isTyping, onKey } from "./keys.js";

const pane = document.getElementById("codes");
const rows = () => [...pane.querySelectorAll("tr[data-line]")];

export const chosen = () => pane.querySelector('tr[data-line][aria-selected="true"]');
export const chosenLine = () => chosen()?.dataset.line ?? "";

/** Show which passages support the chosen line. */
export function markEvidence() {
  const line = chosenLine();
  for (const one of document.querySelectorAll("#reading [data-lines]")) {
    one.classList.toggle("on", line !== "" && one.dataset.lines.split(" ").includes(line));
  }
}

/** Say on the offer which line evidence would go to. */
function nameTarget() {
  const row = chosen();
  for (const one of document.querySelectorAll("[data-line-name]")) one.textContent = row ? row.dataset.name : "";
  for (const one of document.querySelectorAll("[data-needs-line]")) one.disabled = !row;
}

export function choose(row) {
  for (const other of rows()) {
    const isOn = other === row;
    other.setAttribute("aria-selected", String(isOn));
    const tools = document.getElementById(`tools-${other.dataset.line}`);
    if (tools) tools.hidden = !isOn;
  }
  row?.scrollIntoView({ block: "nearest" });
  document.getElementById(`tools-${row?.dataset.line}`)?.scrollIntoView({ block: "nearest" });
  settle();
}

export function settle() {
  markEvidence();
  nameTarget();
  document.dispatchEvent(new CustomEvent("charthouse:line"));
}

function step(by) {
  const all = rows();
  if (!all.length) return false;
  const place = Math.min(Math.max(all.indexOf(chosen()) + by, 0), all.length - 1);
  choose(all[place]);
  all[place].querySelector("a[data-choose]").focus();
}

pane.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-line]");
  if (!row || event.target.closest("button, input, select, a:not([data-choose])")) return;
  event.preventDefault();
  choose(row);
  row.querySelector("a[data-choose]").focus({ preventScroll: true });
});

onKey("ArrowDown", "Next code, when the codes have the focus", (event) => (isOurs(event) ? step(1) : false));
onKey("ArrowUp", "Previous code, when the codes have the focus", (event) => (isOurs(event) ? step(-1) : false));
for (let number = 1; number <= 9; number += 1) {
  onKey(String(number), number === 1 ? "Choose diagnosis 1; and so on to 9" : "", () => {
    const row = rows().filter((one) => one.dataset.kind === "dx")[number - 1];
    if (!row) return false;
    choose(row);
    row.querySelector("a[data-choose]").focus({ preventScroll: true });
  });
}

const isOurs = (event) => pane.contains(event.target) && !isTyping(event.target) && !event.target.closest("[role=listbox]");

// Every change tells the server which line is chosen, so that it stays chosen, on which codes it was made,
// and how many documents were listed: one that came since must be read before the coding is final.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, formData } = event.detail;
  if (verb !== "post") return;
  formData.set("line", chosenLine());
  formData.set("documents", document.getElementById("documents").dataset.count);
  formData.set("revision", pane.querySelector("[data-revision]")?.dataset.revision ?? "");
});
document.addEventListener("htmx:afterSettle", settle);
settle();
