// Words that depend on the repetition they stand in. Mirrors
// fbss_app/domain/questionnaire/wording.py.

export const labelOf = (item) => item.short ?? item.text;

// The name of one repetition of a repeating group: the option that it repeats for, in short; else
// the group's label and a number. The path ends with the repetition.
export const repetitionTitle = (evaluation, linkId, path) => {
  const item = evaluation.item(linkId);
  const [outer, id] = [path.slice(0, -1), path.at(-1)];
  if (item.repeatsFor) {
    const option = evaluation.chosen(item.repeatsFor, outer).find(({ value }) => value === id);
    return option ? (option.short ?? option.label) : id;
  }
  const position = evaluation.repetitions(linkId, outer).indexOf(id) + 1;
  return `${withRepetition(evaluation, linkId, outer, labelOf(item))} ${position}`;
};

// The names of the repetitions around an item, outermost first.
export const titlesAround = (evaluation, { linkId, path }) =>
  evaluation
    .item(linkId)
    .groups.map((group, index) => repetitionTitle(evaluation, group, path.slice(0, index + 1)));

// A text with the name of the innermost repetition around its item where it asks for it.
export const withRepetition = (evaluation, linkId, path, text) => {
  const { groups } = evaluation.item(linkId);
  if (!groups.length || !text.includes("{repetition}")) return text;
  const title = repetitionTitle(evaluation, groups.at(-1), path.slice(0, groups.length));
  return text.replaceAll("{repetition}", () => title);
};

// The same text with the name of the group, which tells nothing of what was answered.
export const withGroup = (evaluation, linkId, text) => {
  const group = evaluation.item(linkId).groups.at(-1);
  return group ? text.replaceAll("{repetition}", () => labelOf(evaluation.item(group))) : text;
};

// Every path at which an item stands.
export const pathsOf = (evaluation, linkId) =>
  evaluation
    .item(linkId)
    .groups.reduce(
      (paths, group) =>
        paths.flatMap((path) => evaluation.repetitions(group, path).map((id) => [...path, id])),
      [[]],
    );

export const hasPath = (evaluation, linkId, path) =>
  pathsOf(evaluation, linkId).some((one) => one.join(".") === path.join("."));
