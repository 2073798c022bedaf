// Runs the phone's own code over cases from stdin, one JSON a line: {module, cases}, where a case is
// {events, values: [[link_id, value]]}. Prints what the phone makes of them, one JSON a line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { answeredAlone, deviceOf, foldEvents } = await load("rules/answers.js");
const { Evaluation, NO_PLACE } = await load("rules/evaluation.js");
const { steps, sections, firstUnanswered, interruptionsAfter, isAnswered } = await load("rules/navigation.js");
const { validateEvent, validateValue } = await load("rules/validation.js");
const { answerTexts, scoreText } = await load("rules/format.js");
const { buildSummary, leaves, markOf, tableOf } = await load("rules/summary.js");
const { provenanceOf } = await load("rules/provenance.js");
const { perspectiveOf } = await load("rules/perspective.js");
const { titlesAround } = await load("rules/repetitions.js");

let mark = () => "";

const summaryLine = (line) => {
  const { linkId, path, label, answers, noneOfThese, byProxy, repetitions, titles } = line;
  return repetitions
    ? [linkId, path, label, titles, repetitions.map((lines) => lines.map(summaryLine))]
    : [linkId, path, label, answers, mark(line), noneOfThese, byProxy];
};

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
  none: part.noneOfThese.map(summaryLine),
  scores: part.scores.map(({ name, isSelfReport }) => [name, isSelfReport]),
  map: part.bodyMap && {
    places: part.bodyMap.places.map(({ code, label, kinds, kindCodes, worst }) => [
      code, label, kinds, kindCodes, worst,
    ]),
    byProxy: part.bodyMap.byProxy,
  },
  timeline: part.timeline && {
    operations: part.timeline.operations.map(operation),
    undated: part.timeline.undated.map(operation),
    pain: part.timeline.pain.map(({ at, place, value, position }) => [at, place, value, position]),
    sentences: part.timeline.sentences,
    note: part.timeline.note,
  },
});

const summaryOf = (evaluation, provenance) => {
  const summary = buildSummary(evaluation, provenance, perspectiveOf(evaluation).role);
  mark = (line) => markOf(summary, line);
  return {
    version: summary.version,
    printed: summary.questions.printed.map(({ id }) => id),
    more: summary.questions.more.map(({ id }) => id),
    blocks: summary.blocks.map((part) => summaryPart(evaluation, part)),
    answered: summary.blocks.flatMap((part) => leaves(part.lines)).length,
    reportedBy: summary.reportedBy,
    unmarked: summary.unmarked,
    notes: summary.notes,
    instruments: summary.instruments.map(({ name, title, version, credit }) => [
      name, title, version, credit,
    ]),
    signs: summary.signsAnsweredAt && Date.parse(summary.signsAnsweredAt),
  };
};

const givenOf = ([key, { role, perspective, answeredAt, confirmed, name }]) => [
  key, role, perspective, Date.parse(answeredAt), confirmed && [confirmed.role, Date.parse(confirmed.at)], name,
];

const verdict = (questionnaire, { events, values, today, authors, names, leftOut }) => {
  const device = authors && deviceOf(questionnaire, authors);
  const answers = foldEvents(events, device);
  const evaluation = new Evaluation(questionnaire, answers, today, leftOut);
  const isByHelper = perspectiveOf(evaluation).role === "helper";
  if (isByHelper) evaluation.alone = answeredAlone(answers, events);
  const provenance = provenanceOf(events, device, names);
  const list = steps(evaluation);
  const answered = list.filter((step) => isAnswered(evaluation, step) && !evaluation.alone.has(step.key));
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
    summary: summaryOf(evaluation, provenance),
    perspective: perspectiveOf(evaluation),
    given: [...provenance].map(givenOf).sort(),
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
