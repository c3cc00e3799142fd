// After a part of the page was replaced: focus stays where the work is, never on nothing. What failed is said in words.
let held = null;

document.addEventListener("htmx:beforeSwap", () => {
  held = document.activeElement;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (held?.isConnected || document.activeElement !== document.body || held === document.body) return;
  const again = held?.id && document.getElementById(held.id);
  const home = again || document.querySelector('#codes tr[aria-selected="true"] a[data-choose]') || document.getElementById("cmd");
  home?.focus({ preventScroll: true });
});

function say(text) {
  const note = document.getElementById("cmd-note");
  note.classList.add("is-danger");
  note.textContent = text;
}

document.addEventListener("htmx:sendError", () => say("Not saved: the server cannot be reached. Nothing was lost; try again."));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  say(status === 403 || status === 404 ? "This chart is not open to you any more. Go back to the worklist." : "Not saved: the server could not do it. Try again.");
});
