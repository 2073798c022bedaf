// The one-page summary as data. Mirrors build_summary in fbss_app/domain/summary/summary.py, which
// says what belongs on it, questions_to_ask in questions.py and table_of in table.py; summary_view.js
// writes it for the page.
import { answerKey } from "./answers.js";
import { NO_PLACE } from "./evaluation.js";
import { answerTexts, optionText } from "./format.js";
import {
  hasPath, labelOf, pathsOf, repetitionTitle, titlesAround, withRepetition,
} from "./repetitions.js";
import { timelineOf } from "./timeline.js";

const MOST_NONES = 2;

const drawnIn = ({ places, kinds, worst }) => [places, kinds, worst].filter(Boolean);

const answerAt = (evaluation, linkId, path) =>
  linkId && hasPath(evaluation, linkId, path) && evaluation.enabled(linkId, path)
    ? evaluation.answer(linkId, path)
    : undefined;

const lineOf = (evaluation, provenance, linkId, path, around) => {
  const item = evaluation.item(linkId);
  const value = evaluation.answer(linkId, path);
  return {
    linkId,
    path,
    label: [...around, withRepetition(evaluation, linkId, path, labelOf(item))].join(": "),
    answers: value === undefined ? [] : answerTexts(evaluation.asked(linkId, path), value, true),
    givenBy: value === undefined ? null : (provenance.get(answerKey(linkId, path))?.role ?? null),
    noneOfThese: Array.isArray(value) && item.exclusive.includes(value[0]),
  };
};

const linesOf = (evaluation, provenance, elsewhere, linkId, path, around = []) => {
  const item = evaluation.item(linkId);
  if (item.type === "display" || !evaluation.enabled(linkId, path)) return [];
  if (item.type !== "group") return [lineOf(evaluation, provenance, linkId, path, around)];
  const inside = (inner, titles = []) =>
    item.children
      .filter((child) => !elsewhere.has(child))
      .flatMap((child) => linesOf(evaluation, provenance, elsewhere, child, inner, titles));
  if (!item.repeats) return inside(path, around);
  const paths = evaluation.repetitions(linkId, path).map((id) => [...path, id]);
  return [
    {
      linkId,
      path,
      label: labelOf(item),
      repetitions: paths.map((inner) => inside(inner)),
      titles: paths.map((inner) => repetitionTitle(evaluation, linkId, inner)),
    },
  ];
};

export const leaves = (lines) =>
  lines.flatMap((line) => (line.repetitions ? line.repetitions.flatMap(leaves) : [line]));

const codesAt = (evaluation, linkId, path) =>
  [answerAt(evaluation, linkId, path) ?? []].flat().filter((one) => typeof one === "string");

const bodyMapOf = (evaluation, { places, kinds, worst }) => {
  if (!places) return null;
  const chosen = codesAt(evaluation, places, []);
  if (!chosen.length) return null;
  const worstOnes = codesAt(evaluation, worst, []);
  const found = evaluation
    .options(places, [])
    .filter((option) => chosen.includes(option.value) && !option.exclusive)
    .map((option) => {
      const kind = answerAt(evaluation, kinds, [option.value]);
      return {
        code: option.value,
        label: optionText(option, true),
        kinds: kind === undefined ? [] : answerTexts(evaluation.asked(kinds, [option.value]), kind, true),
        kindCodes: codesAt(evaluation, kinds, [option.value]),
        worst: worstOnes.includes(option.value),
      };
    });
  return found.length ? { places: found } : null;
};

// Whether the rows of a table in the same block say what was answered.
const isInRows = (evaluation, rowsFor, linkId) =>
  rowsFor.includes(linkId) && evaluation.chosen(linkId, []).length > 0;

const partOf = (evaluation, provenance, drawn, elsewhere, block) => {
  const rowsFor = block.item.map((linkId) => block.table && evaluation.item(linkId).repeatsFor);
  const lines = block.item
    .filter((linkId) => !drawn.has(linkId) && !isInRows(evaluation, rowsFor, linkId))
    .flatMap((linkId) =>
      pathsOf(evaluation, linkId).flatMap((path) => {
        const around = titlesAround(evaluation, { linkId, path });
        return linesOf(evaluation, provenance, elsewhere, linkId, path, around);
      }),
    );
  const none = lines.filter((line) => line.noneOfThese);
  const collapsed = none.length > MOST_NONES ? none : [];
  const titles = (linkId) =>
    pathsOf(evaluation, linkId).map((path) =>
      [labelOf(evaluation.item(linkId)), ...titlesAround(evaluation, { linkId, path })].at(-1),
    );
  return {
    title: block.title,
    starred: block.starred,
    folded: Boolean(block.folded),
    lines: lines.filter((line) => !collapsed.includes(line)),
    scores: block.score,
    table: Boolean(block.table),
    noneOfThese: collapsed.map((line) => line.label),
    bodyMap: block.picture === "body-map" ? bodyMapOf(evaluation, block) : null,
    timeline:
      block.picture === "timeline" && block.date
        ? timelineOf(evaluation, block, titles(block.date))
        : null,
  };
};

