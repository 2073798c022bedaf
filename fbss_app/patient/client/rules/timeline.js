// Operations and pain in the order of time. Mirrors fbss_app/domain/summary/timeline.py, which says
// how positions are found.
import { answerKey } from "./answers.js";
import { answerTexts, dateText } from "./format.js";
import { hasPath, pathsOf } from "./repetitions.js";

const LEAD = 10;
const GAP = 9;
const GAP_OF_WORDS = 16;
const GAP_OF_YEARS = 15;
const LEFT_OUT = "Numbers of pain that a helper gave are left out here.";
const MOMENTS = ["before", "best", "now"];
const IN_WORDS = {
  before: "before the latest operation",
  best: "at best after it",
  now: "now",
};

const inYears = (partialDate) => {
  const [year, month, day] = partialDate.split("-").map(Number);
  if (!month) return year + 0.5;
  if (!day) return year + (month - 0.5) / 12;
  return year + (month - 1) / 12 + (day - 0.5) / 372;
};

const spread = (positions, gaps) => {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const share = total > 100 ? 100 / total : 1;
  const found = [Math.max(positions[0], 0)];
  gaps.forEach((gap, place) =>
    found.push(Math.max(positions[place + 1], found.at(-1) + gap * share)),
  );
  found[found.length - 1] = positions.at(-1);
  for (let place = gaps.length - 1; place >= 0; place -= 1)
    found[place] = Math.max(Math.min(found[place], found[place + 1] - gaps[place] * share), 0);
  return found;
};

const positionsOf = (operations, moments, today) => {
  const span = operations.length ? today - operations[0] : 0;
  const linear = (when) => (span > 0 ? 100 - ((100 - LEAD) * (today - when)) / span : LEAD);
  const marks = operations.map((when, place) => [String(place), linear(when)]);
  const latest = marks.length ? marks.at(-1)[1] : LEAD;
  if (moments.includes("before"))
    marks.splice(Math.max(marks.length - 1, 0), 0, ["before", latest - GAP]);
  if (moments.includes("best")) marks.push(["best", (latest + 100) / 2]);
  marks.push(["now", 100]);
  const gaps = marks.slice(0, -1).map(([name]) => (name === "best" ? GAP_OF_WORDS : GAP));
  const found = spread(marks.map(([, position]) => position), gaps);
  return Object.fromEntries(marks.map(([name], place) => [name, found[place]]));
};

const rowsOf = (positions) => {
  const last = [];
  return positions.map((position) => {
    const free = last.findIndex((taken) => position - taken >= GAP_OF_YEARS);
    const row = free < 0 ? last.length : free;
    last[row] = position;
    return row;
  });
};

const operationAt = (evaluation, { date, label }, path, number, title) => {
  const text = evaluation.enabled(date, path) ? (evaluation.answer(date, path) ?? "") : "";
  const isDate = typeof text === "string" && text !== "";
  const labels =
    label && hasPath(evaluation, label, path) && evaluation.enabled(label, path)
      ? evaluation.answer(label, path)
      : undefined;
  return {
    number,
    title,
    date: isDate ? text : "",
    when: isDate ? dateText(text) : "",
    year: isDate ? text.slice(0, 4) : "",
    labels: labels === undefined ? [] : answerTexts(evaluation.asked(label, path), labels, true),
    position: null,
    row: 0,
  };
};

const painValues = (evaluation, points, latest) =>
  points.flatMap(({ item, at, place }) => {
    const path = hasPath(evaluation, item, latest) ? latest : [];
    if (!hasPath(evaluation, item, path) || !evaluation.enabled(item, path)) return [];
    const value = evaluation.answer(item, path);
    const key = answerKey(item, path);
    return typeof value === "number" ? [{ item, key, at, place, value }] : [];
  });

const capital = (word) => word[0].toUpperCase() + word.slice(1);

const sentencesOf = (operations, pain) => [
  ...operations.map(({ title, when, labels }) => {
    const words = labels.length ? `: ${labels.join(", ")}.` : ".";
    return `${title}, ${when || "date not known"}${words}`;
  }),
  ...[...new Set(pain.map(({ place }) => place))].map((place) => {
    const numbers = MOMENTS.flatMap((moment) =>
      pain
        .filter((one) => one.place === place && one.at === moment)
        .map(({ value }) => `${value} ${IN_WORDS[moment]}`),
    );
    return `${capital(place)} pain, from 0 to 10: ${numbers.join(", ")}.`;
  }),
];

// A line through numbers reads as one person's own report.
const isLeftOut = (evaluation, { item, key }, byProxy) =>
  Boolean(evaluation.item(item).unobservable) && byProxy.has(key);

export const timelineOf = (evaluation, block, titles, byProxy) => {
  if (!block.date) return null;
  const end = inYears(evaluation.today);
  const all = pathsOf(evaluation, block.date)
    .map((path, place) => ({
      path,
      operation: operationAt(evaluation, block, path, place + 1, titles[place]),
    }))
    .filter(({ path }) => evaluation.enabled(block.date, path));
  const dated = all
    .filter(({ operation }) => operation.when)
    .map((one) => ({ ...one, at: Math.min(inYears(one.operation.date), end) }))
    .sort((a, b) => a.at - b.at || a.operation.number - b.operation.number);
  const undated = all.map(({ operation }) => operation).filter(({ when }) => !when);
  const given = painValues(evaluation, block.pain, dated.at(-1)?.path ?? []);
  const values = given.filter((value) => !isLeftOut(evaluation, value, byProxy));
  if (!all.length && !values.length) return null;
  const moments = MOMENTS.filter((moment) => values.some(({ at }) => at === moment));
  const positions = positionsOf(dated.map(({ at }) => at), moments, end);
  const rows = rowsOf(dated.map((_, place) => positions[place]));
  const operations = dated.map(({ operation }, place) => ({
    ...operation,
    position: positions[place],
    row: rows[place],
  }));
  const pain = values.map((value) => ({ ...value, position: positions[value.at] }));
  const sentences = sentencesOf([...operations, ...undated], pain);
  const note = values.length < given.length ? LEFT_OUT : "";
  return { operations, undated, pain, sentences, note };
};
