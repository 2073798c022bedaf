// The answers behind which only a helper stands: the patient has not confirmed them yet.
import { addressOf } from "../rules/address.js";
import { fromWords } from "../rules/given_words.js";
import { proxied } from "../rules/provenance.js";
import { labelOf, titlesAround, withRepetition } from "../rules/repetitions.js";
import { answersAt, shownSections, worded } from "../rules/views.js";

const rowOf = (evaluation, provenance, href) => (step) => {
  const { linkId, path, key } = step;
  const label = withRepetition(evaluation, linkId, path, labelOf(evaluation.item(linkId)));
  const around = titlesAround(evaluation, step).join(": ");
  return {
    key,
    label: around ? `${around}: ${label}` : label,
    answers: answersAt(evaluation, step),
    note: `Given by ${fromWords(provenance.get(key))}`,
    href: `${href}#change/${addressOf(evaluation, step)}`,
  };
};

// What is true of every row is said once, above them.
const withOneNote = (sections) => {
  const notes = new Set(sections.flatMap(({ rows }) => rows.map(({ note }) => note)));
  if (notes.size !== 1) return { note: "", sections };
  const bare = sections.map((one) => ({ ...one, rows: one.rows.map((row) => ({ ...row, note: "" })) }));
  return { note: [...notes][0], sections: bare };
};

// { count, note, sections: [{ title, rows }] }, of the questions that are asked now.
export const unconfirmedOf = (evaluation, provenance, href) => {
  const { roles } = evaluation.questionnaire;
  const about = new Set(["device-owner", "author", "relationship"].map((role) => roles[role]));
  const open = proxied(provenance);
  const isOpen = ({ kind, key, linkId, path }) =>
    kind === "question" &&
    open.has(key) &&
    !about.has(linkId) &&
    evaluation.answer(linkId, path) !== undefined;
  const sections = shownSections(evaluation)
    .map(({ linkId, steps }) => ({
      title: worded(evaluation.item(linkId), "text", false),
      rows: steps.filter(isOpen).map(rowOf(evaluation, provenance, href)),
    }))
    .filter(({ rows }) => rows.length);
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return { count, ...withOneNote(sections) };
};
