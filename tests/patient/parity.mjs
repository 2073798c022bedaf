// Runs the phone's own code over cases from stdin, one JSON a line: {module, cases}, where a case is
// {events, values: [[link_id, value]]}. Prints what the phone makes of them, one JSON a line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { foldEvents } = await load("answers.js");
const { Evaluation, NO_PLACE } = await load("evaluation.js");
const { steps, sections, firstUnanswered, interruptionsAfter, isAnswered } = await load("navigation.js");
const { validateEvent, validateValue } = await load("validation.js");
const { answerTexts, scoreText } = await load("format.js");
const { buildSummary, leaves, provenanceOf, tableOf } = await load("summary.js");
const { titlesAround } = await load("repetitions.js");

const summaryLine = ({ linkId, path, label, answers, givenBy, noneOfThese, repetitions, titles }) =>
  repetitions
    ? [linkId, path, label, titles, repetitions.map((lines) => lines.map(summaryLine))]
    : [linkId, path, label, answers, givenBy, noneOfThese];

const table = (evaluation, group) => {
  const { label, numbered, columns, rows } = tableOf(evaluation, group);
  const written = rows.map(({ title, cells, notes }) => [
    title,
    cells.map((cell) => cell && summaryLine(cell)),
    notes.map(summaryLine),
  ]);
  return [label, numbered, columns, written];
};

const operation = ({ number, title, when, year, labels, position, row }) => [
  number, title, when, year, labels, position, row,
];

const summaryPart = (evaluation, part) => ({
  title: part.title,
  starred: part.starred,
  folded: part.folded,
  lines: part.lines.map(summaryLine),
  table: part.table,
  tables: part.lines.filter((line) => line.repetitions).map((line) => table(evaluation, line)),
  none: part.noneOfThese,
  map: part.bodyMap?.places.map(({ code, label, kinds, kindCodes, worst }) => [
    code, label, kinds, kindCodes, worst,
  ]) ?? null,
  timeline: part.timeline && {
    operations: part.timeline.operations.map(operation),
    undated: part.timeline.undated.map(operation),
    pain: part.timeline.pain.map(({ at, place, value, position }) => [at, place, value, position]),
    sentences: part.timeline.sentences,
  },
});

const summaryOf = (evaluation, events) => {
  const summary = buildSummary(evaluation, provenanceOf(events));
  return {
    version: summary.version,
    printed: summary.questions.printed.map(({ id }) => id),
    more: summary.questions.more.map(({ id }) => id),
    blocks: summary.blocks.map((part) => summaryPart(evaluation, part)),
    answered: summary.blocks.flatMap((part) => leaves(part.lines)).length,
    givenBy: summary.givenBy,
    marked: summary.marked,
    instruments: summary.instruments.map(({ name, title, version, credit }) => [
      name, title, version, credit,
    ]),
    signs: summary.signsAnsweredAt && Date.parse(summary.signsAnsweredAt),
  };
};

const verdict = (questionnaire, { events, values, today }) => {
  const evaluation = new Evaluation(questionnaire, foldEvents(events), today);
  const list = steps(evaluation);
  const answered = list.filter((step) => isAnswered(evaluation, step));
  const holds = ({ when }) => !when || when(evaluation, NO_PLACE);
  return {
    steps: list.map((step) => [step.key, step.kind]),
    first: firstUnanswered(evaluation)?.key ?? null,
    conditions: questionnaire.conditionNames.map((name) => evaluation.condition(name)),
    scores: questionnaire.scores.map(({ name, decimals }) => {
      const number = evaluation.score(name);
      return [number, number === null ? null : scoreText(number, decimals)];
    }),
    flags: questionnaire.redFlags.filter(holds).map((flag) => flag.id),
    texts: answered.map(({ linkId, path }) =>
      answerTexts(evaluation.asked(linkId, path), evaluation.answer(linkId, path)),
    ),
    titles: list.map((step) => titlesAround(evaluation, step)),
    interruptions: list.flatMap((step) => interruptionsAfter(evaluation, step).map(({ id }) => id)),
    refused: events.map((event) => validateEvent(questionnaire, event)?.code ?? null),
    summary: summaryOf(evaluation, events),
    problems: values.map(
      ([linkId, value]) => validateValue(questionnaire.items[linkId], value)?.code ?? null,
    ),
    sections: sections(evaluation, list).map(({ linkId, status }) => [linkId, status]),
  };
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const { questionnaire } = await load(module);
  console.log(JSON.stringify(cases.map((one) => verdict(questionnaire, one))));
}
