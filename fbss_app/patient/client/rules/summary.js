// The one-page summary as data. Mirrors build_summary in fbss_app/domain/summary/summary.py, which
// says what belongs on it, questions_to_ask in questions.py and table_of in table.py; summary_view.js
// writes it for the page.
import { answerKey } from "./answers.js";
import { NO_PLACE } from "./evaluation.js";
import { ANSWERED_ALONE, FOR_THE_PATIENT_ALONE, answerTexts, optionText } from "./format.js";
import { NOT_ANSWERED_YET, markWords, originNotes, reportedBy, usualWords } from "./given_words.js";
import { proxied } from "./provenance.js";
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

// What stands there in place of an answer that was put aside.
const instead = ({ evaluation, viewer, signs }, linkId, path) => {
  if (evaluation.alone.has(answerKey(linkId, path))) return [ANSWERED_ALONE];
  if (!evaluation.masked(linkId, path)) return [];
  const openSign = signs.has(linkId) ? [NOT_ANSWERED_YET] : [];
  return viewer === "helper" ? openSign : [...openSign, FOR_THE_PATIENT_ALONE];
};

const lineOf = (source, linkId, path, around) => {
  const { evaluation, provenance, byProxy } = source;
  const item = evaluation.item(linkId);
  const value = evaluation.answer(linkId, path);
  const isAnswered = value !== undefined;
  const key = answerKey(linkId, path);
  return {
    linkId,
    path,
    label: [...around, withRepetition(evaluation, linkId, path, labelOf(item))].join(": "),
    answers: isAnswered
      ? answerTexts(evaluation.asked(linkId, path), value, true)
      : instead(source, linkId, path),
    given: isAnswered ? (provenance.get(key) ?? null) : null,
    noneOfThese: Array.isArray(value) && item.exclusive.includes(value[0]),
    byProxy: Boolean(item.unobservable) && isAnswered && byProxy.has(key),
  };
};

const linesOf = (source, linkId, path, around = []) => {
  const { evaluation, elsewhere } = source;
  const item = evaluation.item(linkId);
  if (item.type === "display" || !evaluation.enabled(linkId, path)) return [];
  if (item.type !== "group") return [lineOf(source, linkId, path, around)];
  const inside = (inner, titles = []) =>
    item.children
      .filter((child) => !elsewhere.has(child))
      .flatMap((child) => linesOf(source, child, inner, titles));
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

const bodyMapOf = ({ evaluation, byProxy }, { places, kinds, worst }) => {
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
  if (!found.length) return null;
  const drawn = [
    ...[places, worst].map((linkId) => [linkId, []]),
    ...found.map(({ code }) => [kinds, [code]]),
  ];
  const isByProxy = ([linkId, path]) =>
    answerAt(evaluation, linkId, path) !== undefined &&
    Boolean(evaluation.item(linkId).unobservable) &&
    byProxy.has(answerKey(linkId, path));
  return { places: found, byProxy: drawn.some(isByProxy) };
};

// Whether the rows of a table in the same block say what was answered.
const isInRows = (evaluation, rowsFor, linkId) =>
  rowsFor.includes(linkId) && evaluation.chosen(linkId, []).length > 0;

// The score, and whether the patient stands behind every answer to it.
const scoreOf = ({ evaluation, byProxy }, name) => {
  const { questions } = evaluation.questionnaire.scores.find((one) => one.name === name);
  const isByProxy = (linkId) =>
    pathsOf(evaluation, linkId).some(
      (path) =>
        byProxy.has(answerKey(linkId, path)) && answerAt(evaluation, linkId, path) !== undefined,
    );
  return { name, isSelfReport: !questions.some(isByProxy) };
};

const partOf = (source, block) => {
  const { evaluation, drawn, byProxy } = source;
  const rowsFor = block.item.map((linkId) => block.table && evaluation.item(linkId).repeatsFor);
  const lines = block.item
    .filter((linkId) => !drawn.has(linkId) && !isInRows(evaluation, rowsFor, linkId))
    .flatMap((linkId) =>
      pathsOf(evaluation, linkId).flatMap((path) => {
        const around = titlesAround(evaluation, { linkId, path });
        return linesOf(source, linkId, path, around);
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
    scores: block.score.map((name) => scoreOf(source, name)),
    table: Boolean(block.table),
    noneOfThese: collapsed,
    bodyMap: block.picture === "body-map" ? bodyMapOf(source, block) : null,
    timeline:
      block.picture === "timeline" && block.date
        ? timelineOf(evaluation, block, titles(block.date), byProxy)
        : null,
  };
};

const signsAnsweredAt = (asked, provenance) => {
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

const questionsToAsk = (evaluation) => {
  const { questionsToAsk: all, questionsPrinted } = evaluation.questionnaire;
  const fitting = all.filter(({ when }) => !when || when(evaluation, NO_PLACE));
  return { printed: fitting.slice(0, questionsPrinted), more: fitting.slice(questionsPrinted) };
};

// Provenance as provenance.js gives it; the viewer is the role of whoever is to see it.
export const buildSummary = (evaluation, provenance, viewer = "patient") => {
  const { title, version, summary, redFlags } = evaluation.questionnaire;
  const drawn = new Set(summary.flatMap(drawnIn));
  const elsewhere = new Set([...drawn, ...summary.flatMap((block) => block.item)]);
  const signs = new Set(redFlags.flatMap((flag) => flag.questions));
  const byProxy = proxied(provenance);
  const source = { evaluation, provenance, byProxy, viewer, signs, drawn, elsewhere };
  const blocks = summary.map((block) => partOf(source, block));
  const all = blocks.flatMap((block) => [...leaves(block.lines), ...block.noneOfThese]);
  const givens = all.map(({ given }) => given).filter(Boolean);
  const isSigned =
    all.some((line) => line.byProxy) || blocks.some(({ bodyMap }) => bodyMap?.byProxy);
  return {
    title,
    version,
    blocks,
    questions: questionsToAsk(evaluation),
    reportedBy: reportedBy(givens),
    unmarked: usualWords(givens),
    notes: originNotes(givens, isSigned),
    signsAnsweredAt: signsAnsweredAt(signs, provenance),
    instruments: instrumentsOf(evaluation),
  };
};

// Who gave an answer and how, where that is not true of most; else "".
export const markOf = ({ unmarked }, { given }) => {
  const words = given ? markWords(given) : "";
  return words === unmarked ? "" : words;
};

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
