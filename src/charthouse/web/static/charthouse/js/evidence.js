// Words chosen in the text: add them as evidence to the chosen code, or look for codes for them.
import { search } from "./command.js";
import { onKey } from "./keys.js";

const MOST = 2000;
const MOST_SEARCHED = 80;

/** Characters (code points) of a paragraph before a place in it, leaving out what stands in the margin. */
function offsetIn(paragraph, node, at) {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  range.setEnd(node, at);
  const part = range.cloneContents();
  for (const label of part.querySelectorAll(".m")) label.remove();
  return [...part.textContent].length;
}

const paragraphOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest("#reading [data-start]");

/** What is chosen in the text as section and character range, or null. Blanks at the ends are left out. */
export function passage() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const from = paragraphOf(range.startContainer);
  const until = paragraphOf(range.endContainer);
  if (!from || !until || from.dataset.section !== until.dataset.section) return null;
  const section = Number(from.dataset.section);
  const start = Number(from.dataset.start) + offsetIn(from, range.startContainer, range.startOffset);
  const end = Number(until.dataset.start) + offsetIn(until, range.endContainer, range.endOffset);
  const text = [...textOf(section)].slice(start, end).join("");
  const quote = text.trim();
  if (!quote) return null;
  const lead = [...text].length - [...text.trimStart()].length;
  return { section, start: start + lead, end: start + lead + [...quote].length, quote };
}

/** The stored text of a section, put together again from its paragraphs. */
function textOf(section) {
  const own = document.querySelectorAll(`#reading [data-start][data-section="${section}"]`);
  let text = "";
  for (const one of own) {
    const copy = one.cloneNode(true);
    for (const label of copy.querySelectorAll(".m")) label.remove();
    text += "\n".repeat(Math.max(0, Number(one.dataset.start) - [...text].length)) + copy.textContent;
  }
  return text;
}

function offer() {
  const bar = document.getElementById("offer");
  if (!bar) return;
  const found = passage();
  const isGood = found && found.end - found.start <= MOST;
  bar.querySelector("[data-offer-hint]").hidden = Boolean(isGood);
  bar.querySelector("[data-offer-form]").hidden = !isGood;
  if (!isGood) return;
  const form = bar.querySelector("form");
  for (const [name, value] of Object.entries(found)) form.elements[name].value = value;
  bar.querySelector("q").textContent = found.quote.length > 60 ? `${found.quote.slice(0, 57)}…` : found.quote;
}

// The offer follows what is chosen by a frame; a key that comes sooner must find it as it is now.
for (const key of ["e", "s"]) onKey(key, "", () => offer() ?? false);

/** Where a character of a section stands on the page. */
function placeOf(section, at) {
  const own = [...document.querySelectorAll(`#reading [data-start][data-section="${section}"]`)];
  const paragraph = own.findLast((one) => Number(one.dataset.start) <= at);
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = at - Number(paragraph.dataset.start);
  let last = null;
  while (texts.nextNode()) {
    last = texts.currentNode;
    if (last.parentElement.closest(".m")) continue;
    const characters = [...last.data];
    if (left <= characters.length) return [last, characters.slice(0, left).join("").length];
    left -= characters.length;
  }
  return [last ?? paragraph, last?.length ?? 0];
}

// Fresh marks replace the text; the words somebody has just chosen in it stay chosen.
let kept = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "reading") kept = passage();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!kept || event.detail.target?.id !== "reading") return;
  getSelection().setBaseAndExtent(...placeOf(kept.section, kept.start), ...placeOf(kept.section, kept.end));
  kept = null;
});

document.addEventListener("selectionchange", () => requestAnimationFrame(offer));
document.addEventListener("charthouse:line", offer);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-search-selection]")) return;
  const found = passage() ?? { quote: document.querySelector("#offer form").elements.quote.value };
  search(found.quote.slice(0, MOST_SEARCHED), "dx");
});
