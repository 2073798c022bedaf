// Who gave each of the current answers, how, and when. Mirrors provenance_of in
// fbss_app/domain/summary/provenance.py, which says what a confirmation is.
import { answerKey, isMasked, thatCount } from "./answers.js";
import { usualPerspective } from "./perspective.js";

const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// What helpers are called, by the id of the link they answer through: {participant: words}.
export const namesOf = ({ items, roles }, participants = []) => {
  const kinds = items[roles.relationship]?.options ?? [];
  const relationTo = (code) => kinds.find(({ value }) => value === code)?.label ?? code;
  const called = ({ name, relationship }) =>
    relationship ? `${name} (${relationTo(relationship).toLowerCase()})` : name;
  return Object.fromEntries(
    participants
      .filter(({ role, name }) => role === "helper" && name)
      .map((one) => [one.id, called(one)]),
  );
};

// A Map of answer key to {role, perspective, answeredAt, confirmed: {role, at} | null, name}.
export const provenanceOf = (events, device = null, names = {}) => {
  const known = new Map();
  const newest = new Map();
  for (const event of thatCount(events, device)) {
    const key = answerKey(event.link_id, event.path);
    const role = event.author_role;
    const own = {
      role,
      perspective: event.perspective ?? usualPerspective(role),
      answeredAt: event.answered_at,
      confirmed: null,
      name: (role === "helper" && names[event.participant]) || "",
    };
    const before = event.confirms ? known.get(event.confirms) : undefined;
    const isConfirmation = before && before.key === key && isSame(before.value, event.value);
    // In the role of who gave the answer, it takes a confirmation back.
    const confirmed =
      before?.given.role === role ? null : { role, at: event.answered_at };
    const given = isConfirmation ? { ...before.given, confirmed } : own;
    known.set(event.id, { key, value: event.value, given });
    if (isMasked(event.value)) newest.delete(key);
    else newest.set(key, given);
  }
  return newest;
};

export const isConfirmedByPatient = ({ confirmed }) => confirmed?.role === "patient";

// The keys of the answers behind which the patient does not stand.
export const proxied = (provenance) =>
  new Set(
    [...provenance]
      .filter(([, given]) => given.role !== "patient" && !isConfirmedByPatient(given))
      .map(([key]) => key),
  );
