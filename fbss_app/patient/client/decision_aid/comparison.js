// Which options stand side by side: those that are ticked, up to a number that fits.
import { useEffect } from "react";
import { create } from "zustand";

const PREPARED = "[data-compare-option]";
const NOT_KNOWN = "not-seen";

const useComparison = create(() => ({ count: 0 }));

export const useComparedCount = () => useComparison((state) => state.count);

const boxes = () => [...document.querySelectorAll('input[name="compared"]')];

const isOverOneTime = (row) => {
  const cells = [...row.querySelectorAll("[data-compare-time]:not([hidden])")];
  const times = new Set(cells.map((cell) => cell.dataset.compareTime));
  return cells.length < 2 || (times.size === 1 && !times.has(NOT_KNOWN));
};

// Nothing is taken away by itself: with too many ticked, what was shown before stays.
const show = (most) => {
  const chosen = boxes().filter((box) => box.checked);
  const ids = chosen.map((box) => box.value);
  useComparison.setState({ count: ids.length });
  if (ids.length > most) return;
  for (const element of document.querySelectorAll(PREPARED)) {
    element.hidden = !ids.includes(element.dataset.compareOption);
  }
  for (const note of document.querySelectorAll("[data-other-times]")) {
    note.hidden = isOverOneTime(note.closest("tr"));
  }
  const address = ids.length ? `#${ids.join("+")}` : window.location.pathname;
  window.history.replaceState(window.history.state, "", address);
};

const tickThoseInTheAddress = () => {
  const named = decodeURIComponent(window.location.hash.slice(1)).split("+");
  for (const box of boxes()) if (named.includes(box.value)) box.checked = true;
};

export const useComparedOptions = (most) => {
  useEffect(() => {
    const form = document.querySelector("[data-compare]");
    const onChange = () => show(most);
    tickThoseInTheAddress();
    show(most);
    form.addEventListener("change", onChange);
    return () => form.removeEventListener("change", onChange);
  }, [most]);
};
