// What the pages show, worked out from the answers: plain data, no storage, no screen.
import { addressOf } from "./address.js";
import { NO_PLACE, Evaluation } from "./evaluation.js";
import { answeredAlone } from "./answers.js";
import { ANSWERED_ALONE, FOR_THE_PATIENT_ALONE, answerTexts } from "./format.js";
import { isOwed, sectionOf, sections, steps } from "./navigation.js";
import { mayAnswer, perspectiveOf } from "./perspective.js";
import { labelOf, repetitionTitle, titlesAround, withGroup, withRepetition } from "./repetitions.js";

const OTHER = "other";
const NRS_DEFAULT = { min: 0, max: 10 };

export { givenAs, perspectiveOf } from "./perspective.js";

export const isHelper = (evaluation) => perspectiveOf(evaluation).role === "helper";

export const worded = (item, name, helper) =>
  (helper && item[`helper${name[0].toUpperCase()}${name.slice(1)}`]) || item[name] || "";

// The "something else" of an open choice is a row of the control, not of the list. A helper's link is
// not offered what only the patient could say of who is answering.
const optionRows = (item, helper, access) => {
  const rows = item.options
    .filter((option) => item.type !== "open-choice" || option.value !== OTHER)
    .filter(({ perspective }) => !perspective || mayAnswer(access, perspective))
    .map((option) => ({
      value: option.value,
      label: worded(option, "label", helper),
      hint: option.hint ?? "",
      group: option.group ?? "",
      exclusive: Boolean(option.exclusive),
    }));
  return rows.map((row, index) => ({
    ...row,
    heading: row.group === rows[index - 1]?.group ? "" : row.group,
  }));
};

// The credit line of the instrument that a question belongs to.
const creditOf = ({ items, credits }, linkId) => {
  if (!linkId) return "";
  const { instrument, parent } = items[linkId];
  return credits[instrument] ?? creditOf({ items, credits }, parent);
};

const numbersOf = (item) => {
  if (item.control !== "nrs") return [];
  const { min, max } = { ...NRS_DEFAULT, ...item };
  return Array.from({ length: max - min + 1 }, (_, index) => String(min + index));
};

export const shownSections = (evaluation) =>
  sections(evaluation).filter((section) => section.steps.length);

const section = (evaluation, step) => {
  const all = shownSections(evaluation);
  const own = sectionOf(evaluation.questionnaire, step.linkId);
  const index = all.findIndex((one) => one.linkId === own);
  const title = worded(evaluation.item(own), "text", isHelper(evaluation));
  return `Section ${index + 1} of ${all.length}: ${title}`;
};

export const caption = (evaluation, step) =>
  [section(evaluation, step), ...titlesAround(evaluation, step)].join(" – ");

// A question that names its repetition itself needs no second name above it.
const captionOf = (evaluation, step, text) => {
  if (!text.includes("{repetition}")) return caption(evaluation, step);
  return [section(evaluation, step), ...titlesAround(evaluation, step).slice(0, -1)].join(" – ");
};

// What the browser's history keeps of a page. No answer is in it, so a repetition goes by its group.
export const titleOf = (evaluation, step, text) =>
  `${withGroup(evaluation, step.linkId, text)} – ${section(evaluation, step)}`;

export const questionView = (evaluation, step, country) => {
  const { questionnaire } = evaluation;
  const { linkId, path } = step;
  const item = evaluation.asked(linkId, path);
  const helper = isHelper(evaluation);
  const filled = (text) => withRepetition(evaluation, linkId, path, text);
  return {
    key: step.key,
    linkId,
    control: item.control,
    text: filled(worded(item, "text", helper)),
    title: titleOf(evaluation, step, worded(item, "text", helper)),
    hint: filled(worded(item, "hint", helper)),
    why: filled(worded(item, "why", helper)),
    detail: ((helper && item.helperDetail) || item.detail || []).map(filled),
    options: optionRows(item, helper, evaluation.access),
    numbers: numbersOf(item),
    low: item.low ?? "",
    high: item.high ?? "",
    unit: item.unit ?? "",
    notSure: item.notSure ?? "",
    suggestions: questionnaire.suggestions[item.suggestions] ?? [],
    calls: item.service ? callsFor(country, [item.service]) : [],
    links: item.link ? [item.link] : [],
    credit: creditOf(questionnaire, linkId),
    optional: !item.required,
    byHelper: helper,
    canMask: Boolean(item.sensitive) && perspectiveOf(evaluation).perspective !== "self",
    freeText: item.type === "text",
    maxLength: item.type === "text" ? item.maxLength : 0,
    caption: captionOf(evaluation, step, worded(item, "text", helper)),
  };
};

const PROGRESS = {
  completed: "Completed",
  "in-progress": "In progress",
  "not-started": "Not yet started",
  closed: "Cannot start yet",
};

const sectionRow = (evaluation, href, section) => {
  const start = section.steps.find((step) => isOwed(evaluation, step)) ?? section.steps[0];
  return {
    title: worded(evaluation.item(section.linkId), "text", isHelper(evaluation)),
    status: PROGRESS[section.status],
    href: `${href}#${addressOf(evaluation, start)}`,
  };
};

const closedRow = (evaluation, linkId) => ({
  title: worded(evaluation.item(linkId), "text", isHelper(evaluation)),
  status: PROGRESS.closed,
  href: "",
});

// A section whose parts are left out will never open.
const isLeftOut = ({ questionnaire, leftOut }, linkId) =>
  leftOut.some((part) => sectionOf(questionnaire, part) === linkId);

