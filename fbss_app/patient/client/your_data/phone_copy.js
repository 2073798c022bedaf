// A copy of the answers made on the phone alone: as data, with everything that was ever given, and as a
// page to read, with the answers as they are now.

const LANGUAGE = "en";

// What the phone keeps of an answer, without its own bookkeeping.
const given = ({ order, confirmed, received, ...event }) => ({ ...event, is_saved: Boolean(confirmed) });

export const asData = (questionnaire, events, madeAt) =>
  JSON.stringify(
    { format: "after-back-surgery/phone-copy", questionnaire, made_at: madeAt, events: events.map(given) },
    null,
    2,
  );

const NOT_PROVIDED = "Not provided";

// Text only ever becomes text: an answer cannot be markup.
export const asPage = ({ title, madeOn, sections }) => {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = LANGUAGE;
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset);
  const style = page.createElement("style");
  style.textContent =
    "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;" +
    "overflow-wrap:anywhere}dt{font-weight:bold;margin-top:.8rem}dd{margin:0;white-space:pre-line}";
  page.head.append(style);
  const add = (parent, tag, text = "") => {
    const element = page.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  add(page.body, "h1", title);
  add(page.body, "p", madeOn);
  for (const section of sections) {
    add(page.body, "h2", section.title);
    for (const group of section.groups) {
      if (group.title) add(page.body, "h3", group.title);
      const list = add(page.body, "dl");
      for (const { label, answers } of group.rows) {
        add(list, "dt", label);
        for (const answer of answers.length ? answers : [NOT_PROVIDED]) add(list, "dd", answer);
      }
    }
  }
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
};
