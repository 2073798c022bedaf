// What a set of answers means under a questionnaire's rules. Mirrors
// fbss_app/domain/questionnaire/evaluate.py; tests/patient/test_parity.py holds the two together.
// The exported functions are the vocabulary into which compile.py turns expressions: each takes the
// evaluation and the place (repeating groups and repetitions) of the item that asks.
import { NOT_SURE, answerKey, isAbsent, isMasked, isNotSure } from "./answers.js";

export const NO_PLACE = { groups: [], path: [] };

const isOtherText = (value) => value !== null && typeof value === "object" && "other" in value;

// The person's own calendar day, as a date is written.
export const localDay = (now = new Date()) => {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

export class Evaluation {
  constructor(questionnaire, answers, today = localDay(), leftOut = []) {
    this.questionnaire = questionnaire;
    this.answers = answers;
    this.today = today;
    this.leftOut = leftOut;
    // The keys of the answers behind the curtain, as answeredAlone lists them where a helper answers.
    this.alone = new Set();
    this.memo = new Map();
    this.chosenMemo = new Map();
    this.repetitionIds = new Map();
    for (const [key, value] of answers) {
      if (value !== true || !key.includes("@")) continue;
      const [linkId, joined] = key.split("@");
      const path = joined.split(".");
      const item = questionnaire.items[linkId];
      if (!item || item.type !== "group" || path.length !== item.groups.length + 1) continue;
      const id = path.pop();
      const owner = answerKey(linkId, path);
      if (!this.repetitionIds.has(owner)) this.repetitionIds.set(owner, []);
      this.repetitionIds.get(owner).push(id);
    }
  }

  item(linkId) {
    return this.questionnaire.items[linkId];
  }

  // What is kept for a question, whether or not it is asked now. Of what it no longer offers,
  // nothing is left; one that was put aside has no answer, and one behind the curtain shows none.
  answer(linkId, path) {
    const key = answerKey(linkId, path);
    const value = this.answers.get(key);
    if (isMasked(value) || this.alone.has(key)) return undefined;
    if (value === undefined || !this.item(linkId).optionsFrom || isAbsent(value)) return value;
    const offered = new Set(this.options(linkId, path).map((option) => option.value));
    if (!Array.isArray(value)) return offered.has(value) ? value : undefined;
    const kept = value.filter((one) => offered.has(one));
    return kept.length ? kept : undefined;
  }

  // Whether a question was put aside, for the patient alone to answer.
  masked(linkId, path) {
    return isMasked(this.answers.get(answerKey(linkId, path)));
  }

  // What a choice question offers now: its own options, after those chosen in the one it follows.
  options(linkId, path) {
    const { options, optionsFrom } = this.item(linkId);
    return optionsFrom ? [...this.chosen(optionsFrom, path), ...options] : options;
  }

  // A question as it is asked at a path: with the options that it offers now.
  asked(linkId, path) {
    const item = this.item(linkId);
    return item.optionsFrom ? { ...item, options: this.options(linkId, path) } : item;
  }

  // The options now chosen in a choice question, in their order, without "none of these". The path
  // may be that of an item deeper inside.
  chosen(linkId, path) {
    const own = path.slice(0, this.item(linkId).groups.length);
    const key = answerKey(linkId, own);
    if (!this.chosenMemo.has(key)) this.chosenMemo.set(key, this.findChosen(linkId, own));
    return this.chosenMemo.get(key);
  }

  findChosen(linkId, own) {
    const value = this.enabled(linkId, own) ? this.answer(linkId, own) : undefined;
    if (value === undefined || isAbsent(value)) return [];
    const values = [value].flat();
    const found = this.options(linkId, own).filter(
      (option) => !option.exclusive && values.includes(option.value),
    );
    const words = values.find(isOtherText)?.other;
    return words === undefined ? found : [...found, { value: "other", label: words }];
  }

  repetitions(linkId, path) {
    const { repeatsFor } = this.item(linkId);
    if (repeatsFor) return this.chosen(repeatsFor, path).map((option) => option.value);
    const ids = this.repetitionIds.get(answerKey(linkId, path)) ?? [];
    return ids.length || !this.item(linkId).minOccurs ? ids : ["1"];
  }

  place(linkId, path) {
    return { groups: this.item(linkId).groups, path };
  }

  enabled(linkId, path) {
    const key = answerKey(linkId, path);
    const known = this.memo.get(key);
    if (known !== undefined) return known;
    const item = this.item(linkId);
    const { parent } = item;
    const inEnabledParent =
      !parent || this.enabled(parent, path.slice(0, this.item(parent).groups.length));
    const rule = this.questionnaire.rules.enabled[linkId];
    // A question that has nothing to choose could not be answered, and would be owed for ever.
    const offersSome = () => !item.optionsFrom || this.options(linkId, path).length > 0;
    const result =
      !this.leftOut.includes(linkId) && inEnabledParent && offersSome() && (!rule || rule(this, this.place(linkId, path)));
    this.memo.set(key, result);
    return result;
  }

  // Every answer to a question that can be seen from a place: bound to the place's own repetition
  // where both stand in the same repeating group, over all repetitions where they do not.
  occurrences(linkId, place) {
    const { groups } = this.item(linkId);
    let shared = 0;
    while (
      shared < groups.length &&
      shared < place.groups.length &&
      groups[shared] === place.groups[shared]
    )
      shared += 1;
    let paths = [place.path.slice(0, shared)];
    for (const group of groups.slice(shared))
      paths = paths.flatMap((path) => this.repetitions(group, path).map((id) => [...path, id]));
    return paths
      .filter((path) => this.enabled(linkId, path))
      .map((path) => this.answer(linkId, path))
      .filter((value) => value !== undefined)
      .flatMap((value) => (Array.isArray(value) ? value : [value]));
  }

  values(linkId, place) {
    return this.occurrences(linkId, place)
      .filter((value) => !isAbsent(value))
      .map((value) => (isOtherText(value) ? "other" : value));
  }

  condition(name) {
    return this.questionnaire.rules.conditions[name](this, NO_PLACE);
  }

  score(name) {
    return this.questionnaire.rules.scores[name](this, NO_PLACE);
  }
}

const orderOfDates = (a, b) => {
  const length = Math.min(a.length, b.length);
  const [left, right] = [a.slice(0, length), b.slice(0, length)];
  if (left !== right) return left < right ? -1 : 1;
  return a.length === b.length ? 0 : null;
};

const orderOfNumbers = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const HOLDS = {
  ">": (order) => order === 1,
  "<": (order) => order === -1,
  ">=": (order) => order === 1 || order === 0,
  "<=": (order) => order === -1 || order === 0,
};

const equals = (evaluation, place, question, operand) =>
  evaluation.values(question, place).includes(operand) ||
  (operand === NOT_SURE && evaluation.occurrences(question, place).some(isNotSure));

export const compare = (evaluation, place, question, operator, operand) => {
  if (operator === "=") return equals(evaluation, place, question, operand);
  if (operator === "!=") return !equals(evaluation, place, question, operand);
  const values = evaluation.values(question, place);
  if (operator === "exists") return values.length > 0 === operand;
  const order = evaluation.item(question).type === "date" ? orderOfDates : orderOfNumbers;
  return values.some((value) => HOLDS[operator](order(value, operand)));
};

export const allOf = (...parts) => parts.every(Boolean);
export const anyOf = (...parts) => parts.some(Boolean);
export const not = (part) => !part;

export const condition = (evaluation, place, name) =>
  evaluation.questionnaire.rules.conditions[name](evaluation, place);

export const compareNumber = (number, operator, than) => {
  if (number === null || than === null) return false;
  if (operator === "=") return number === than;
  if (operator === "!=") return number !== than;
  return HOLDS[operator](orderOfNumbers(number, than));
};

export const countTrue = (...parts) => parts.filter(Boolean).length;

export const countAnswers = (evaluation, place, question) => {
  const exclusive = evaluation.item(question).exclusive;
  return evaluation.values(question, place).filter((value) => !exclusive.includes(value)).length;
};

const numbersOf = (evaluation, place, question) => {
  const { ordinals } = evaluation.item(question);
  const values = evaluation.values(question, place);
  if (!ordinals) return values;
  return values.map((code) => ordinals[code]).filter((number) => number !== undefined);
};

const enoughNumbers = (evaluation, place, questions, atLeast) => {
  const numbers = questions.flatMap((question) => numbersOf(evaluation, place, question));
  return numbers.length >= atLeast ? numbers : null;
};

const add = (numbers) => numbers.reduce((total, number) => total + number, 0);

export const sum = (evaluation, place, questions, atLeast) => {
  const numbers = enoughNumbers(evaluation, place, questions, atLeast);
  return numbers && add(numbers);
};

export const mean = (evaluation, place, questions, atLeast) => {
  const numbers = enoughNumbers(evaluation, place, questions, atLeast);
  return numbers && add(numbers) / numbers.length;
};

// Whole years from a date to today, on the precision that the date has; of several, the latest.
export const yearsSince = (evaluation, place, question) => {
  const { today } = evaluation;
  const years = evaluation.values(question, place).map((date) => {
    const rest = date.slice(5);
    const notYet = today.slice(5, 5 + rest.length) < rest ? 1 : 0;
    return Number(today.slice(0, 4)) - Number(date.slice(0, 4)) - notYet;
  });
  return years.length ? Math.min(...years) : null;
};

// A score belongs to the whole questionnaire: the same number wherever it is named.
export const score = (evaluation, place, name) => evaluation.score(name);
