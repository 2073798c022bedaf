// The name of a step in the address, and so in the browser's history. It is the answer key, except
// that a repetition for a chosen option goes by its place among those chosen: the option's code would
// tell what was answered. Such a name means nothing once the choice has changed.
import { answerKey } from "./answers.js";
import { steps } from "./navigation.js";

export const addressOf = (evaluation, { linkId, path }) => {
  const { groups } = evaluation.item(linkId);
  const counted = path.map((id, depth) => {
    if (!evaluation.item(groups[depth]).repeatsFor) return id;
    return String(evaluation.repetitions(groups[depth], path.slice(0, depth)).indexOf(id) + 1);
  });
  return answerKey(linkId, counted);
};

// The step of that name; undefined where none has it now.
export const stepNamed = (evaluation, address) =>
  steps(evaluation).find((step) => addressOf(evaluation, step) === address);
