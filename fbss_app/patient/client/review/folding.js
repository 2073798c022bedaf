// Which parts of the summary stand open. On a small screen some begin as their title alone;
// on a wide screen, on paper and before this runs, all of them are open. It is kept nowhere.
import { useEffect, useLayoutEffect } from "react";

const matches = (query) => window.matchMedia(query);
const WIDE = "(min-width: 40em)";
const PART = "details[data-folded]";

const parts = () => [...document.querySelectorAll(PART)];

export const openAll = () => {
  for (const part of parts()) part.open = true;
};

const known = new WeakSet();
let isSpread = false;
let closedBefore = null;

const foldAsDefined = (list) => {
  for (const part of list) part.open = part.dataset.folded !== "true";
};

const spread = () => {
  if (!isSpread) closedBefore = parts().filter((part) => !part.open);
  isSpread = true;
  openAll();
};

const foldAgain = () => {
  if (!isSpread || matches(WIDE).matches) return;
  isSpread = false;
  if (closedBefore) for (const part of closedBefore) part.open = false;
  else foldAsDefined(parts());
};

// What has just been drawn is folded before it is painted.
const useFirstFold = (blocks) => {
  useLayoutEffect(() => {
    const drawn = parts().filter((part) => !known.has(part));
    for (const part of drawn) known.add(part);
    if (!isSpread) foldAsDefined(drawn);
  }, [blocks]);
};

export const useFolding = (useResponse) => {
  const blocks = useResponse((state) => state.summary.blocks);
  useLayoutEffect(() => {
    isSpread = matches(WIDE).matches;
    closedBefore = null;
  }, []);
  useFirstFold(blocks);
  useEffect(() => {
    const follow = ({ matches: isOn }) => (isOn ? spread() : foldAgain());
    const queries = [WIDE, "print"].map(matches);
    for (const query of queries) query.addEventListener("change", follow);
    // Some browsers lay out the paper before they report the change of medium.
    window.addEventListener("beforeprint", spread);
    window.addEventListener("afterprint", foldAgain);
    return () => {
      for (const query of queries) query.removeEventListener("change", follow);
      window.removeEventListener("beforeprint", spread);
      window.removeEventListener("afterprint", foldAgain);
    };
  }, []);
};
