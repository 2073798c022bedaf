// The page after an answer that is possible but unlikely: what it asks and what it reads back.
import { interruptionsAfter } from "../rules/navigation.js";
import { labelOf } from "../rules/repetitions.js";
import { answersAt, caption, isHelper, titleOf, worded } from "../rules/views.js";

// Null where the answer is an ordinary one. Several reasons for doubt make one page, not several.
export const interruptionView = (evaluation, step) => {
  const [first, ...others] = interruptionsAfter(evaluation, step);
  if (!first) return null;
  const helper = isHelper(evaluation);
  return {
    key: step.key,
    caption: caption(evaluation, step),
    text: worded(first, "heading", helper),
    title: titleOf(evaluation, step, worded(first, "heading", helper)),
    detail: [first, ...others].map((one) => worded(one, "text", helper)).join(" "),
    label: labelOf(evaluation.item(step.linkId)),
    answers: answersAt(evaluation, step),
  };
};
