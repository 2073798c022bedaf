// The one-page summary as data. Mirrors build_summary in fbss_app/domain/summary/summary.py, which
// says what belongs on it; presentSummary turns it into the lines that the page shows.
import { NO_PLACE } from "./evaluation.js";
import { answerTexts, scoreText } from "./format.js";

const labelOf = (item) => item.short ?? item.text;

const pathsOf = (evaluation, linkId) =>
  evaluation
    .item(linkId)
    .groups.reduce(
      (paths, group) =>
        paths.flatMap((path) => evaluation.repetitions(group, path).map((id) => [...path, id])),
      [[]],
    );

const linesOf = (evaluation, linkId, path, elsewhere) => {
  const item = evaluation.item(linkId);
  if (item.type === "display" || !evaluation.enabled(linkId, path)) return [];
  const inside = (inner) =>
    item.children
      .filter((child) => !elsewhere.has(child))
      .flatMap((child) => linesOf(evaluation, child, inner, elsewhere));
  if (item.type !== "group") {
    const value = evaluation.answer(linkId, path);
    const answers = value === undefined ? [] : answerTexts(item, value);
    return [{ linkId, path, label: labelOf(item), answers }];
  }
  if (!item.repeats) return inside(path);
  const ids = evaluation.repetitions(linkId, path);
  const repetitions = ids.map((id) => inside([...path, id]));
  return [{ linkId, path, label: labelOf(item), repetitions }];
};

export const buildSummary = (evaluation) => {
  const { summary } = evaluation.questionnaire;
  const elsewhere = new Set(summary.flatMap((block) => block.item));
  return summary.map((block) => ({
    title: block.title,
    starred: block.starred,
    lines: block.item.flatMap((linkId) =>
      pathsOf(evaluation, linkId).flatMap((path) => linesOf(evaluation, linkId, path, elsewhere)),
    ),
    scores: block.score,
  }));
};

const titleOfRepetition = (evaluation, linkId, path) => {
  const position = evaluation.repetitions(linkId, path.slice(0, -1)).indexOf(path.at(-1)) + 1;
  return `${labelOf(evaluation.item(linkId))} ${position}`;
};

const titlesAround = (evaluation, { linkId, path }) =>
  evaluation
    .item(linkId)
    .groups.map((group, index) => titleOfRepetition(evaluation, group, path.slice(0, index + 1)));

const fact = (label, answers, note = "") => ({ label, answers, note });

const textsWithin = (lines) =>
  lines.flatMap((line) =>
    line.repetitions
      ? line.repetitions.flatMap(textsWithin)
      : line.answers.length
        ? [`${line.label}: ${line.answers.join(", ")}`]
        : [],
  );

const factsOfLine = (evaluation, line) => {
  if (!line.repetitions)
    return [fact([...titlesAround(evaluation, line), line.label].join(": "), line.answers)];
  return line.repetitions.map((lines, index) =>
    fact(`${line.label} ${index + 1}`, textsWithin(lines)),
  );
};

const scoreFact = (evaluation, name) => {
  const definition = evaluation.questionnaire.scores.find((one) => one.name === name);
  const number = evaluation.score(name);
  if (number === null) return fact(definition.title, []);
  const { title, decimals, minimum, maximum, meaning } = definition;
  const hasScale = minimum !== null && maximum !== null;
  const scale = hasScale ? ` on a scale of ${minimum} to ${maximum}` : "";
  return fact(title, [`${scoreText(number, decimals)}${scale}`], meaning);
};

const isNoneOfThese = (evaluation, { linkId, path, repetitions }) => {
  if (repetitions) return false;
  const value = evaluation.answer(linkId, path);
  return Array.isArray(value) && evaluation.item(linkId).exclusive.includes(value[0]);
};

// Questions of one block that were all answered "none of these" become one line, or a page of
// warning signs that nobody has would fill the sheet.
const withoutRepeatedNone = (evaluation, lines) => {
  const none = lines.filter((line) => isNoneOfThese(evaluation, line));
  if (none.length < 2) return lines.flatMap((line) => factsOfLine(evaluation, line));
  const others = lines.filter((line) => !none.includes(line));
  return [
    ...others.flatMap((line) => factsOfLine(evaluation, line)),
    fact("Answered “none of these”", [none.map((line) => line.label).join("; ")]),
  ];
};

export const presentSummary = (evaluation) =>
  buildSummary(evaluation)
    .map((block) => ({
      title: block.title,
      starred: block.starred,
      facts: [
        ...withoutRepeatedNone(evaluation, block.lines),
        ...block.scores.map((name) => scoreFact(evaluation, name)),
      ].filter((one) => one.answers.length),
    }))
    .filter((block) => block.facts.length);

export const questionsToAsk = (evaluation) =>
  evaluation.questionnaire.questionsToAsk
    .filter((question) => !question.when || question.when(evaluation, NO_PLACE))
    .map(({ id, text, because }) => ({ id, text, because }));
