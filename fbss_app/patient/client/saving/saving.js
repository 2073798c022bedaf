// The way to the server, once a person has agreed to it: sending in the background, trying again,
// receiving, erasing. "Saved" is only ever said of what the server has confirmed.
import {
  leaveForWorker, takeBackFromWorker, takeRepliesOfWorker, workerThatSends,
} from "./background.js";
import { waitBefore } from "./backoff.js";
import { createIntake } from "../storage/event_intake.js";
import { createLateness } from "./lateness.js";
import { ServerRefusal, ServerTrouble, eraseOnServer, firstBatch, outliving, sync } from "./outbox.js";
import { createReceiving } from "./receiving.js";
import { arrivedText } from "./participants.js";
import { isAgreed } from "./saving_on_demand.js";
import { words } from "../words/saving.js";
import { alone, lockOf } from "./send_lock.js";

const FORGOTTEN = Object.freeze({
  id: undefined, secret: undefined, consent: undefined, cursor: undefined, isKnown: undefined,
  role: undefined, can_manage: undefined, participant: undefined, participants: undefined,
  expires_at: undefined, hasLeft: undefined, hasKey: undefined,
});
// How long another tab may take to send what it has just added, where tabs cannot wait for each other.
const OTHERS_TURN = 3000;

const isLent = ({ role, can_manage: canManage }) => Boolean(role) && !canManage;