// The task list: the stages of the way with their sections, or all sections in one stage.
export const stages = (evaluation, href) => {
  const shown = shownSections(evaluation);
  const rowOf = (section) => sectionRow(evaluation, href, section);
  const own = evaluation.questionnaire.stages;
  if (!own.length) return [{ title: "", text: "", tasks: shown.map(rowOf) }];
  return own.map((stage, index) => {
    const found = (stage.sections ?? []).flatMap((linkId) => {
      const section = shown.find((one) => one.linkId === linkId);
      if (section) return rowOf(section);
      return isLeftOut(evaluation, linkId) ? [] : closedRow(evaluation, linkId);
    });
    const isClosed = found.some((row) => !row.href);
    const page = stage.page && { title: stage.page.label, status: "", href: stage.page.href };
    return {
      title: `${index + 1}. ${worded(stage, "title", isHelper(evaluation))}`,
      text: isClosed ? (stage.text ?? "") : "",
      tasks: page ? [page] : found,
    };
  });
};

export const answersAt = (evaluation, step, short) => {
  if (evaluation.alone.has(step.key)) return [ANSWERED_ALONE];
  if (evaluation.masked(step.linkId, step.path)) return [FOR_THE_PATIENT_ALONE];
  const value = evaluation.answer(step.linkId, step.path);
  return value === undefined ? [] : answerTexts(evaluation.asked(step.linkId, step.path), value, short);
};

const repetitionRow = (evaluation, group, path, id) => {
  const inside = [...path, id];
  // Groups beside this one may have repetitions of the same id.
  const own = steps(evaluation).filter(
    (step) =>
      step.kind === "question" &&
      evaluation.item(step.linkId).groups[path.length] === group &&
      inside.every((one, index) => step.path[index] === one),
  );
  return {
    id,
    title: repetitionTitle(evaluation, group, inside),
    lines: own
      .map((step) => answersAt(evaluation, step).join(", "))
      .filter(Boolean)
      .slice(0, 3),
    first: own[0]?.key ?? "",
    href: own.length ? `#${addressOf(evaluation, own[0])}` : "",
  };
};

// The add-another page of a repeating group.
export const repetitionsView = (evaluation, step) => {
  const item = evaluation.item(step.linkId);
  const ids = evaluation.repetitions(step.linkId, step.path);
  return {
    key: step.key,
    linkId: step.linkId,
    text: worded(item, "text", isHelper(evaluation)),
    title: titleOf(evaluation, step, worded(item, "text", isHelper(evaluation))),
    name: labelOf(item).toLowerCase(),
    caption: caption(evaluation, step),
    rows: ids.map((id) => repetitionRow(evaluation, step.linkId, step.path, id)),
    canRemove: ids.length > (item.minOccurs ?? 0),
    canAdd: !item.maxOccurs || ids.length < item.maxOccurs,
  };
};

const URGENCIES = ["emergency", "same-day", "soon"];

export const raisedFlags = (evaluation) =>
  evaluation.questionnaire.redFlags
    .filter((flag) => flag.when(evaluation, NO_PLACE))
    .sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency));

const phoneLink = (entry) =>
  entry?.number ? { label: entry.label, number: entry.number } : null;

// The first of these that is known: what was said, and the codes to fall back on.
export const countryOf = (evaluation, countries, fallbacks) => {
  const { country } = evaluation.questionnaire.roles;
  const said = country ? evaluation.answer(country, []) : undefined;
  return [said, ...fallbacks]
    .map((code) => countries.find((one) => one.code === code))
    .find(Boolean);
};

const SERVICES = {
  emergency: ["emergency"],
  urgent: ["urgent", "emergency"],
  "surgical-team": ["urgent"],
  crisis: ["crisis", "emergency"],
};

export const callsFor = (country, services) => {
  const kinds = [...new Set(services.flatMap((service) => SERVICES[service]))];
  const links = kinds.map((kind) => phoneLink(country[kind])).filter(Boolean);
  // Nobody is left without a number: some countries have no line for what is urgent today.
  return links.length ? links : [phoneLink(country.emergency)];
};

// The full page that a warning sign opens: the flags that this question raised, most urgent first.
export const urgentView = (evaluation, step, country) => {
  const helper = isHelper(evaluation);
  const flags = raisedFlags(evaluation).filter((flag) => flag.questions.includes(step.linkId));
  if (!flags.length) return null;
  const { urgency } = flags[0];
  const most = flags.filter((flag) => flag.urgency === urgency);
  return {
    key: step.key,
    urgency,
    signs: flags.map((flag) => worded(flag, "heading", helper)),
    // What the most urgent signs ask for, each text once: a milder text beside it would hold up.
    actions: [...new Set(most.map((flag) => worded(flag, "action", helper)))],
    calls: callsFor(country, most.map((flag) => flag.service)),
    advice: urgency === "same-day" ? (country.urgent?.advice ?? "") : "",
    relay: country.text_relay?.label ?? "",
    relayAdvice: country.text_relay?.advice ?? "",
  };
};

// The optional parts that none of the clinics asks for that invited; without an invitation, none.
export const leftOutBy = ({ optionalParts }, invitation) =>
  optionalParts.filter((part) =>
    [invitation, ...(invitation?.earlier ?? [])].every((one) => one?.parts?.includes(part) === false),
  );

// `access` is the role of the link that this phone holds; undefined before anything was saved.
// On a phone that was handed over, what the `events` say was answered alone is behind a curtain.
export const evaluate = (questionnaire, answers, access, leftOut, events = []) => {
  const evaluation = new Evaluation(questionnaire, answers, undefined, leftOut);
  evaluation.access = access;
  if (isHelper(evaluation)) evaluation.alone = answeredAlone(answers, events);
  return evaluation;
};
