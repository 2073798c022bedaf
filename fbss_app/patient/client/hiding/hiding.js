// Hides the answers once nobody has used the app for 30 minutes, and warns two minutes before. What
// counts is the clock on the wall and the last use in the storage: phones sleep, and the tabs of a
// phone of one's own share their use.
export { behindCurtain } from "./curtain.js";
import { isFramed } from "../page/base.js";
import { showWarning } from "./hiding_warning.js";
import { HIDDEN_AFTER, LAST_USE, phone } from "../storage/storage.js";

const WARNED_AFTER = HIDDEN_AFTER - 2 * 60_000;
const SECOND = 1000;
const NOTED_EVERY = 10 * SECOND;
const USES = ["pointerdown", "keydown", "input", "wheel", "touchmove"];

// What the store holds of an answer besides what it works out from all of them.
const SHOWN = [
  "view", "question", "draft", "problem", "urgent", "interruption", "repetitions", "removed", "arrived",
  "canExportUnsent",
];

// `holdsAnswers` says whether there is anything to hide, `isHidden` whether it is hidden; `setHidden`
// and `reveal` change that. `atFirst` is what the store held before anything was known of this phone.
export const watchUse = ({ holdsAnswers, isHidden, setHidden, reveal, set, atFirst }) => {
  let timer = null;
  let noted = -Infinity;
  let warning = null;

  const note = () => {
    noted = Date.now();
    phone.write(LAST_USE, { at: noted });
  };

  // Without a note, or with one of a clock that was wrong, the time begins now; what is hidden stays so.
  const idleFor = () => {
    const { at } = phone.get(LAST_USE) ?? {};
    if (at <= Date.now()) return Date.now() - at;
    if (isHidden()) return Infinity;
    note();
    return 0;
  };

  const hide = () => {
    set(Object.fromEntries(SHOWN.map((name) => [name, atFirst[name]])));
    setHidden(true);
  };

  const endWarning = () => {
    warning?.then((shown) => shown.close());
    warning = null;
  };

  const warn = (left) => {
    warning ??= showWarning(stay);
    warning.then((shown) => shown.say(left));
  };

  const check = () => {
    clearTimeout(timer);
    if (!holdsAnswers()) {
      endWarning();
      if (isHidden()) reveal();
      return;
    }
    const idle = idleFor();
    if (idle >= HIDDEN_AFTER) {
      endWarning();
      if (!isHidden()) hide();
      return;
    }
    // Another tab has shown them again.
    if (isHidden()) reveal();
    const isNear = idle >= WARNED_AFTER;
    if (isNear) warn(HIDDEN_AFTER - idle);
    else endWarning();
    timer = setTimeout(check, isNear ? SECOND : WARNED_AFTER - idle);
  };

  const stay = () => {
    // A phone may have slept through the end of the warning.
    if (idleFor() < HIDDEN_AFTER) note();
    check();
  };

  // The warning is answered by its button. In a frame it leaves the rest of the page to be used.
  const isForWarning = ({ target }) => warning && (!isFramed || target.closest?.(".hiding-warning"));

  const use = (event) => {
    if (isHidden() || !holdsAnswers() || isForWarning(event)) return;
    if (Math.abs(Date.now() - noted) < NOTED_EVERY) return;
    if (idleFor() >= HIDDEN_AFTER) check();
    else note();
  };

  // A page that the browser puts aside comes back as it was: nothing on it may be seen before it is known
  // how long it was away.
  const veil = (isVeiled) => {
    document.documentElement.style.opacity = isVeiled ? "0" : "";
  };

  for (const name of USES) window.addEventListener(name, use, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState !== "hidden" && check());
  window.addEventListener("pagehide", () => veil(true));
  window.addEventListener("pageshow", () => {
    check();
    veil(false);
  });
  // Where another tab has removed it, it has removed all the rest as well.
  window.addEventListener("storage", ({ key, newValue }) => newValue && key.endsWith(LAST_USE) && check());
  phone.onChange(check);
  if (!isHidden() && holdsAnswers() && idleFor() < WARNED_AFTER) note();
  check();
  return { check };
};
