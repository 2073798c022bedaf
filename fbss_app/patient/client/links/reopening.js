// What it takes to see answers again that were hidden, and the exchange of a link or a code for it.
import { CallProblem, call, waitText } from "../page/calls.js";
import { phone } from "../storage/storage.js";

const RANKS = ["read", "helper", "patient"];
const SECRET = /[\w-]{43}$/;
const CODE_LETTERS = 10;

// "tap": on a phone of one's own. "key": a link or a code was made for this person, or brought them
// here. "nothing": nobody could have one, so there is nothing to ask for.
export const wayBack = ({ owner, record }) => {
  if (owner === "mine") return "tap";
  return hasKey(record) ? "key" : "nothing";
};

const hasKey = (record) => Boolean(record.id && record.isKnown && record.hasKey);

// Another response of this phone, put aside or of another questionnaire, must not be the way around.
export const keptRecord = (shown) => {
  if (hasKey(shown)) return shown;
  const records = phone.read("").filter(([name]) => name.endsWith(":response"));
  return records.map(([, record]) => record).find(hasKey) ?? shown;
};

// Whether a link that was opened leads to these very answers, and lets its holder do as much.
export const mayReveal = (record, reply) =>
  reply.response_id === record.id &&
  (reply.can_manage || RANKS.indexOf(reply.role) >= RANKS.indexOf(record.role ?? "patient"));

const WRONG_LINK = "This link does not open any answers. Check it, or use your code";
const WRONG_CODE = "This code and this year open no answers. Check both";
const OTHER = "This opens other answers, not the ones in this tab. Use your own link or code";
const FAILED = {
  offline: () => "There is no connection. Your answers are safe here. Go online, and try again",
  busy: () => "The server could not do it just now. Try again in a few minutes",
  "too-many": ({ seconds }) =>
    `There were too many tries. Wait ${seconds ? waitText(seconds) : "a few minutes"}, and try again`,
};

// Says what went wrong; "" where the answers may be shown.
const exchange = async (record, ask, wrong) => {
  try {
    const reply = await ask();
    return mayReveal(record, reply) ? "" : OTHER;
  } catch (error) {
    if (!(error instanceof CallProblem)) throw error;
    return FAILED[error.kind]?.(error) ?? wrong;
  }
};

export const secretIn = (text) => SECRET.exec(text.trim())?.[0] ?? "";

export const reopenWithLink = (record, secret) =>
  exchange(
    record,
    async () => (await call("/links/open", { method: "POST", secret, body: {} })).json(),
    WRONG_LINK,
  );

export const lettersOf = (text) => {
  const letters = text.replace(/[^0-9A-Za-z]/g, "").toUpperCase();
  return letters.length === CODE_LETTERS ? letters : "";
};

// The server makes a link for the phone that comes with a code. This one has a link, so the new one ends.
const endNew = ({ id, secret }, { participant }) =>
  call(`/responses/${id}/links/${participant}`, { method: "DELETE", secret }).catch(() => {});

export const reopenWithCode = (record, code, year) =>
  exchange(
    record,
    async () => {
      const body = { code, year_of_birth: year };
      const reply = await (await call("/links/open-with-code", { method: "POST", body })).json();
      if (reply.response_id === record.id) endNew(record, reply);
      return reply;
    },
    WRONG_CODE,
  );
