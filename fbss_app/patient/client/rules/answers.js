// Answer events and what they fold to. Mirrors fbss_app/domain/questionnaire/answers.py.
// Knows nothing of storage or the screen.

export const NOT_SURE = "not-sure";

export const isNotSure = (value) =>
  value !== null && typeof value === "object" && value.absent === "asked-unknown";

const REASONS = ["asked-unknown", "asked-declined", "masked"];

// Put aside for the patient alone to answer.
export const MASKED = Object.freeze({ absent: "masked" });

export const isMasked = (value) =>
  Boolean(value) && typeof value === "object" && value.absent === MASKED.absent;

// Whether the person took the way out, whatever its reason.
export const isAbsent = (value) =>
  value !== null && typeof value === "object" && REASONS.includes(value.absent);

export const answerKey = (linkId, path) =>
  path.length ? `${linkId}@${path.join(".")}` : linkId;

export const parseKey = (key) => {
  const [linkId, path] = key.split("@");
  return { linkId, path: path ? path.split(".") : [] };
};

const ABOUT_A_DEVICE = ["device-owner", "author", "relationship"];

// One device among several: the questions about it, and the authors who answer on it. What came
// through no link was answered here too, though the entry that names the authors may be damaged.
export const deviceOf = ({ roles }, authors, events = []) => ({
  questions: ABOUT_A_DEVICE.map((role) => roles[role]).filter(Boolean),
  authors: [
    ...Object.values(authors ?? {}),
    ...events.filter(({ participant }) => !participant).map(({ author_id }) => author_id),
  ],
});

// Without what other devices answered about themselves, and without what a helper said later of what
// was put aside for the patient, as a phone may that did not know of it yet.
export const thatCount = (events, device) => {
  const putAside = new Set();
  return events.filter(({ link_id, path, value, author_id, author_role }) => {
    const key = answerKey(link_id, path);
    if (isMasked(value)) putAside.add(key);
    else if (putAside.has(key) && author_role === "helper") return false;
    return !device?.questions.includes(link_id) || device.authors.includes(author_id);
  });
};

// The newest event of each key wins; a key keeps the place of its first event, so that a
// repetition taken back by "undo" stands where it stood.
export const foldEvents = (events, device = null) => {
  const newest = new Map();
  for (const event of thatCount(events, device))
    newest.set(answerKey(event.link_id, event.path), event.value);
  return new Map([...newest].filter(([, value]) => value !== null));
};

// What of the answers that were put aside is answered now. A helper may see that it is, and no more.
export const answeredAlone = (answers, events) => {
  const putAside = events.filter(({ value }) => isMasked(value));
  const keys = putAside.map(({ link_id, path }) => answerKey(link_id, path));
  return new Set(keys.filter((key) => answers.has(key) && !isMasked(answers.get(key))));
};

const TEXTS = ["id", "link_id", "author_id", "author_role", "answered_at"];
const ORDER = /^[0-9a-z]{10}(_[0-9a-z]{4,})?$/;

// Whether something that was kept is an event at all; validation.js says whether it suits.
export const isEvent = (one) =>
  TEXTS.every((name) => typeof one[name] === "string") &&
  Array.isArray(one.path) &&
  "value" in one &&
  ORDER.test(one.order);
