// Locks when nobody has been here for a while. The server measures too; this only hides the page in time.
const { idleSeconds, lockedUrl } = document.body.dataset;
const seconds = location.pathname === lockedUrl ? 0 : Number(idleSeconds ?? 0);
const ACTIVITY = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];
const channel = "BroadcastChannel" in window ? new BroadcastChannel("charthouse") : null;
let last = Date.now();
let told = 0;
let isLocking = false;

const isOver = () => Date.now() - last >= seconds * 1000;

/** Hide everything at once, in every tab, then lock on the server. */
function goLocked() {
  if (isLocking) return;
  isLocking = true;
  channel?.postMessage("locked");
  const form = document.querySelector("form[data-lock]");
  const token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const action = form?.action;
  const next = new URLSearchParams({ next: location.pathname });
  document.body.replaceChildren();
  document.title = "Charthouse";
  const onwards = () => location.replace(`${lockedUrl}?${next}`);
  if (!action) return onwards();
  fetch(action, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual", keepalive: true, body: next }).finally(onwards);
}

/** Somebody is here. After a sleep of the machine this comes before any timer, and too late. */
function here(event) {
  if (!event.isTrusted) return;
  if (isOver()) return goLocked();
  last = Date.now();
  if (channel && last - told > 2000) {
    told = last;
    channel.postMessage("here");
  }
}

function lockWhenOver() {
  if (isOver()) goLocked();
}

if (seconds > 0) {
  for (const name of ACTIVITY) addEventListener(name, here, { passive: true, capture: true });
  setInterval(lockWhenOver, 1000);
  document.addEventListener("visibilitychange", lockWhenOver);
  document.addEventListener("submit", (event) => event.target.matches("[data-lock]") && channel?.postMessage("locked"));
  channel?.addEventListener("message", ({ data }) => {
    if (data === "locked" || isOver()) goLocked();
    else last = Date.now();
  });
}

// A page brought back by the back button may belong to a session that has ended: ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