// `record` and `keepRecord` read and change what the phone knows of the response, `log` holds its
// events, `changed` works everything out anew from them, `say` shows the state and `announce` what
// others have added.
export const createSaving = ({ questionnaire, log, record, keepRecord, changed, say, announce }) => {
  const intake = createIntake(log);
  let attempt = 0;
  let retry = null;
  let sending = null;
  let mustWait = false;
  let hasLooked = false;

  const isLate = createLateness({ unsent: log.pending, record, onLate: () => tell(...told) });
  let told = ["local"];
  const tell = (status, message = "") => {
    told = [status, message];
    const canExport = status === "error" || (isLate() && status !== "saving");
    say(status, message, canExport && log.pending().length > 0);
  };

  const isVisible = () => document.visibilityState !== "hidden";
  // The version of the questions as they are now, which may be newer than at consent.
  const current = () => {
    const { name, version } = questionnaire;
    const cursor = intake.hasUnplaced() ? 0 : record().cursor;
    return { ...record(), cursor, questionnaire: name, version };
  };

  const takeBack = async () => {
    const { id, hasLeft } = record();
    if (!hasLeft) return;
    await takeBackFromWorker(id);
    if (record().id === id) keepRecord({ hasLeft: undefined });
  };

  const forget = () => {
    keepRecord(FORGOTTEN);
    intake.unconfirm();
    changed();
  };

  // Somebody ended the link, or erased the answers: what others gave is theirs.
  const end = () => {
    takeBack();
    intake.keepUnsent();
    keepRecord({ ...FORGOTTEN, role: record().role, can_manage: false, ended: true });
    changed();
    tell("error", words.ended[log.pending().length ? "unsent" : "nothing"]);
  };

  const keepReply = ({ cursor, participants, me, expires_at: expiresAt }) => {
    const own = participants?.find(({ id }) => id === me);
    const roles = own ? { role: own.role, can_manage: own.can_manage } : {};
    const kept = record().expires_at;
    // Every call moves the end by a moment: other tabs need not hear of that.
    const isSameDay = kept?.slice(0, 10) === expiresAt?.slice(0, 10);
    keepRecord({
      ...roles, cursor, isKnown: true, participant: me, participants,
      expires_at: isSameDay ? kept : expiresAt,
    });
  };

  // Takes a reply in, unless it belongs to nothing any more: cleared, erased or put aside meanwhile.
  const onReply = (id, isNews) => (reply, sentCursor) => {
    if (record().id !== id) return false;
    // The server was put back to an earlier state: what it lost is sent again.
    if (reply.cursor < sentCursor) intake.unconfirm();
    const arrived = intake.takeIn(reply, { isHelper: record().role === "helper" });
    keepReply(reply);
    changed();
    const others = arrived.filter(({ participant }) => participant && participant !== reply.me);
    isNews(others);
    return true;
  };

  // Says whether others have added anything.
  const exchange = async () => {
    const response = current();
    const news = [];
    const take = onReply(response.id, (events) => news.push(...events));
    if (response.hasLeft)
      for (const reply of await takeRepliesOfWorker(response.id)) take(reply, 0);
    await sync({ ...current(), hasLeft: undefined }, log.pending(), take);
    if (record().id !== response.id) return false;
    if (intake.hasUnplaced()) intake.unconfirmUnplaced();
    if (!log.pending().length) await takeBack();
    // The first look brings everything, which is no news.
    if (news.length && response.cursor) announce(arrivedText(news, record().participants));
    return news.length > 0;
  };

  // A response that was opened here has not been read at all.
  const isUnread = () => record().isKnown && record().cursor === undefined;
  const isNeeded = () => log.pending().length > 0 || intake.hasUnplaced() || isUnread();

  // Another tab may have sent everything, cleared the phone or changed over to another response while
  // this one waited for its turn.
  const inTurn = (id, isAsked) =>
    alone(lockOf(id), async () => {
      log.load();
      if (record().id !== id || !(isAsked || isNeeded())) return false;
      return exchange();
    });

  const leave = async () => {
    const { id } = record();
    const worker = await workerThatSends();
    if (!worker || record().id !== id || !log.pending().length) return;
    // Said first: whoever erases has to know of it.
    keepRecord({ hasLeft: true });
    await leaveForWorker(worker, id, firstBatch(current(), log.pending()));
    if (record().id !== id) await takeBackFromWorker(id);
  };

  const stopRetrying = () => {
    clearTimeout(retry);
    retry = null;
    mustWait = false;
  };

  const planRetry = (seconds = 0) => {
    attempt += 1;
    stopRetrying();
    mustWait = seconds > 0;
    retry = setTimeout(() => {
      stopRetrying();
      send({ isRetry: true });
    }, waitBefore(attempt, seconds));
  };

  const refuse = (error) => {
    const text = words.refused[error.code] ?? words.refused.other;
    if (error.code !== "unknown-response") return tell("error", text);
    if (isLent(record())) return end();
    forget();
    return tell("error", text);
  };

  const fail = (error) => {
    if (error instanceof ServerRefusal) return refuse(error);
    planRetry(error.seconds);
    leave();
    return tell("offline", error instanceof ServerTrouble ? words.busy : "");
  };

  const deliver = async (isAsked) => {
    const { id } = record();
    try {
      await inTurn(id, isAsked);
      attempt = 0;
      sending = null;
      hasLooked = true;
      return send();
    } catch (error) {
      sending = null;
      return record().id === id ? fail(error) : send();
    }
  };

  // What was said of a try is not the last word of it.
  const isUnsettled = () => told[0] === "saving" || (told[0] === "offline" && !retry);

  // Quietly: that nothing could be fetched leaves what was saved as saved as it was.
  const pull = async () => {
    if (sending || mustWait) return false;
    const { id } = record();
    let hasNews = false;
    let isRefused = false;
    sending = inTurn(id, true).then(
      (isNew) => {
        hasNews = isNew;
      },
      (error) => {
        if (record().id !== id) return;
        isRefused = error instanceof ServerRefusal;
        if (isRefused) refuse(error);
        else if (error.seconds) planRetry(error.seconds);
      },
    );
    await sending;
    sending = null;
    // It may have sent what was added while it was under way, and the next try may have come meanwhile.
    if (!isRefused && (isNeeded() || isUnsettled())) await send();
    return hasNews;
  };

  const hasCompany = () => (record().participants ?? []).filter((one) => !one.has_ended).length > 1;
  const receiving = createReceiving({
    isPossible: () => isAgreed(record()) && isVisible(),
    hasCompany,
    pull,
  });

  const send = ({ isAsked = false, isRetry = false } = {}) => {
    if (record().ended) return tell("error", words.ended[log.pending().length ? "unsent" : "nothing"]);
    if (!isAgreed(record())) return tell("local");
    if (sending) {
      if (isNeeded()) tell("saving");
      return sending;
    }
    if (!isNeeded() && !isAsked) {
      stopRetrying();
      // A page that was just opened looks at once.
      if (hasLooked) receiving.follow();
      else receiving.now();
      hasLooked = true;
      return tell("saved");
    }
    if (mustWait && !isAsked) return tell("offline", words.busy);
    // A hint that may be wrong: it delays a try and forbids none.
    if (!navigator.onLine && !isAsked && !isRetry) {
      if (!retry) planRetry();
      leave();
      return tell("offline");
    }
    stopRetrying();
    tell("saving");
    sending = deliver(isAsked);
    return sending;
  };

  // The page may be gone before anything that waits has its turn.
  const flush = () => {
    if (sending || mustWait || !isAgreed(record()) || record().ended) return;
    const response = current();
    const events = outliving(response, log.pending());
    if (!events.length) return;
    sending = sync(response, events, (reply, cursor) => {
      onReply(response.id, () => {})(reply, cursor);
      return false;
    })
      .catch(() => {})
      .finally(() => {
        sending = null;
        if (isUnsettled()) send();
      });
  };

  const comeBack = () => {
    if (!isVisible()) return;
    attempt = 0;
    send();
    receiving.now();
  };

  document.addEventListener("visibilitychange", () => {
    if (isVisible()) return comeBack();
    receiving.stop();
    if (isAgreed(record()) && log.pending().length) {
      send();
      leave();
    }
    return undefined;
  });
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
  window.addEventListener("online", () => send({ isRetry: true }));

  return {
    send,

    // Another tab has added or sent something. Its own turn comes first.
    followOtherTab: () => {
      if (isAgreed(record()) && isNeeded() && !navigator.locks) {
        tell("saving");
        return setTimeout(send, OTHERS_TURN);
      }
      return send();
    },

    // Says whether it worked. Waits for a call under way: the server might get it after this one.
    erase: async () => {
      stopRetrying();
      receiving.stop();
      await sending;
      tell("saving");
      try {
        await alone(lockOf(record().id), async () => {
          await takeBack();
          await eraseOnServer(record());
        });
      } catch {
        tell("error", words.not_erased);
        return false;
      }
      forget();
      tell("local");
      return true;
    },

    stop: () => {
      stopRetrying();
      receiving.stop();
      takeBack();
    },
  };
};
