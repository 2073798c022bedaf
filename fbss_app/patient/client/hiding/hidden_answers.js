// What stands in place of a page while its answers are hidden: why, and the way to see them again.
import { button, element, withSharingStyles } from "../page/elements.js";
import { keptRecord, lettersOf, reopenWithCode, reopenWithLink, secretIn, wayBack } from "../links/reopening.js";
import { yearIn } from "../links/return_code.js";
import { phone } from "../storage/storage.js";
import { toTop } from "../page/scrolling.js";

export const PLACE = "hidden-answers";
const APP = "After Back Surgery";

const paragraph = (text) => element("p", {}, text);

const field = (id, label, hint, properties = {}) => {
  const error = element("p", { id: `${id}-error`, className: "field-error" });
  const described = { "aria-describedby": `${id}-hint ${id}-error` };
  const input = element("input", {
    id, type: "text", autocomplete: "off", className: "text-input", ...properties, attributes: described,
  });
  const whole = element(
    "div",
    { className: "field" },
    element("label", { htmlFor: id, className: "form-label", textContent: label }),
    element("p", { id: `${id}-hint`, className: "hint", textContent: hint }),
    input,
  );
  const say = (message) => {
    error.textContent = `Error: ${message}`;
    if (message) input.before(error);
    else error.remove();
    input.setAttribute("aria-invalid", String(Boolean(message)));
    if (message) input.focus();
  };
  return { whole, input, say };
};

// `fields` are asked for together; `open` gives the number of a field and what is wrong with it.
const form = (title, words, fields, open, onOpened) => {
  const submit = element("button", { type: "submit", textContent: words, className: "button button-primary" });
  let isBusy = false;
  const send = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    submit.textContent = "Opening…";
    fields.forEach(({ say }) => say(""));
    const [index, message] = await open(...fields.map(({ input }) => input.value));
    isBusy = false;
    submit.textContent = words;
    if (message) fields[index].say(message);
    else onOpened();
  };
  return element(
    "section",
    { className: "section stack" },
    element("h2", { className: "section-title", textContent: title }),
    element(
      "form",
      { className: "form-fields", noValidate: true, method: "dialog", onsubmit: send },
      ...fields.map(({ whole }) => whole),
      element("div", { className: "actions" }, submit),
    ),
  );
};

const keyForms = (record, onOpened) => {
  const link = field("hidden-link", "Your link", "Copy it from your message, and paste it here.");
  const code = field("hidden-code", "Your code", "10 letters and numbers, such as ABCDE-23456.", {
    autocapitalize: "characters", spellcheck: false, className: "text-input code-input",
  });
  const year = field("hidden-year", "Year of birth", "Of the person whose answers they are.", {
    inputMode: "numeric", className: "text-input number-input",
  });
  const withLink = async (text) => {
    const secret = secretIn(text);
    return [0, secret ? await reopenWithLink(record, secret) : "Paste the whole link"];
  };
  const withCode = async (text, typedYear) => {
    const [letters, born] = [lettersOf(text), yearIn(typedYear)];
    if (!letters) return [0, "Enter the code: 10 letters and numbers, such as ABCDE-23456"];
    if (!born) return [1, "Enter the year of birth, with 4 numbers, such as 1961"];
    return [0, await reopenWithCode(record, letters, born)];
  };
  return [
    form("With your link", "Open with the link", [link], withLink, onOpened),
    form("With your code", "Open with the code", [code, year], withCode, onOpened),
  ];
};

const erasing = (isSaved, erase) => {
  const place = element("section", { className: "section stack" });
  const ask = () => {
    const title = element("p", { tabIndex: -1 }, element("strong", {}, "Erase these answers from here?"));
    place.replaceChildren(
      title,
      paragraph(
        isSaved
          ? "What was saved on the server stays there. Answers that were not sent yet are lost."
          : "There is no other copy. This cannot be undone.",
      ),
      element("div", { className: "actions" }, button("Yes, erase them", "danger", erase), button("Keep them", "secondary", offer)),
    );
    title.focus();
  };
  const offer = () => {
    const first = button("Erase them from here", "danger", ask);
    place.replaceChildren(
      element("h2", { className: "section-title", textContent: "If these are not your answers" }),
      element("div", { className: "actions" }, first),
    );
    if (place.isConnected) first.focus();
  };
  offer();
  return place;
};

const KEY = "This phone or computer is shared. To see your answers, use your own link or code.";
const NO_KEY =
  "No link or code was made for them, so we cannot check who you are. " +
  "If they are yours, show them. If not, please leave them hidden, or erase them.";

const partsFor = (way, record, { reveal, erase }) => {
  const show = element("div", { className: "actions" }, button("Show my answers", "primary", reveal));
  if (way === "tap") return [[show], []];
  if (way === "key") return [[paragraph(KEY)], [...keyForms(record, reveal), erasing(true, erase)]];
  return [[paragraph(NO_KEY), show], [erasing(Boolean(record.isKnown), erase)]];
};

// Fills the place that the page keeps for it; a page that shows no answers has none.
export const showHidden = async (useResponse) => {
  const place = document.getElementById(PLACE);
  if (!place) return;
  await withSharingStyles();
  const { reveal, clearPhone, record: recordOf } = useResponse.getState();
  const before = document.title;
  const after = (work) => async () => {
    await work();
    document.title = before;
    requestAnimationFrame(() => setTimeout(() => document.querySelector("main h1")?.focus()));
  };
  const record = keptRecord(recordOf());
  const way = wayBack({ owner: phone.device.owner, record });
  const title = element("h1", { tabIndex: -1, className: "page-title", textContent: "The answers are hidden" });
  const [first, sections] = partsFor(way, record, { reveal: after(reveal), erase: after(clearPhone) });
  place.replaceChildren(
    element("div", { className: "page-head" }, title),
    element(
      "div",
      { className: "stack" },
      paragraph("Nobody used this app for 30 minutes, so we hid them. Nothing is lost."),
      ...first,
    ),
    ...sections,
  );
  document.title = `Answers hidden – ${APP}`;
  title.focus({ preventScroll: true });
  toTop();
};
