// Whether a value answers an item. Mirrors fbss_app/domain/questionnaire/validation.py. A problem is
// {code}; messages.js turns it into a sentence.
import { isAbsent, isMasked } from "./answers.js";
import { localDay } from "./evaluation.js";

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

export const isPartialDate = (text) => {
  const match = typeof text === "string" && DATE.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  if (year === "0000") return false;
  if (month === undefined) return true;
  if (month < "01" || month > "12") return false;
  if (day === undefined) return true;
  const last = new Date(Date.UTC(Number(year) + 400, Number(month), 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= last;
};

const bound = (limit) => (limit === "today" ? localDay() : limit);

const beyond = (value, limit, sign) => {
  if (limit === undefined || limit === null) return false;
  if (typeof value === "number") return sign * (value - limit) > 0;
  const edge = bound(limit);
  const length = Math.min(value.length, edge.length);
  const [left, right] = [value.slice(0, length), edge.slice(0, length)];
  return left !== right && (sign > 0 ? left > right : left < right);
};

const inRange = (item, value) => {
  if (beyond(value, item.min, -1)) return { code: "too-small" };
  if (beyond(value, item.max, 1)) return { code: "too-large" };
  return null;
};

const tooManyDecimals = ({ maxDecimals }, value) =>
  maxDecimals !== undefined && Number(value.toFixed(maxDecimals)) !== value
    ? { code: "too-many-decimals" }
    : null;

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isOther = (value) => isObject(value) && Object.keys(value).join() === "other";

const CHECKS = {
  boolean: (item, value) => (typeof value === "boolean" ? null : { code: "wrong-type" }),
  integer: (item, value) =>
    Number.isInteger(value) ? inRange(item, value) : { code: "wrong-type" },
  decimal: (item, value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return { code: "wrong-type" };
    return inRange(item, value) ?? tooManyDecimals(item, value);
  },
  date: (item, value) => {
    if (typeof value !== "string") return { code: "wrong-type" };
    return isPartialDate(value) ? inRange(item, value) : { code: "not-a-date" };
  },
  string: (item, value) => textProblem(item, value),
  text: (item, value) => textProblem(item, value),
  choice: (item, value) => {
    if (isOther(value)) return { code: "not-offered" };
    if (typeof value !== "string") return { code: "wrong-type" };
    return item.codes.includes(value) ? null : { code: "unknown-option" };
  },
  "open-choice": (item, value) =>
    isOther(value) ? textProblem(item, value.other) : CHECKS.choice(item, value),
};

// Length counts Unicode code points, as Python's len does.
const textProblem = (item, value) => {
  if (typeof value !== "string") return { code: "wrong-type" };
  if (!value.trim()) return { code: "missing" };
  return [...value].length > item.maxLength ? { code: "too-long" } : null;
};

const togetherProblem = (item, values) => {
  if (item.type === "choice" || item.type === "open-choice") {
    const distinct = new Set(values.map((value) => JSON.stringify(value)));
    if (distinct.size < values.length) return { code: "duplicate" };
    if (values.length > 1 && values.some((value) => item.exclusive.includes(value)))
      return { code: "exclusive-with-others" };
  }
  if (item.minOccurs !== undefined && values.length < item.minOccurs) return { code: "too-few" };
  if (item.maxOccurs !== undefined && values.length > item.maxOccurs) return { code: "too-many" };
  return null;
};

export const validateValue = (item, value) => {
  if (value === null || value === undefined) return item.required ? { code: "missing" } : null;
  if (value === "" || (Array.isArray(value) && !value.length)) return { code: "missing" };
  if (isObject(value) && "absent" in value) {
    if (!isAbsent(value) || Object.keys(value).length > 1) return { code: "wrong-type" };
    const isWayOut = item.notSure && value.absent === (item.absentReason ?? "asked-unknown");
    return (isMasked(value) ? item.sensitive : isWayOut) ? null : { code: "not-offered" };
  }
  const check = CHECKS[item.type];
  if (!item.repeats) return check(item, value);
  if (!Array.isArray(value)) return { code: "wrong-type" };
  for (const one of value) {
    const problem = check(item, one);
    if (problem) return problem;
  }
  return togetherProblem(item, value);
};

const REPETITION_ID = /^[a-z0-9]{1,12}$/;

// Whether a group can have a repetition of this id.
const mayRepeat = (items, group, id) => {
  const source = items[items[group].repeatsFor];
  if (!source) return REPETITION_ID.test(id);
  if (id === "other" && source.type === "open-choice") return true;
  return source.codes.includes(id) && !source.exclusive.includes(id);
};

// Whether an event suits the questionnaire. Removing an answer is always allowed.
export const validateEvent = ({ items }, { link_id, path, value }) => {
  const item = Object.hasOwn(items, link_id) && items[link_id];
  if (!item) return { code: "unknown-link-id" };
  const isGroup = item.type === "group";
  if (item.type === "display" || (isGroup && (!item.repeats || item.repeatsFor)))
    return { code: "not-answerable" };
  const groups = isGroup ? [...item.groups, link_id] : item.groups;
  if (path.length !== groups.length || !path.every((id, i) => mayRepeat(items, groups[i], id)))
    return { code: "wrong-path" };
  if (value === null) return null;
  if (isGroup) return value === true ? null : { code: "wrong-type" };
  return validateValue(item, value);
};
