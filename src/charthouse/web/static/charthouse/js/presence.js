// Reading is work too. When somebody really moves or types on a chart, the server hears of it once a minute at most,
// and often enough not to lock under their hands.
const EVERY = Math.min(60_000, Number(document.body.dataset.idleSeconds) * 300);
const url = document.querySelector("[data-workspace]").dataset.presentUrl;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
let last = Date.now();

function present(event) {
  if (!event.isTrusted || Date.now() - last < EVERY) return;
  last = Date.now();
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } }).then((answer) => {
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere) location.assign(elsewhere);
  }, () => {});
}

for (const name of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) addEventListener(name, present, { passive: true, capture: true });
