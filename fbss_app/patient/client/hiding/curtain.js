// The page of a question that the patient answered alone, on a phone where somebody else answers now.
// Other pages say the same in one line.
import { ANSWERED_ALONE } from "../rules/format.js";

// A phone that holds a helper's link cannot become the patient's again.
export const behindCurtain = (question, { access, questionnaire }) => {
  const isHelpers = access === "helper";
  return {
    ...question,
    control: "display",
    hint: "",
    canMask: false,
    detail: [
      `${ANSWERED_ALONE}.`,
      isHelpers
        ? "The patient can see it with their own link."
        : "The patient sees it again once they say that they are answering.",
      "This is a curtain, not a lock. Whoever holds this phone can open it.",
    ],
    links: isHelpers
      ? []
      : [{ label: "Who is answering?", href: `#${questionnaire.roles.author}` }],
  };
};
