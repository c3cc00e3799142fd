// Holds keys that cannot act yet; turns.js lets them go. A classic script before the stylesheet: it runs before anything
// of the page is shown, so that no key is pressed on a page that cannot hear it.
// Keys pressed while the page before this one was being left come first. Session storage hands them over, for a few
// seconds at most, and is emptied here: it stays in this tab and goes to no server.
if (!window.charthouseKeys) {
  const FRESH = 5_000;
  const PATIENCE = 10_000; // when the modules never come, keys are the browser's again
  const MOST = 200;
  const NAME = "charthouse-keys";
  const ACTING = /^(.|Enter|Escape|Backspace|Delete|Arrow(Up|Down|Left|Right))$/u;
  const EDITING = /^(.|Backspace|Delete|Arrow(Left|Right))$/u;
  const FIELDS = "input:not([type=checkbox]):not([type=radio]), textarea, select";

  const handedOver = () => {
    const told = sessionStorage.getItem(NAME);
    sessionStorage.removeItem(NAME);
    const { at = 0, list = [] } = JSON.parse(told ?? "{}");
    return Date.now() - at < FRESH ? list : [];
  };

  const began = performance.now();
  const keys = {
    list: handedOver(),
    isReady: false,
    isBusy: () => performance.now() - began < PATIENCE,
    holdsText: () => false,
    isLeaving: () => false,
    handOver: () => sessionStorage.setItem(NAME, JSON.stringify({ at: Date.now(), list: keys.list })),
    forget: () => sessionStorage.removeItem(NAME),
  };
  window.charthouseKeys = keys;

  /** Whether a key waits its turn. What only edits the field it is typed in is the browser's, unless keys wait before it. */
  const isHeld = (event) => {
    const isCtrl = event.ctrlKey || event.metaKey;
    if (event.isComposing || !ACTING.test(event.key)) return false;
    if (isCtrl) return event.key === "Enter" || (!keys.isReady && !event.altKey && event.key.toLowerCase() === "l");
    const field = event.target instanceof Element && event.target.closest(FIELDS);
    if (keys.list.length || event.altKey || !field || !EDITING.test(event.key)) return true;
    return keys.holdsText() || field.closest("#codes-body") !== null;
  };

  addEventListener(
    "keydown",
    (event) => {
      if (!event.isTrusted || (!keys.isBusy() && !keys.list.length) || !isHeld(event)) return;
      event.preventDefault();
      event.stopPropagation(); // other listeners of the window still learn that somebody is here
      if (event.repeat || keys.list.length >= MOST) return;
      const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
      keys.list.push({ key, code, ctrlKey, metaKey, altKey, shiftKey });
      if (keys.isLeaving()) keys.handOver();
    },
    true,
  );
}
