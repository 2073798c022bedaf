// The calls to the server: one that sends what it has not confirmed and takes in what others added,
// and one that erases. Knows neither the storage nor the screen.

const BATCH = 100;
const TIMEOUT = 30_000;
const RETRY_SECONDS = [2, 5, 15, 30, 60];
// Browsers let a call outlive its page only while it is small: 64 KiB, and a letter can take 3 bytes.
const KEPT_ALIVE = 20_000;

const address = (response) => `/api/v1/responses/${response.id}`;

const headers = (response) => ({
  "Content-Type": "application/json",
  "X-Response-Secret": response.secret,
});

// The server understood and said no; `code` is the API's.
export class ServerRefusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// The server was reached and could not do it now.
export class ServerTrouble extends Error {}

const call = async (path, options) => {
  // Without an end, a connection that hangs would hold up every later answer.
  const reply = await fetch(path, { ...options, signal: AbortSignal.timeout?.(TIMEOUT) });
  if (reply.ok) return reply;
  const { error } = await reply.json().catch(() => ({}));
  if (reply.status >= 500 || reply.status === 429) throw new ServerTrouble(error?.message);
  throw new ServerRefusal(error?.code ?? "", error?.message ?? "");
};

const payload = ({ id, link_id, path, value, author_id, author_role, answered_at }) => ({
  id, link_id, path, value, author_id, author_role, answered_at,
});

const sendBatch = async (response, events) => {
  const body = JSON.stringify({
    questionnaire: response.questionnaire,
    version: response.version,
    // Only until the server knows the response: a late retry must not bring back an erased one.
    consent: response.isKnown ? undefined : response.consent,
    cursor: response.cursor ?? 0,
    events: events.map(payload),
  });
  const reply = await call(`${address(response)}/sync`, {
    method: "POST",
    headers: headers(response),
    body,
    keepalive: body.length < KEPT_ALIVE,
  });
  return reply.json();
};

// Sends events in batches, then takes in what others added until there is no more. After each answer
// of the server `onReply({confirmed, events, cursor})` is called, and says whether to go on.
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
    if (!onReply(reply)) return;
  } while (sent < pending.length || reply.events.length);
};

// An answer that the server does not know the response means that it is erased.
export const eraseOnServer = async (response) => {
  try {
    await call(address(response), { method: "DELETE", headers: headers(response) });
  } catch (error) {
    if (error.code !== "unknown-response") throw error;
  }
};

export const retryAfter = (attempt) => {
  const seconds = RETRY_SECONDS[Math.min(attempt, RETRY_SECONDS.length) - 1];
  return seconds * 1000 * (0.75 + Math.random() / 2);
};
