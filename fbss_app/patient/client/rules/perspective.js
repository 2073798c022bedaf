// Whose view the answers are that are given now, as the `author` question says: {role, perspective}.
// Mirrors Evaluation.perspective in fbss_app/domain/questionnaire/evaluate.py. On a phone that holds a
// helper's link nobody answers as the patient.

export const roleIn = (perspective) => (perspective.startsWith("proxy-") ? "helper" : "patient");

// What an author who did not say how stands for: phones of before did not say.
export const usualPerspective = (role) => (role === "helper" ? "proxy-own-view" : "self");

// Whether someone with this access may answer so; undefined before anything was saved.
export const mayAnswer = (access, perspective) =>
  access !== "helper" || roleIn(perspective) === "helper";

const optionFor = (evaluation, linkId, value) =>
  evaluation.item(linkId).options.find((option) => option.value === value);

export const perspectiveOf = (evaluation) => {
  const { author } = evaluation.questionnaire.roles;
  const said =
    author && evaluation.enabled(author, [])
      ? optionFor(evaluation, author, evaluation.answer(author, []))?.perspective
      : undefined;
  const isAllowed = said && mayAnswer(evaluation.access, said);
  const perspective = isAllowed ? said : usualPerspective(evaluation.access);
  return { role: roleIn(perspective), perspective };
};

// As which an answer is given: who says for the first time who is answering speaks for themselves.
export const givenAs = (evaluation, linkId, value) => {
  const now = perspectiveOf(evaluation);
  if (linkId !== evaluation.questionnaire.roles.author) return now;
  const perspective = optionFor(evaluation, linkId, value)?.perspective ?? now.perspective;
  return { role: roleIn(perspective), perspective };
};
