// Gives the view of one question, or of the list of a repeating group, for cases from stdin, one JSON a
// line: {module, cases}, where a case is {answers, key, country, access,
// invitation}. Instead of a key: {stages:
// address} gives the task list, {check: address, events} the answers read back with who gave them,
// {aside: address, events} those of parts that are left out, {summary: true, events} the summary, and {as: [link id, value]} as whom that would be given. Prints
// the views, one JSON a line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const {
  evaluate, givenAs, leftOutBy, perspectiveOf, questionView, repetitionsView, stages,
} = await load("rules/views.js");
const { behindCurtain } = await load("hiding/curtain.js");
const { foldEvents } = await load("rules/answers.js");
const { checkSections, leftOutSections } = await load("review/check_answers.js");
const { namesOf, provenanceOf } = await load("rules/provenance.js");
const { steps } = await load("rules/navigation.js");
const { summaryView } = await load("review/summary_view.js");

const fromEvents = (questionnaire, { events, participants, access, check, aside, key, country, invitation }) => {
  const leftOut = leftOutBy(questionnaire, invitation);
  const evaluation = evaluate(questionnaire, foldEvents(events), access, leftOut, events);
  if (key) {
    const view = questionView(evaluation, steps(evaluation).find((one) => one.key === key), country);
    return evaluation.alone.has(key) ? behindCurtain(view, evaluation) : view;
  }
  const provenance = provenanceOf(events, null, namesOf(questionnaire, participants));
  if (aside) return leftOutSections(evaluation, aside, provenance);
  return check
    ? checkSections(evaluation, check, provenance)
    : summaryView(evaluation, provenance);
};

const viewOf = (questionnaire, { answers, key, country, stages: address, access, as, invitation }) => {
  const leftOut = leftOutBy(questionnaire, invitation);
  const evaluation = evaluate(questionnaire, new Map(Object.entries(answers)), access, leftOut);
  if (address) return stages(evaluation, address);
  if (as) return as.length ? givenAs(evaluation, ...as) : perspectiveOf(evaluation);
  const step = steps(evaluation).find((one) => one.key === key);
  if (!step) return null;
  if (step.kind === "repetitions") return repetitionsView(evaluation, step);
  return questionView(evaluation, step, country);
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const { questionnaire } = await load(module);
  const views = cases.map((one) => (one.events ? fromEvents : viewOf)(questionnaire, one));
  console.log(JSON.stringify(views));
}
