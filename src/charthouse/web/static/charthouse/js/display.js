// The look somebody chose: light or dark, dense or comfortable, keys without Ctrl or Alt. Cookies hold only that.
const root = document.documentElement;
const YEAR = 31536000;

const chosen = (name) => root.dataset[name] ?? "";

function mark(group) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === chosen(group.dataset.choice)));
  }
}

for (const group of document.querySelectorAll("[data-choice]")) {
  const name = group.dataset.choice;
  mark(group);
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value) root.dataset[name] = button.value;
    else delete root.dataset[name];
    document.cookie = `ch_${name}=${button.value}; path=/; max-age=${button.value ? YEAR : 0}; samesite=lax`;
    mark(group);
  });
}
