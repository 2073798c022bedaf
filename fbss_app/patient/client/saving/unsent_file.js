// Answers that could not be sent, as a file for the person to keep: a page to read, with the same events
// as data inside.
import { offerFile } from "../page/file_offer.js";
import { ANSWERED_ALONE, answerTexts } from "../rules/format.js";
import { titlesAround, withRepetition } from "../rules/repetitions.js";
import { answerKey, isAbsent } from "../rules/answers.js";

const escaped = (text) =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

// Nothing in an answer may end the element.
const asData = (events) => JSON.stringify({ events }, null, 1).replace(/</g, "\\u003c");

const given = ({ order, confirmed, received, ...event }) => event;

const timeText = (answeredAt) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" }).format(
    new Date(answeredAt),
  );

// Whether the patient gave the answer alone, and somebody else answers on this phone now.
const isBehind = ({ alone }) => ({ link_id: linkId, path }) => alone.has(answerKey(linkId, path));

const textsOf = (evaluation, { link_id: linkId, path, value }) => {
  const item = evaluation.item(linkId);
  if (isBehind(evaluation)({ link_id: linkId, path })) return [ANSWERED_ALONE];
  if (value === null) return ["Removed"];
  if (item.type === "group") return ["Added"];
  if (isAbsent(value)) return [item.notSure || "Left for the patient to answer"];
  return answerTexts(evaluation.asked(linkId, path), value);
};

const rowOf = (evaluation, event) => {
  const { link_id: linkId, path } = event;
  const question = withRepetition(evaluation, linkId, path, evaluation.item(linkId).text);
  const label = [...titlesAround(evaluation, { linkId, path }), question].join(": ");
  const answers = textsOf(evaluation, event).map((text) => `<dd>${escaped(text)}</dd>`);
  const time = `<dd><small>Answered on ${escaped(timeText(event.answered_at))}</small></dd>`;
  return `<dt>${escaped(label)}</dt>${answers.join("")}${time}`;
};

const TITLE = "Answers that were not sent";
const STYLE =
  "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;" +
  "overflow-wrap:anywhere}dt{font-weight:bold;margin-top:1rem}dd{margin:0;white-space:pre-line}";

// The file's text.
export const unsentPage = (evaluation, events) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${TITLE}</title><style>${STYLE}</style></head>
<body><h1>${TITLE}</h1>
<p>After Back Surgery could not send these answers. They are in the order in which they were given.</p>
<dl>${events.map((event) => rowOf(evaluation, event)).join("\n")}</dl>
<script type="application/json">${asData(events.filter((event) => !isBehind(evaluation)(event)).map(given))}</script>
</body></html>
`;

export const offerUnsent = (evaluation, events) =>
  offerFile(new Blob([unsentPage(evaluation, events)], { type: "text/html" }), "unsent-answers.html");
