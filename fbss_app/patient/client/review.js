// What only the pages show that read all answers back: check-answers and the summary. They bring it
// along, so that a first visit to the questions need not fetch it.
import { useLayoutEffect } from "react";
import { checkSections } from "./check_answers.js";
import { namesOf, provenanceOf } from "./provenance.js";
import { summaryView } from "./summary_view.js";

const reviewOf = (evaluation, { events, device, participants, pages }) => {
  const names = namesOf(evaluation.questionnaire, participants);
  const provenance = provenanceOf(events, device, names);
  return {
    checkSections: checkSections(evaluation, pages.questionnaire, provenance),
    summary: summaryView(evaluation, provenance),
  };
};

export const useReview = (useResponse) => {
  useLayoutEffect(() => useResponse.getState().reviewWith(reviewOf), [useResponse]);
};
