// The responses that this phone holds: the one that the pages of a questionnaire show, and others put
// aside whole, with their events, record, drafts and the invitation they are for. Nothing is dropped
// unless a person says so.
import { answerKey } from "../rules/answers.js";
import { newId } from "../crypto/random.js";
import { phone } from "./storage.js";

const ASIDE = "aside:";
const RECORD = "response";
// What moves with the record; an invitation is kept by invitations.js.
const PARTS = ["event:", "draft", "invitation"];

const shown = (questionnaire) => `${questionnaire}:`;
const aside = (id, questionnaire) => `${ASIDE}${id}:${questionnaire}:`;

const removeAll = (prefix) => phone.names(prefix).forEach((name) => phone.remove(name));

// One entry after the other: a full storage has no room for a second copy.
const rename = (from, to) => {
  for (const [name, value] of phone.read(from)) {
    phone.write(to + name.slice(from.length), value);
    phone.remove(name);
  }
};

const recordIn = (place) => phone.get(place + RECORD) ?? {};
const keepRecordIn = (place, record) => phone.write(place + RECORD, record);

const eventsIn = (place) =>
  phone
    .read(`${place}event:`)
    .map(([, event]) => event)
    .filter((event) => typeof event.link_id === "string" && Array.isArray(event.path));

const clinicIn = (place) => phone.get(`${place}invitation`)?.clinic ?? "";

// [{place, questionnaire, isCurrent}] of everything that has a record or any other part.
const places = () => {
  const found = new Map();
  for (const [name] of phone.read("")) {
    const [, start, id, ofAside, ofShown] =
      /^((?:aside:([^:]+):([^:]+)|([^:]+)):)(?:event:|(?:response|draft|invitation)$)/.exec(name) ?? [];
    if (start) found.set(start, { place: start, id, questionnaire: ofAside ?? ofShown });
  }
  return [...found.values()].map((one) => ({ ...one, isCurrent: !one.id }));
};

const latest = (events) =>
  events.map((event) => event.answered_at ?? "").reduce((a, b) => (a > b ? a : b), "");
const earliest = (events) =>
  events.map((event) => event.answered_at ?? "").reduce((a, b) => (a && a < b ? a : b), "");

const answered = (events) => {
  const newest = new Map();
  for (const event of events) newest.set(answerKey(event.link_id, event.path), event.value);
  return [...newest.values()].filter((value) => value !== null).length;
};

// The keys of what was ever answered in a place, such as "after-back-surgery:".
export const answeredIn = (place) =>
  new Set(eventsIn(place).map(({ link_id: linkId, path }) => answerKey(linkId, path)));

const describe = ({ place, questionnaire, isCurrent }) => {
  const record = recordIn(place);
  const events = eventsIn(place);
  const own = record.participants?.find(({ id }) => id === record.participant);
  return {
    id: record.id ?? "",
    questionnaire,
    current: isCurrent,
    role: record.role ?? "patient",
    name: own?.name ?? "",
    clinic: clinicIn(place),
    startedAt: earliest(events),
    changedAt: latest(events),
    count: answered(events),
    pending: events.filter((event) => !event.confirmed).length,
  };
};

// A response that was never saved gets its name when it is put aside.
const nameOf = (questionnaire) => {
  const place = shown(questionnaire);
  const record = recordIn(place);
  if (record.id) return record.id;
  const id = newId();
  keepRecordIn(place, { ...record, id });
  return id;
};

// An invitation without any answer yet is something to come back to.
const isEmpty = (place) =>
  !eventsIn(place).length &&
  !recordIn(place).secret &&
  !clinicIn(place) &&
  !Object.keys(phone.get(`${place}draft`) ?? {}).length;

// The record goes last here and comes first on the way back: a move that broke off leaves the same name
// in both places, and `mend` brings it together.
const putAside = (questionnaire) => {
  const place = shown(questionnaire);
  let to = "";
  if (!isEmpty(place)) {
    to = aside(nameOf(questionnaire), questionnaire);
    for (const part of [...PARTS, RECORD]) rename(place + part, to + part);
  }
  removeAll(place);
  return to;
};

const takeUp = (id, questionnaire) => {
  for (const part of [RECORD, ...PARTS])
    rename(aside(id, questionnaire) + part, shown(questionnaire) + part);
  removeAll(aside(id, questionnaire));
};

const find = (id) => places().find(({ place }) => recordIn(place).id === id);

// Where each response of a questionnaire that waits lies.
export const asidePlaces = (questionnaire) =>
  places()
    .filter((one) => !one.isCurrent && one.questionnaire === questionnaire)
    .map(({ place }) => place);

// Brings together what a move that was broken off left in two places.
export const mend = () => {
  let isMended = false;
  for (const { place, questionnaire, isCurrent, id } of places()) {
    if (isCurrent) continue;
    if (recordIn(shown(questionnaire)).id === id) {
      takeUp(id, questionnaire);
      isMended = true;
    } else if (!recordIn(place).id) keepRecordIn(place, { ...recordIn(place), id });
  }
  if (isMended) phone.changed();
};

const ready = () => {
  phone.start();
  mend();
};

export const heldResponses = () => {
  ready();
  return places()
    .map(describe)
    .filter(({ id, count, pending }) => id || count || pending);
};

// `record`: id, secret, role, can_manage, participant, participants, expires_at, questionnaire. With
// `isPutAside` it waits on the shelf, and the pages go on with what they show.
export const openResponse = (record, { isPutAside = false } = {}) => {
  ready();
  const { questionnaire, ...given } = record;
  const opened = { ...given, isKnown: true, hasKey: true, ended: undefined };
  const held = find(record.id);
  const place = held?.place ?? (isPutAside ? aside(record.id, questionnaire) : shown(questionnaire));
  if (!held && !isPutAside) putAside(questionnaire);
  if (held && !held.isCurrent && !isPutAside) {
    putAside(questionnaire);
    takeUp(record.id, questionnaire);
    keepRecordIn(shown(questionnaire), { ...recordIn(shown(questionnaire)), ...opened });
  } else {
    keepRecordIn(place, { ...(held ? recordIn(place) : {}), ...opened });
  }
  phone.changed();
};

// Makes room for answers to begin anew. Gives the place in which the others lie now, or "".
export const putShownAside = (questionnaire) => {
  ready();
  const place = putAside(questionnaire);
  phone.changed();
  return place;
};

export const switchTo = (id) => {
  ready();
  const held = find(id);
  if (!held) throw new Error(`This phone holds no response ${id}.`);
  if (held.isCurrent) return;
  putAside(held.questionnaire);
  takeUp(id, held.questionnaire);
  phone.changed();
};

// The one that the pages show, whatever it holds; others stay.
export const removeShown = (questionnaire) => {
  removeAll(shown(questionnaire));
  phone.changed();
};

// The answers that only this phone has are gone with it, so a person must have said so.
export const removeHeld = (id, { evenUnsent = false } = {}) => {
  ready();
  const held = find(id);
  if (!held) return;
  if (!evenUnsent && eventsIn(held.place).some((event) => !event.confirmed))
    throw new Error("Some of these answers were not sent.");
  removeAll(held.place);
  phone.changed();
};
