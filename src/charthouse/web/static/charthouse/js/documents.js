// Documents: the chosen one is marked in the list; find goes to the place it found.
import { markEvidence } from "./lines.js";

const list = document.getElementById("documents");

function markCurrent() {
  const uid = document.getElementById("reading")?.dataset.document;
  const place = [...list.querySelectorAll("a.doc")];
  for (const link of place) {
    if (link.dataset.document === uid) {
      link.setAttribute("aria-current", "page");
      link.querySelector("[data-new]")?.remove();
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
}

function goToPlace() {
  const place = document.querySelector("#reading mark.here");
  if (!place) return;
  place.scrollIntoView({ block: "center" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "reader") return;
  markCurrent();
  markEvidence();
  goToPlace();
});
goToPlace();

// What was found stays until it is closed.
function closeFinds() {
  document.getElementById("finds").replaceChildren();
  document.getElementById("find").value = "";
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close-finds]")) return;
  event.preventDefault();
  closeFinds();
});
document.getElementById("find").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  closeFinds();
  event.target.blur();
});
