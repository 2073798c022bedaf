// Sends what the server has not confirmed, and takes in what others added. Nothing is sent before
// consent; an event leaves the outbox only when the server has said that it is stored.

const BATCH = 200;
const RETRY_SECONDS = [2, 5, 15, 30, 60];

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export const newSecret = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const address = (response) => `/api/v1/responses/${response.id}`;

const headers = (response) => ({
  "Content-Type": "application/json",
  "X-Response-Secret": response.secret,
});

const messageOf = async (reply) => {
  try {
    return (await reply.json()).error.message;
  } catch {
    return `The server answered with status ${reply.status}.`;
  }
};

export class ServerRefusal extends Error {}

const payload = ({ id, link_id, path, value, author_id, author_role, answered_at }) => ({
  id, link_id, path, value, author_id, author_role, answered_at,
});

const sendBatch = async (response, events) => {
  const reply = await fetch(`${address(response)}/sync`, {
    method: "POST",
    headers: headers(response),
    body: JSON.stringify({
      questionnaire: response.questionnaire,
      version: response.version,
      // Only until the server knows the response: a late retry must not bring back an erased one.
      consent: response.isKnown ? undefined : response.consent,
      cursor: response.cursor ?? 0,
      events: events.map(payload),
    }),
    keepalive: events.length <= 50,
  });
  if (reply.ok) return reply.json();
  const message = await messageOf(reply);
  throw reply.status >= 500 || reply.status === 429 ? new Error(message) : new ServerRefusal(message);
};

// Sends every unconfirmed event in batches, then takes in what others added until there is no more;
// `onReply(ids, others, cursor)` is called after each answer of the server.
export const sync = async (response, pending, onReply) => {
  let { cursor = 0, isKnown = false } = response;
  let sent = 0;
  let reply;
  do {
    const batch = pending.slice(sent, sent + BATCH);
    reply = await sendBatch({ ...response, cursor, isKnown }, batch);
    ({ cursor } = reply);
    isKnown = true;
    sent += batch.length;
    onReply(reply.confirmed, reply.events, cursor);
  } while (sent < pending.length || reply.events.length);
};

export const eraseOnServer = async (response) => {
  const reply = await fetch(address(response), { method: "DELETE", headers: headers(response) });
  if (reply.status !== 204 && reply.status !== 404) throw new Error(await messageOf(reply));
};

export const retryAfter = (attempt) => {
  const seconds = RETRY_SECONDS[Math.min(attempt, RETRY_SECONDS.length - 1)];
  return seconds * 1000 * (0.75 + Math.random() / 2);
};
