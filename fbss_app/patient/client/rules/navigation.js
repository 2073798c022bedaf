// The order in which the questions come. Mirrors fbss_app/domain/questionnaire/navigation.py.
import { answerKey } from "./answers.js";
import { perspectiveOf } from "./perspective.js";

const listSteps = (evaluation) => {
  const found = [];
  const { items, order } = evaluation.questionnaire;
  const byHelper = perspectiveOf(evaluation).role === "helper";
  const visit = (linkId, path) => {
    const item = items[linkId];
    if (!evaluation.enabled(linkId, path)) return;
    // What was put aside is for the patient alone.
    if (byHelper && evaluation.masked(linkId, path)) return;
    if (item.type !== "group") {
      found.push({ linkId, path, kind: item.type === "display" ? "display" : "question" });
      return;
    }
    const paths = item.repeats
      ? evaluation.repetitions(linkId, path).map((id) => [...path, id])
      : [path];
    for (const inner of paths) for (const child of item.children) visit(child, inner);
    if (item.repeats && !item.repeatsFor) found.push({ linkId, path, kind: "repetitions" });
  };
  for (const linkId of order) visit(linkId, []);
  return found.map((step) => ({ ...step, key: answerKey(step.linkId, step.path) }));
};

// One tap asks for the steps many times, and an evaluation never changes.
const listed = new WeakMap();

// Every enabled step in order: a question or display, or the page that lists a repeating group's
// repetitions after the last of them.
export const steps = (evaluation) => {
  if (!listed.has(evaluation)) listed.set(evaluation, listSteps(evaluation));
  return listed.get(evaluation);
};

// Whether a question that is asked has an answer that counts, or one behind the curtain.
export const isAnswered = (evaluation, step) =>
  step.kind === "question" &&
  (evaluation.alone.has(step.key) || evaluation.answer(step.linkId, step.path) !== undefined);

// The interruptions that an answer calls for, in its own repetition. Whether the person has kept
// this very answer before is for the caller to know.
export const interruptionsAfter = (evaluation, { linkId, path }) =>
  evaluation.enabled(linkId, path) && evaluation.answer(linkId, path) !== undefined
    ? evaluation.questionnaire.interruptions.filter(
        ({ question, when }) =>
          question === linkId && when(evaluation, evaluation.place(linkId, path)),
      )
    : [];

// A required question without an answer. Texts, add-another pages and optional questions are never
// owed, or a person who passed them by would be sent back to them for ever.
export const isOwed = (evaluation, step) =>
  step.kind === "question" &&
  Boolean(evaluation.item(step.linkId).required) &&
  !isAnswered(evaluation, step);

export const firstUnanswered = (evaluation, list = steps(evaluation)) =>
  list.find((step) => isOwed(evaluation, step)) ?? null;

export const sectionOf = (questionnaire, linkId) => {
  let current = linkId;
  while (questionnaire.items[current].parent) current = questionnaire.items[current].parent;
  return current;
};

const progress = (evaluation, own) => {
  const questions = own.filter((step) => step.kind === "question");
  if (!questions.length) return "completed";
  if (!questions.some((step) => isAnswered(evaluation, step))) return "not-started";
  return questions.some((step) => isOwed(evaluation, step)) ? "in-progress" : "completed";
};

// Each section that is asked, with its steps and how far it has come.
export const sections = (evaluation, list = steps(evaluation)) => {
  const { questionnaire } = evaluation;
  const enabled = questionnaire.order.filter((linkId) => evaluation.enabled(linkId, []));
  const own = new Map(enabled.map((linkId) => [linkId, []]));
  for (const step of list) own.get(sectionOf(questionnaire, step.linkId)).push(step);
  return enabled.map((linkId) => ({
    linkId,
    steps: own.get(linkId),
    status: progress(evaluation, own.get(linkId)),
  }));
};
