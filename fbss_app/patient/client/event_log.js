// The events of one questionnaire response that this phone holds, oldest first, each kept as it is
// made. Knows what may count as an event; what the answers mean is for others.
import { isEvent, orderAfter } from "./answers.js";
import { newId } from "./random.js";
import { phone } from "./storage.js";
import { validateEvent } from "./validation.js";

// A limit may be a matter of the phone's clock.
const HARMLESS = ["too-small", "too-large"];

const authorId = (role) => {
  const authors = phone.device.authors ?? {};
  if (!authors[role]) {
    phone.device = { ...phone.device, authors: { ...authors, [role]: newId() } };
    phone.touch();
  }
  return phone.device.authors[role];
};

export const createEventLog = (questionnaire) => {
  const prefix = `${questionnaire.name}:event:`;
  let events = [];

  const keep = (event) => phone.write(`${prefix}${event.order}:${event.id}`, event);

  // Events that are damaged, or of a question that is no longer asked like that, stay where they are
  // and count nowhere.
  const load = () => {
    events = phone
      .read(prefix)
      .map(([, event]) => event)
      .filter((event) => {
        const problem = isEvent(event) && validateEvent(questionnaire, event);
        return problem === null || HARMLESS.includes(problem.code);
      });
  };

  return {
    load,
    all: () => events,
    pending: () => events.filter((event) => !event.confirmed),

    append: (linkId, path, value, { role, perspective, confirms, author_id = authorId(role) }) => {
      const last = events.at(-1)?.order ?? "0";
      const millis = Math.max(Date.now(), Number.parseInt(last, 36) + 1);
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
        order: millis.toString(36).padStart(10, "0"),
      };
      events = [...events, event];
      keep(event);
      if (linkId === questionnaire.roles["device-owner"] && typeof value === "string") {
        phone.setOwner(value);
        load();
      }
      phone.touch();
    },

    // Others' answers stand where the server has them: before those it has just confirmed.
    takeIn: (reply) => {
      const known = new Set(events.map(({ id }) => id));
      const confirmed = new Set(reply.confirmed);
      const last = events.filter((event) => event.confirmed).at(-1)?.order;
      reply.events
        .filter(({ id }) => !known.has(id))
        .forEach((event, index) =>
          keep({ ...event, confirmed: true, order: orderAfter(last, index + 1) }),
        );
      events
        .filter(({ id }) => confirmed.has(id))
        .forEach((event) => keep({ ...event, confirmed: true }));
      load();
    },

    unconfirm: () => {
      for (const { confirmed, ...event } of events) keep(event);
      load();
    },
  };
};
