// Sends what responses on the shelf have not sent yet, without a person's changing over to them.
import { waitBefore } from "./backoff.js";
import { createIntake } from "../storage/event_intake.js";
import { ServerRefusal, sync } from "./outbox.js";
import { isAgreed } from "./saving_on_demand.js";
import { alone, lockOf } from "./send_lock.js";
import { asidePlaces, mend } from "../storage/shelf.js";
import { phone } from "../storage/storage.js";

// `createLog` makes the event log of a response under another name than that of its questionnaire.
const createSender = (questionnaire, createLog) => {
  const { name, version } = questionnaire;
  // What the server refused waits until a person changes over to it, and hears why.
  const refused = new Set();
  let attempt = 0;
  let retry = null;
  let sending = null;

  const logOf = (place) => {
    const log = createLog({ ...questionnaire, name: place.slice(0, -1) });
    log.load();
    return log;
  };
  const recordIn = (place) => phone.get(`${place}response`) ?? {};
  const isDue = (place) => {
    const record = recordIn(place);
    const mayGo = isAgreed(record) && !record.ended && !refused.has(record.id);
    return mayGo && record.role !== "read" && logOf(place).pending().length > 0;
  };

  // Somebody may have changed over to it, or removed it, while this waited for its turn.
  const send = (place) => {
    const { id } = recordIn(place);
    return alone(lockOf(id), async () => {
      const record = recordIn(place);
      const log = logOf(place);
      if (record.id !== id || !log.pending().length) return;
      const intake = createIntake(log);
      await sync({ ...record, questionnaire: name, version }, log.pending(), (reply, sentCursor) => {
        if (recordIn(place).id !== id) return false;
        if (reply.cursor < sentCursor) intake.unconfirm();
        intake.takeIn(reply, { isHelper: record.role === "helper" });
        const { cursor, me: participant, participants } = reply;
        const kept = { ...recordIn(place), cursor, participant, participants, isKnown: true };
        phone.write(`${place}response`, kept);
        return true;
      });
    });
  };

  const tryAll = async () => {
    for (const place of asidePlaces(name).filter(isDue)) {
      try {
        await send(place);
      } catch (error) {
        if (!(error instanceof ServerRefusal)) throw error;
        refused.add(recordIn(place).id);
      }
    }
  };

  const start = () => {
    sending ??= tryAll().then(
      () => {
        attempt = 0;
        sending = null;
      },
      (error) => {
        attempt += 1;
        sending = null;
        clearTimeout(retry);
        retry = setTimeout(start, waitBefore(attempt, error.seconds));
      },
    );
    return sending;
  };

  window.addEventListener("online", start);
  document.addEventListener("visibilitychange", () => document.visibilityState !== "hidden" && start());
  return start;
};

const senders = new Map();

export const sendShelf = (questionnaire, createLog) => {
  mend();
  if (!senders.has(questionnaire.name))
    senders.set(questionnaire.name, createSender(questionnaire, createLog));
  return senders.get(questionnaire.name)();
};
