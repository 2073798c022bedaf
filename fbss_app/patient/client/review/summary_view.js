// The summary in the words and shapes that its page shows.
import { scoreText } from "../rules/format.js";
import { NOT_A_SELF_REPORT, signed } from "../rules/given_words.js";
import { perspectiveOf } from "../rules/perspective.js";
import { buildSummary, leaves, markOf, tableOf } from "../rules/summary.js";
import { timelineDrawing } from "./timeline_drawing.js";
import { raisedFlags } from "../rules/views.js";

const MOMENT = { dateStyle: "long", timeStyle: "short" };
// A table with more columns than this takes the width of both columns of the sheet.
const MOST_NARROW_COLUMNS = 4;
// What is no longer than this stands in one line, and a longer word may be broken.
const SHORT_TEXT = 12;
const LONG_WORD = /\S{21}/;
const NO_DRAWING = timelineDrawing(null);

const fact = (label, answers, note = "") => ({ label, answers, note });

// Answers that were given otherwise than most say how.
const withMark = (summary, line, texts) => {
  const mark = markOf(summary, line);
  return mark ? [...texts.slice(0, -1), `${texts.at(-1)} (${mark})`] : texts;
};

const marker = (summary) => (line) => withMark(summary, line, signed(line.answers, line.byProxy));

const factsOfLine = (texts, line) => {
  if (!line.repetitions) return [fact(line.label, texts(line))];
  return line.repetitions.map((lines, index) =>
    fact(
      line.titles[index],
      leaves(lines)
        .filter((one) => one.answers.length)
        .map((one) => `${one.label}: ${texts(one).join(", ")}`),
    ),
  );
};

const scoreFact = (evaluation, { name, isSelfReport }) => {
  const definition = evaluation.questionnaire.scores.find((one) => one.name === name);
  const number = evaluation.score(name);
  if (number === null) return fact(definition.title, []);
  const { title, decimals, minimum, maximum, meaning } = definition;
  const hasScale = minimum !== null && maximum !== null;
  const scale = hasScale ? ` on a scale of ${minimum} to ${maximum}` : "";
  const whose = isSelfReport ? "" : `. ${NOT_A_SELF_REPORT}`;
  return fact(title, [`${scoreText(number, decimals)}${scale}${whose}`], meaning);
};

const placeText = ({ label, kinds }) => (kinds.length ? `${label} (${kinds.join(", ")})` : label);

const factsOfMap = ({ places, byProxy }) => {
  const worst = places.filter((place) => place.worst);
  const others = places.filter((place) => !place.worst);
  return [
    fact("Worst place", signed(worst.map(placeText), byProxy)),
    fact(worst.length ? "Other places" : "Places", signed(others.map(placeText), byProxy)),
  ];
};

const tableView = (evaluation, texts, group) => {
  const { label, numbered, columns, rows } = tableOf(evaluation, group);
  const cellView = (cell, index) => {
    const text = cell ? texts(cell).join("; ") : "";
    return {
      label: columns[index],
      text,
      isShort: text.length <= SHORT_TEXT,
      isLong: LONG_WORD.test(text),
    };
  };
  return {
    label,
    columns,
    numbered,
    isWide: columns.length > MOST_NARROW_COLUMNS,
    rows: rows.map(({ title, cells, notes }, index) => ({
      title,
      number: numbered ? String(index + 1) : title,
      cells: cells.map(cellView),
      notes: notes.map((line) => ({ label: line.label, text: texts(line).join("; ") })),
    })),
  };
};

const noneText = (summary, line) =>
  withMark(summary, line, signed([line.label], line.byProxy)).join();

const blockView = (evaluation, summary, part) => {
  const texts = marker(summary);
  const inTables = part.table ? part.lines.filter((line) => line.repetitions) : [];
  const tables = inTables
    .map((group) => tableView(evaluation, texts, group))
    .filter((table) => table.rows.length);
  const facts = [
    ...part.lines
      .filter((line) => !inTables.includes(line))
      .flatMap((line) => factsOfLine(texts, line)),
    ...(part.noneOfThese.length
      ? [fact("Answered “none of these”", [part.noneOfThese.map((line) => noneText(summary, line)).join("; ")])]
      : []),
    ...(part.bodyMap ? factsOfMap(part.bodyMap) : []),
    ...part.scores.map((score) => scoreFact(evaluation, score)),
  ].filter((one) => one.answers.length);
  const places = part.bodyMap?.places ?? [];
  return {
    title: part.title,
    starred: part.starred,
    folded: part.folded,
    facts,
    tables,
    isWide: tables.some((table) => table.isWide),
    places: places.map((place) => place.code),
    worst: places.find((place) => place.worst)?.code ?? "",
    timeline: part.timeline ? timelineDrawing(part.timeline) : NO_DRAWING,
  };
};

const isShown = ({ facts, tables, places, timeline }) =>
  facts.length || tables.length || places.length || timeline.sentences.length;

const questionView = ({ id, text, because }) => ({ id, text, because });

export const summaryView = (evaluation, provenance) => {
  const viewer = perspectiveOf(evaluation).role;
  const summary = buildSummary(evaluation, provenance, viewer);
  const { signsAnsweredAt } = summary;
  return {
    version: summary.version,
    by: summary.reportedBy,
    marks: summary.notes.join(" "),
    signsAnsweredOn: signsAnsweredAt
      ? new Intl.DateTimeFormat("en-GB", MOMENT).format(new Date(signsAnsweredAt))
      : "",
    blocks: summary.blocks
      .map((part) => blockView(evaluation, summary, part))
      .filter(isShown),
    instruments: summary.instruments
      .map(({ title, version }) => `${title}, version ${version}`)
      .join("; "),
    credits: summary.instruments.map(({ credit }) => credit).filter(Boolean),
    questions: summary.questions.printed.map(questionView),
    moreQuestions: summary.questions.more.map(questionView),
    flags: raisedFlags(evaluation).map(({ heading, urgency }) => ({ heading, urgency })),
  };
};
