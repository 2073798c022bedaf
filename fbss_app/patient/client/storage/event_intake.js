// What the server's replies change in the events that a phone holds: their places, and what others gave.
import { answerKey, isMasked } from "../rules/answers.js";
import { orderOf } from "./event_log.js";

const keyOf = (event) => answerKey(event.link_id, event.path);

// `log` is an event log.
export const createIntake = (log) => {
  // From a mask on, every answer to its question is for the patient alone.
  const dropMasked = () => {
    const masked = new Set(log.all().filter(({ value }) => isMasked(value)).map(keyOf));
    log.drop(
      log.all().filter((one) => one.confirmed && !isMasked(one.value) && masked.has(keyOf(one))),
    );
  };

  return {
    // Confirmed by a server that did not say yet in which place it took them.
    hasUnplaced: () =>
      log.all().some(({ confirmed, sequence }) => confirmed && sequence === undefined),

    // Keeps what a reply brought, and gives the events that were not here before.
    takeIn: (reply, { isHelper = false } = {}) => {
      log.load();
      const known = new Map(log.all().map((event) => [event.id, event]));
      const place = (event, sequence = 0, participant = undefined) => {
        if (event.confirmed && event.sequence === sequence) return;
        const origin = event.participant ?? participant;
        log.keep({ ...event, confirmed: true, sequence, participant: origin });
      };
      reply.confirmed.forEach((id, index) => {
        if (known.has(id)) place(known.get(id), reply.sequences?.[index], reply.me);
      });
      const arrived = reply.events.filter(({ id }) => !known.has(id));
      for (const event of arrived)
        // Every tab makes the same name of it.
        log.keep({ ...event, confirmed: true, received: true, order: orderOf(event.sequence ?? 0) });
      for (const event of reply.events)
        if (known.has(event.id)) place(known.get(event.id), event.sequence, event.participant);
      log.load();
      if (isHelper) {
        dropMasked();
        log.load();
      }
      return arrived;
    },

    // The server does not have them, or not in these places: all count in the same order as before.
    unconfirm: () => {
      log.load();
      const before = log.all();
      const after = before.map(({ confirmed, sequence, participant, ...event }, index) => ({
        ...event,
        ...(event.received ? { participant } : {}),
        order: log.orderAfter(index + 1),
      }));
      after.forEach(log.keep);
      log.drop(before);
      log.load();
    },

    // What the server was thought to have, and did not name when it was asked for all.
    unconfirmUnplaced: () => {
      for (const { confirmed, ...event } of log.all())
        if (confirmed && event.sequence === undefined) log.keep(event);
      log.load();
    },

    // Leaves only what this phone gave and the server never got.
    keepUnsent: () => {
      log.drop(log.all().filter(({ confirmed, received }) => confirmed || received));
      log.load();
    },
  };
};
