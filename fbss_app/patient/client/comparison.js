// Which options stand side by side: those that are ticked, up to a number that fits.
import { useEffect } from "react";
import { create } from "zustand";

const PREPARED = "[data-compare-option]";

const useComparison = create(() => ({ count: 0 }));

export const useComparedCount = () => useComparison((state) => state.count);

const boxes = () => [...document.querySelectorAll('input[name="compared"]')];

// Nothing is taken away by itself: with too many ticked, what was shown before stays.
const show = (most) => {
  const chosen = boxes().filter((box) => box.checked);
  const ids = chosen.map((box) => box.value);
  useComparison.setState({ count: ids.length });
  if (ids.length > most) return;
  for (const element of document.querySelectorAll(PREPARED)) {
    element.hidden = !ids.includes(element.dataset.compareOption);
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
