// What a form that goes to the server does on the screen: what it found wrong, where the focus goes, and
// how it writes a day.
import { reveal } from "./scrolling.js";

const ERROR = "Error: ";

// After the page has drawn what is to be focused.
export const focusOn = (id) =>
  requestAnimationFrame(() =>
    setTimeout(() => {
      const element = document.getElementById(id);
      if (!element) return;
      element.focus({ preventScroll: true });
      reveal(element);
    }),
  );

const bareTitle = () => document.title.replace(ERROR, "");

// `problems`: [{ href, message }], in the order of the fields. Says whether there are none.
export const areNone = (problems) => {
  document.title = problems.length ? `${ERROR}${bareTitle()}` : bareTitle();
  if (problems.length) focusOn("error-summary");
  return !problems.length;
};

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

// "28 December 2026"; "" where there is no time.
export const dayText = (time) => (time ? day.format(new Date(time)) : "");
