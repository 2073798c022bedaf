// The way to the server: consent, sending in the background, trying again, erasing. Nothing is sent
// before consent, and "saved" is only ever said of what the server has confirmed.
import { ServerRefusal, ServerTrouble, eraseOnServer, retryAfter, sync } from "./outbox.js";
import { newId, newSecret } from "./random.js";
import { words } from "./words.js";

const FORGOTTEN = {
  id: undefined, secret: undefined, consent: undefined, cursor: undefined, isKnown: undefined,
};

// `record` and `keepRecord` read and change what the phone knows of the response, `pending` lists
// the events to send, `takeIn` keeps what a reply brought, `unconfirm` takes every confirmation
// back, and `say` shows the state.
export const createSaving = ({ questionnaire, record, keepRecord, pending, takeIn, unconfirm, say }) => {
  let attempt = 0;
  let retry = null;
  let sending = null;

  const forget = () => {
    keepRecord(FORGOTTEN);
    unconfirm();
  };

  const onReply = (id) => (reply) => {
    // Cleared or erased meanwhile: this reply belongs to nothing any more.
    if (record().id !== id) return false;
    takeIn(reply);
    const { cursor, expires_at, participants, me: participant } = reply;
    keepRecord({ cursor, isKnown: true, expires_at, participants, participant });
    return true;
  };

  const fail = (error) => {
    if (error instanceof ServerRefusal) {
      if (error.code === "unknown-response") forget();
      return say("error", words.refused[error.code] ?? words.refused.other);
    }
    attempt += 1;
    retry = setTimeout(send, retryAfter(attempt));
    return say("offline", error instanceof ServerTrouble ? words.sync.busy : "");
  };

  const deliver = async (response) => {
    try {
      await sync(response, pending(), onReply(response.id));
      attempt = 0;
      sending = null;
      return send();
    } catch (error) {
      sending = null;
      return record().id === response.id ? fail(error) : send();
    }
  };

  const send = (isAsked = false) => {
    const response = record();
    if (!response.consent) return say("local");
    if (sending) return sending;
    if (!pending().length && isAsked !== true) return say("saved");
    if (!navigator.onLine) return say("offline");
    clearTimeout(retry);
    say("saving");
    // The version of the questions as they are now, which may be newer than at consent.
    const { name, version } = questionnaire;
    sending = deliver({ ...response, questionnaire: name, version });
    return sending;
  };

  return {
    send,

    // Consent, then the first sync: the moment at which answers may leave the phone.
    save: (consent) => {
      const { id = newId(), secret = newSecret() } = record();
      keepRecord({ id, secret, consent: { ...consent, given_at: new Date().toISOString() } });
      return send(true);
    },

    // Says whether it worked. Waits for a call under way: the server might get it after this one.
    erase: async () => {
      clearTimeout(retry);
      await sending;
      say("saving");
      try {
        await eraseOnServer(record());
      } catch {
        say("error", words.storage.not_erased);
        return false;
      }
      forget();
      say("local");
      return true;
    },

    stop: () => clearTimeout(retry),
  };
};
