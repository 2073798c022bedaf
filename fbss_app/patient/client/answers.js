// Answer events and what they fold to. Mirrors fbss_app/domain/questionnaire/answers.py.
// Knows nothing of storage or the screen.

export const NOT_SURE = "not-sure";

export const isNotSure = (value) =>
  value !== null && typeof value === "object" && value.absent === "asked-unknown";

const REASONS = ["asked-unknown", "asked-declined"];

// Whether the person took the way out, whatever its reason.
export const isAbsent = (value) =>
  value !== null && typeof value === "object" && REASONS.includes(value.absent);

export const answerKey = (linkId, path) =>
  path.length ? `${linkId}@${path.join(".")}` : linkId;

export const parseKey = (key) => {
  const [linkId, path] = key.split("@");
  return { linkId, path: path ? path.split(".") : [] };
};

// The newest event of each key wins; a key keeps the place of its first event, so that a
// repetition taken back by "undo" stands where it stood.
export const foldEvents = (events) => {
  const newest = new Map();
  for (const event of events) newest.set(answerKey(event.link_id, event.path), event.value);
  return new Map([...newest].filter(([, value]) => value !== null));
};

const TEXTS = ["id", "link_id", "author_id", "author_role", "answered_at"];
const ORDER = /^[0-9a-z]{10}(_[0-9a-z]{4,})?$/;

// Whether something that was kept is an event at all; validation.js says whether it suits.
export const isEvent = (one) =>
  TEXTS.every((name) => typeof one[name] === "string") &&
  Array.isArray(one.path) &&
  "value" in one &&
  ORDER.test(one.order);
