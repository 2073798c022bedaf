// Every answer read back, section by section, with the way to change it.
import { addressOf } from "../rules/address.js";
import { Evaluation } from "../rules/evaluation.js";
import { fromWords, markWords } from "../rules/given_words.js";
import { labelOf, titlesAround, withRepetition } from "../rules/repetitions.js";
import { phone } from "../storage/storage.js";
import { answersAt, isHelper, shownSections, worded } from "../rules/views.js";

const questionRow = (evaluation, step) => {
  const { linkId, path } = step;
  const label = withRepetition(evaluation, linkId, path, labelOf(evaluation.item(linkId)));
  // What it would keep was not offered on a phone that keeps nothing.
  const isUnkept = phone.keepsNothing && linkId === evaluation.questionnaire.roles["device-owner"];
  return { label, answers: answersAt(evaluation, step, isUnkept) };
};

// A list that can grow: how many there are, with the way to its page.
const listRow = (evaluation, step) => {
  const label = worded(evaluation.item(step.linkId), "text", isHelper(evaluation));
  return { label, answers: [String(evaluation.repetitions(step.linkId, step.path).length)] };
};

const ROWS = { question: questionRow, repetitions: listRow };

// Nothing where all answers were given in the same way.
const noteOf = (provenance) => {
  const ways = new Set([...provenance.values()].map(markWords));
  return ({ kind, key }, { answers }) => {
    const given = kind === "question" && answers.length ? provenance.get(key) : undefined;
    return given && ways.size > 1 ? `Given by ${fromWords(given)}` : "";
  };
};

// What stands in one repetition goes under its title; "" where rows stand in none.
const groupsOf = (evaluation, list, href, note) => {
  const groups = [];
  for (const step of list) {
    const title = titlesAround(evaluation, step).join(": ");
    const row = ROWS[step.kind](evaluation, step);
    const hidden = title ? `${title}: ${row.label}` : row.label;
    const place = `${href}#change/${addressOf(evaluation, step)}`;
    if (groups.at(-1)?.title !== title) groups.push({ title, rows: [] });
    groups.at(-1).rows.push({ ...row, note: note(step, row), href: place, hidden });
  }
  return groups;
};

const titleOf = (evaluation, section) =>
  worded(evaluation.item(section.linkId), "text", isHelper(evaluation));

export const checkSections = (evaluation, href, provenance) => {
  const note = noteOf(provenance);
  return shownSections(evaluation).map((section) => {
    const list = section.steps.filter((step) => step.kind in ROWS);
    return {
      title: titleOf(evaluation, section),
      groups: groupsOf(evaluation, list, href, note),
    };
  });
};

// What was answered of the parts that are left out: it counts nowhere, and is still the person's own.
export const leftOutSections = (evaluation, href, provenance) => {
  const { questionnaire, answers, today, access, alone, leftOut } = evaluation;
  if (!leftOut.length) return [];
  const whole = Object.assign(new Evaluation(questionnaire, answers, today), { access, alone });
  const isKept = (step) =>
    step.kind === "question" &&
    !evaluation.enabled(step.linkId, step.path) &&
    answersAt(whole, step).length > 0;
  return shownSections(whole)
    .map((section) => ({ section, list: section.steps.filter(isKept) }))
    .filter(({ list }) => list.length)
    .map(({ section, list }) => ({
      title: `${titleOf(whole, section)}: answered before, not asked now`,
      groups: groupsOf(whole, list, href, noteOf(provenance)),
    }));
};
