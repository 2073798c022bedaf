// What only the pages show that read all answers back: check-answers and the summary. `useReview` of
// page_effects.js brings it when such a page is shown.
import { checkSections, leftOutSections } from "./check_answers.js";
import { namesOf, provenanceOf } from "../rules/provenance.js";
import { summaryView } from "./summary_view.js";
import { unconfirmedOf } from "./unconfirmed.js";

export const reviewOf = (evaluation, { events, device, participants, pages }) => {
  const names = namesOf(evaluation.questionnaire, participants);
  const provenance = provenanceOf(events, device, names);
  return {
    checkSections: checkSections(evaluation, pages.questionnaire, provenance),
    leftOut: evaluation.leftOut,
    leftOutSections: leftOutSections(evaluation, pages.questionnaire, provenance),
    summary: summaryView(evaluation, provenance),
    unconfirmed: unconfirmedOf(evaluation, provenance, pages.questionnaire),
  };
};
