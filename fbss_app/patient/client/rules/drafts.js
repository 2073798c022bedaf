// What stands in a question's fields before Continue, and how it becomes a value. A draft holds
// strings as typed: {value, values, other, day, month, year, not_sure}.
import { isAbsent, isMasked } from "./answers.js";
import { dateText } from "./format.js";

export const EMPTY_DRAFT = Object.freeze({
  value: "",
  values: [],
  other: "",
  day: "",
  month: "",
  year: "",
  not_sure: false,
});

// A kept draft, as far as it still has the shape of one.
export const draftFrom = (kept) => {
  const isSameKind = ([name, empty]) =>
    typeof kept[name] === typeof empty && Array.isArray(kept[name]) === Array.isArray(empty);
  const known = Object.entries(EMPTY_DRAFT).filter(isSameKind).map(([name]) => [name, kept[name]]);
  return { ...EMPTY_DRAFT, ...Object.fromEntries(known) };
};

const OTHER = "other";
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const clean = (text) => text.replace(INVISIBLE, "").trim();
const problem = (code) => ({ problem: { code } });
const isChoice = (item) => item.type === "choice" || item.type === "open-choice";

const numberFrom = (item, text) => {
  const unit = item.unit ?? "";
  let digits = clean(text).toLowerCase();
  if (unit && digits.endsWith(unit.toLowerCase())) digits = digits.slice(0, -unit.length);
  digits = digits.replace(/\s/g, "").replace(/,(?=\d{3}(\D|$))/g, "").replace(",", ".");
  if (!/^[+-]?\d+(\.\d+)?$/.test(digits)) return problem("wrong-type");
  return { value: Number(digits) };
};

const monthNumber = (text) => {
  const named = MONTHS.indexOf(text.toLowerCase().slice(0, 3)) + 1;
  return named || (/^\d{1,2}$/.test(text) ? Number(text) : 0);
};

const dateFrom = (draft) => {
  const [day, month, year] = [draft.day, draft.month, draft.year].map(clean);
  if (!day && !month && !year) return { value: null };
  if (!/^\d{4}$/.test(year) || (day && !month)) return problem("not-a-date");
  if (!month) return { value: year };
  const number = monthNumber(month);
  const yearAndMonth = `${year}-${String(number).padStart(2, "0")}`;
  if (!number) return problem("not-a-date");
  if (!day) return { value: yearAndMonth };
  if (!/^\d{1,2}$/.test(day)) return problem("not-a-date");
  return { value: `${yearAndMonth}-${day.padStart(2, "0")}` };
};

const CONVERT = {
  boolean: (item, text) => ({ value: text === "true" }),
  integer: numberFrom,
  decimal: numberFrom,
  string: (item, text) => ({ value: clean(text) }),
  text: (item, text) => ({ value: clean(text) }),
  date: (item, text) => {
    const parts = clean(text).split(/[\s/.-]+/);
    const isYearFirst = /^\d{4}$/.test(parts[0]);
    const [year, month, day] = isYearFirst ? parts : parts.reverse();
    return dateFrom({ day: day ?? "", month: month ?? "", year: year ?? "" });
  },
};

const listFrom = (item, text) => {
  const values = [];
  for (const line of text.split("\n").map(clean).filter(Boolean)) {
    const converted = CONVERT[item.type](item, line);
    if (converted.problem) return converted;
    values.push(converted.value);
  }
  return { value: values.length ? values : null };
};

const chosen = (item, code, draft) =>
  item.type === "open-choice" && code === OTHER ? { other: clean(draft.other) } : code;

const choiceFrom = (item, draft) => {
  if (!item.repeats) return { value: draft.value ? chosen(item, draft.value, draft) : null };
  const codes = draft.values.map((code) => chosen(item, code, draft));
  return { value: codes.length ? codes : null };
};

// {value} or {problem}: the value may still be refused by validation.js.
export const valueOfDraft = (item, draft) => {
  if (draft.not_sure && item.notSure) return { value: { absent: item.absentReason ?? "asked-unknown" } };
  if (isChoice(item)) return choiceFrom(item, draft);
  if (item.repeats) return listFrom(item, draft.value);
  if (item.type === "date") return dateFrom(draft);
  return clean(draft.value) ? CONVERT[item.type](item, draft.value) : { value: null };
};

const codeOf = (value) => (typeof value === "object" ? OTHER : value);

export const draftOfValue = (item, value) => {
  if (value === undefined || value === null || isMasked(value)) return EMPTY_DRAFT;
  if (isAbsent(value)) return { ...EMPTY_DRAFT, not_sure: true };
  if (isChoice(item)) {
    const list = item.repeats ? value : [value];
    const other = list.find((one) => typeof one === "object")?.other ?? "";
    return item.repeats
      ? { ...EMPTY_DRAFT, values: list.map(codeOf), other }
      : { ...EMPTY_DRAFT, value: codeOf(value), other };
  }
  if (item.repeats) {
    const lines = item.type === "date" ? value.map(dateText) : value;
    return { ...EMPTY_DRAFT, value: lines.join("\n") };
  }
  if (item.type === "date") {
    const [year, month = "", day = ""] = value.split("-");
    return { ...EMPTY_DRAFT, year, month, day };
  }
  return { ...EMPTY_DRAFT, value: String(value) };
};