const signsAnsweredAt = ({ redFlags }, provenance) => {
  const asked = new Set(redFlags.flatMap((flag) => flag.questions));
  const times = [...provenance]
    .filter(([key]) => asked.has(key.split("@")[0]))
    .map(([, given]) => given.answeredAt);
  return times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
};

// The instruments of which at least one question was answered.
const instrumentsOf = (evaluation) => {
  const { items, instruments, credits } = evaluation.questionnaire;
  const named = (linkId) =>
    linkId ? (items[linkId].instrument ?? named(items[linkId].parent)) : undefined;
  const answered = new Set(
    Object.keys(items)
      .filter((linkId) => items[linkId].type !== "group" && named(linkId))
      .filter((linkId) =>
        pathsOf(evaluation, linkId).some(
          (path) => answerAt(evaluation, linkId, path) !== undefined,
        ),
      )
      .map(named),
  );
  return instruments
    .filter(({ name }) => answered.has(name))
    .map((one) => ({ ...one, credit: credits[one.name] ?? "" }));
};

const ROLES = ["patient", "helper"];

const markedOf = (all) => {
  const count = (role) => all.filter((line) => line.givenBy === role).length;
  if (!ROLES.every(count)) return null;
  return count("patient") < count("helper") ? "patient" : "helper";
};

const questionsToAsk = (evaluation) => {
  const { questionsToAsk: all, questionsPrinted } = evaluation.questionnaire;
  const fitting = all.filter(({ when }) => !when || when(evaluation, NO_PLACE));
  return { printed: fitting.slice(0, questionsPrinted), more: fitting.slice(questionsPrinted) };
};

// Provenance is a Map of answer key to {role, answeredAt}.
export const buildSummary = (evaluation, provenance) => {
  const { title, version, summary } = evaluation.questionnaire;
  const drawn = new Set(summary.flatMap(drawnIn));
  const elsewhere = new Set([...drawn, ...summary.flatMap((block) => block.item)]);
  const blocks = summary.map((block) =>
    partOf(evaluation, provenance, drawn, elsewhere, block),
  );
  const all = blocks.flatMap((block) => leaves(block.lines));
  return {
    title,
    version,
    blocks,
    questions: questionsToAsk(evaluation),
    givenBy: ROLES.filter((role) => all.some((line) => line.givenBy === role)),
    marked: markedOf(all),
    signsAnsweredAt: signsAnsweredAt(evaluation.questionnaire, provenance),
    instruments: instrumentsOf(evaluation),
  };
};

// The newest event of each answer says who gave it, and when.
export const provenanceOf = (events) =>
  new Map(
    events.map((event) => [
      answerKey(event.link_id, event.path),
      { role: event.author_role, answeredAt: event.answered_at },
    ]),
  );

export const tableOf = (evaluation, group) => {
  const answered = group.repetitions.map((lines) =>
    leaves(lines).filter((line) => line.answers.length),
  );
  const isNote = ({ linkId, path }) =>
    evaluation.item(linkId).type === "text" || path.length > group.path.length + 1;
  const order = Object.keys(evaluation.questionnaire.items);
  const columns = [
    ...new Set(answered.flatMap((lines) => lines.filter((line) => !isNote(line)))
      .map((line) => line.linkId)),
  ].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const counted = !evaluation.item(group.linkId).repeatsFor;
  return {
    label: group.label,
    numbered: counted,
    columns: columns.map((linkId) => labelOf(evaluation.item(linkId))),
    rows: answered
      .map((lines, place) => ({
        title: group.titles[place],
        cells: columns.map(
          (linkId) => lines.find((line) => line.linkId === linkId && !isNote(line)) ?? null,
        ),
        notes: lines.filter(isNote),
        isShown: !counted || lines.length > 0,
      }))
      .filter((row) => row.isShown),
  };
};
