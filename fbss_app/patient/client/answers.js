// Answer events and what they fold to. Mirrors fbss_app/domain/questionnaire/answers.py.
// Knows nothing of storage or the screen.

export const NOT_SURE = "not-sure";

export const isNotSure = (value) =>
  value !== null && typeof value === "object" && value.absent === "asked-unknown";

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

// Two lists of events of one response, as one: every id once, in the order they were made here.
export const mergeEvents = (ours, theirs) => {
  const byId = new Map(ours.map((event) => [event.id, event]));
  for (const event of theirs) {
    const known = byId.get(event.id);
    if (!known || (event.confirmed && !known.confirmed)) byId.set(event.id, event);
  }
  return [...byId.values()].sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
};
