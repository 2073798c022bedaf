// The answers that a helper gave and the patient has not confirmed, and confirming them. A confirmation
// is an event of its own; it changes no answer.
import { useEffect } from "react";
import { create } from "zustand";
import { addressOf } from "./address.js";
import { answerKey } from "./answers.js";
import { focusOn } from "./form_page.js";
import { fromWords } from "./given_words.js";
import { proxied } from "./provenance.js";
import { labelOf, titlesAround, withRepetition } from "./repetitions.js";
import { answersAt, shownSections, worded } from "./views.js";

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

// { count, sections: [{ title, rows }] }, of the questions that are asked now.
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
  return { count: sections.reduce((sum, { rows }) => sum + rows.length, 0), sections };
};

// `done`: how many the last tap confirmed, and their events before, for "Undo".
const EMPTY = Object.freeze({ done: 0, before: [], undone: false });
export const useConfirming = create(() => EMPTY);

const newestOf = (events, key) =>
  events.findLast((event) => answerKey(event.link_id, event.path) === key);

export const confirmAnswers = (useResponse, keys) => {
  const { events, giveEvents } = useResponse.getState();
  const before = keys.map((key) => newestOf(events(), key)).filter(Boolean);
  giveEvents(
    before.map(({ id, link_id, path, value }) => ({
      linkId: link_id,
      path,
      value,
      by: { role: "patient", perspective: "self", confirms: id },
    })),
  );
  useConfirming.setState({ done: before.length, before, undone: false });
  focusOn("confirmed");
};

export const confirmAll = (useResponse) => {
  const { sections } = useResponse.getState().unconfirmed;
  confirmAnswers(useResponse, sections.flatMap(({ rows }) => rows.map(({ key }) => key)));
};

// The history only grows: the answer is the helper's again, by an event that says so.
export const undoConfirming = (useResponse) => {
  const { before } = useConfirming.getState();
  useResponse.getState().giveEvents(
    before.map(({ link_id, path, value, author_id, perspective }) => ({
      linkId: link_id,
      path,
      value,
      by: { role: "helper", perspective: perspective ?? "proxy-own-view", author_id },
    })),
  );
  useConfirming.setState({ ...EMPTY, undone: true });
  focusOn("confirmed");
};

export const useConfirmingPage = () => useEffect(() => () => useConfirming.setState(EMPTY), []);
