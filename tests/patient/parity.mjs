// Runs the phone's own code over cases from stdin, one JSON a line: {module, cases}, where a case is
// {events, values: [[link_id, value]]}. Prints what the phone makes of them, one JSON a line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { foldEvents } = await load("answers.js");
const { Evaluation, NO_PLACE } = await load("evaluation.js");
const { steps, sections, firstUnanswered } = await load("navigation.js");
const { validateValue } = await load("validation.js");
const { answerTexts, scoreText } = await load("format.js");
const { buildSummary } = await load("summary.js");

const summaryLine = ({ linkId, path, label, answers, repetitions }) => [
  linkId,
  path,
  label,
  answers ?? repetitions.map((lines) => lines.map(summaryLine)),
];

const verdict = (questionnaire, { events, values }) => {
  const evaluation = new Evaluation(questionnaire, foldEvents(events));
  const list = steps(evaluation);
  const answered = list.filter((step) => evaluation.answers.has(step.key));
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
    questions: questionnaire.questionsToAsk.filter(holds).map((question) => question.id),
    texts: answered
      .filter((step) => step.kind === "question")
      .map((step) => answerTexts(evaluation.item(step.linkId), evaluation.answers.get(step.key))),
    summary: buildSummary(evaluation).map(({ title, starred, lines }) => [
      title,
      starred,
      lines.map(summaryLine),
    ]),
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
