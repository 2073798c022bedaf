// Where a block is put so that somebody in a frame sees it. A frame is as tall as its document, so it has
// no middle of the screen: what the person has before them only the browser can say.
const LEAST = 40;

// The part of the page that is on the screen, from the top of the page; null where none of it is.
const partInSight = () =>
  new Promise((resolve) => {
    const observer = new IntersectionObserver(([{ intersectionRect: { top, bottom } }]) => {
      observer.disconnect();
      resolve(bottom - top > LEAST ? top : null);
    });
    observer.observe(document.body);
  });

// Lists and their rows hold nothing but their own parts, and lead to those.
const LEADS = "dl, dl > div, ul, ol";
const HOLDS = "main, div, section, form, fieldset, article, li, dd";

// Whether a block put among the children would stand between them, one below the other.
const holds = (element) => {
  if (!element.matches(HOLDS) || element.matches(LEADS)) return false;
  const { display, gridTemplateColumns } = getComputedStyle(element);
  return display === "grid" ? gridTemplateColumns.split(" ").length === 1 : display === "block" || display === "list-item";
};

// Into whatever began above the screen, down to the first thing that begins on it.
const spotIn = (parent, top) => {
  const below = [...parent.children].filter(
    (child) =>
      child.checkVisibility() && !child.matches("legend") && child.getBoundingClientRect().bottom > top + LEAST,
  );
  const [first = null] = below;
  const isHolder = holds(parent);
  if (isHolder && !(first?.getBoundingClientRect().top < top)) return [parent, first];
  for (const child of isHolder ? [first] : below) {
    const found = (child.matches(LEADS) || holds(child)) && spotIn(child, top);
    if (found) return found;
  }
  return isHolder ? [parent, first.nextSibling] : null;
};

// Puts the block before what is at the top of the screen. Where the frame is out of sight, it stands above
// what has the focus, or first.
export const placeInSight = async (block) => {
  const main = document.querySelector("main");
  const focused = main.contains(document.activeElement) ? document.activeElement : main;
  const top = (await partInSight()) ?? focused.getBoundingClientRect().top;
  const [parent, next] = spotIn(main, top) ?? [main, null];
  parent.insertBefore(block, next);
};
