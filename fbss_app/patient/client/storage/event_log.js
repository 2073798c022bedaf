// The events of one questionnaire response that this phone holds, in the order in which they count,
// each kept as it is made. Knows what may count as an event; what the answers mean is for others.
import { isEvent } from "../rules/answers.js";
import { newId } from "../crypto/random.js";
import { phone } from "./storage.js";
import { validateEvent } from "../rules/validation.js";

// A limit may be a matter of the phone's clock.
const HARMLESS = ["too-small", "too-large"];
const DEVICE_QUESTIONS = ["device-owner", "author", "relationship"];

const authorId = (role) => {
  const authors = phone.device.authors ?? {};
  if (!authors[role]) {
    phone.device = { ...phone.device, authors: { ...authors, [role]: newId() } };
    phone.touch();
  }
  return phone.device.authors[role];
};

// A place among the events of this phone, or of the server: it sorts as text.
export const orderOf = (number) => number.toString(36).padStart(10, "0");
const numberOf = (order) => Number.parseInt(order, 36);

// The server's order first; what it has not confirmed comes after, in the phone's own.
const inOrder = (one, other) => {
  if (Boolean(one.confirmed) !== Boolean(other.confirmed)) return one.confirmed ? -1 : 1;
  const places = one.confirmed ? (one.sequence ?? 0) - (other.sequence ?? 0) : 0;
  if (places) return places;
  const [first, second] = [one.order + one.id, other.order + other.id];
  return first < second ? -1 : Number(first > second);
};


export const createEventLog = (questionnaire) => {
  const prefix = `${questionnaire.name}:event:`;
  const aboutDevice = DEVICE_QUESTIONS.map((role) => questionnaire.roles[role]);
  let events = [];

  const nameOf = (event) => `${prefix}${event.order}:${event.id}`;
  const keep = (event) => phone.write(nameOf(event), event);
  const drop = (list) => list.forEach((event) => phone.remove(nameOf(event)));

  // Where the entry that says who answers here was damaged, the answers still tell.
  const findAuthors = () => {
    if (phone.device.authors) return;
    const own = events.filter((one) => aboutDevice.includes(one.link_id) && !one.received);
    if (!own.length) return;
    const authors = Object.fromEntries(own.map((one) => [one.author_role, one.author_id]));
    phone.device = { ...phone.device, authors };
  };

  // Events that are damaged, or of a question that is no longer asked like that, stay where they are
  // and count nowhere.
  const load = () => {
    events = phone
      .read(prefix)
      .map(([, event]) => event)
      .filter((event) => {
        const problem = isEvent(event) && validateEvent(questionnaire, event);
        return problem === null || HARMLESS.includes(problem.code);
      })
      .sort(inOrder);
    dropDoubles();
    findAuthors();
  };

  // Two tabs that give an event another place at the same time leave it in both.
  const dropDoubles = () => {
    const known = new Set();
    const [once, again] = [[], []];
    for (const event of events) {
      (known.has(event.id) ? again : once).push(event);
      known.add(event.id);
    }
    drop(again);
    events = once;
  };

  const latest = () => Math.max(0, ...events.map(({ order }) => numberOf(order)));

  return {
    load,
    all: () => events,
    pending: () => events.filter((event) => !event.confirmed),

    // For what the server's replies change: event_intake.js.
    keep,
    drop,
    orderAfter: (count) => orderOf(latest() + count),

    append: (linkId, path, value, { role, perspective, confirms, author_id = authorId(role) }) => {
      const event = {
        id: newId(),
        link_id: linkId,
        path,
        value,
        author_id,
        author_role: role,
        perspective,
        confirms,
        answered_at: new Date().toISOString(),
        // A clock that was set back changes no order.
        order: orderOf(Math.max(Date.now(), latest() + 1)),
      };
      events = [...events, event];
      keep(event);
      if (linkId === questionnaire.roles["device-owner"] && typeof value === "string") {
        phone.setOwner(value);
        load();
      }
      phone.touch();
    },
  };
};
