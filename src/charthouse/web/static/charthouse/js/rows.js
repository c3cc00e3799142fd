// Lists: j and k go through the rows, Enter opens the one, x ticks it. A row opens by its first link or button.
import { onKey } from "./keys.js";

const list = document.querySelector("table[data-rows]");
const rows = () => [...list.tBodies[0].rows].filter((row) => row.querySelector("a, button"));
const current = () => rows().findIndex((row) => row.contains(document.activeElement));
const opener = (row) => row.querySelector("[data-row-open]") ?? row.querySelector("a, button");

function go(step) {
  const all = rows();
  if (!all.length) return false;
  const place = Math.min(Math.max(current() + step, 0), all.length - 1);
  opener(all[place]).focus();
  all[place].scrollIntoView({ block: "nearest" });
}

if (list) {
  onKey("j", "Next row", () => go(1));
  onKey("k", "Previous row", () => go(current() < 0 ? 1 : -1));
  onKey("x", "Choose the row", () => {
    const tick = rows()[current()]?.querySelector("input[type=checkbox]");
    if (!tick) return false;
    tick.click();
  });
}
