// Locks when nobody has been here for a while. The server measures too; this only hides the page in time.
const seconds = Number(document.body.dataset.idleSeconds ?? 0);
const ACTIVITY = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];
const channel = "BroadcastChannel" in window ? new BroadcastChannel("charthouse") : null;
let last = Date.now();
let told = 0;

/** Hide everything at once, then lock on the server. */
function lockNow() {
  document.body.replaceChildren();
  document.title = "Charthouse";
}

function goLocked() {
  const form = document.querySelector("form[data-lock]");
  const token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const action = form?.action;
  lockNow();
  const onwards = () => location.replace(document.body.dataset.lockedUrl || "/");
  if (!action) return onwards();
  const next = location.pathname;
  fetch(action, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual", keepalive: true, body: new URLSearchParams({ next }) }).finally(onwards);
}

function here(event) {
  if (event && !event.isTrusted) return;
  last = Date.now();
  if (channel && last - told > 2000) {
    told = last;
    channel.postMessage("here");
  }
}

if (seconds > 0) {
  for (const name of ACTIVITY) addEventListener(name, here, { passive: true, capture: true });
  if (channel) channel.onmessage = () => { last = Date.now(); };
  setInterval(() => {
    if (Date.now() - last >= seconds * 1000) goLocked();
  }, 1000);
}

// A page brought back by the back button may belong to a session that has ended: ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
