// What is read of a page: its blocks of text in order, each with its element, as they would be said.
import { words } from "../words/read_aloud.js";

// What is there to be pressed or looked up, and not to be listened to.
const SKIPPED = [
  "button",
  "input, textarea, datalist",
  "nav, footer, noscript, script, style, svg",
  "thead",
  "details:not([open], .body-group)",
  '[aria-hidden="true"]',
  ".actions, .back-row, .row-actions, .summary-change, .after-question",
  "[data-silent]",
  ".no-print, .source-reference, .source-list",
].join();
const WHOLE = "h1, h2, h3, h4, h5, h6, p, a, label, dt, summary";

const isShown = (element) =>
  element.checkVisibility?.({ checkVisibilityCSS: true, visibilityProperty: true }) ??
  element.getClientRects().length > 0;

const isSkipped = (element) => element.matches(SKIPPED) || !isShown(element);

const asDigits = (text) => text.replace(/\d(?=\d)/g, "$& ");

// Lines where the page breaks the text, such as a label and the hint under it.
const lines = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || isSkipped(node)) return "";
  const text = [...node.childNodes].map(lines).join("");
  if (node.matches('a[href^="tel:"]')) return asDigits(text);
  return getComputedStyle(node).display.startsWith("inline") ? text : `\n${text}\n`;
};

const joined = (texts) =>
  texts
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text, index, all) => (index === all.length - 1 || /[.,:;!?]$/.test(text) ? text : `${text}.`))
    .join(" ");

const spoken = (element) =>
  joined(lines(element).split("\n")).replace(/(\d)\s?–\s?(\d)/g, "$1 to $2");

const cellText = (cell) => {
  const text = spoken(cell);
  return text && cell.dataset.label ? `${cell.dataset.label}: ${text}` : text;
};

const scaleText = (grid) => {
  const numbers = grid.innerText.split(/\s+/).filter(Boolean);
  return words.scale.replace("{first}", numbers[0]).replace("{last}", numbers.at(-1));
};

const hasOwnText = (element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

// [{element, text}] of everything under an element.
export const blocksOf = (element) => {
  if (isSkipped(element)) return [];
  if (element.matches("tr")) return [{ element, text: joined([...element.cells].map(cellText)) }];
  if (element.matches(".nrs-grid")) return [{ element, text: scaleText(element) }];
  if (element.matches("select")) return [{ element, text: element.selectedOptions[0].text }];
  if (element.matches(WHOLE) || hasOwnText(element)) return [{ element, text: spoken(element) }];
  return [...element.children].flatMap(blocksOf);
};
