// The calls to the server: one that sends what it has not confirmed and takes in what others added,
// and one that erases. Knows neither the storage nor the screen.

const BATCH = 100;
const TIMEOUT = 30_000;
// Browsers let a call outlive its page only while it is small: 64 KiB, and a letter can take 3 bytes.
const KEPT_ALIVE = 20_000;
// The server's words for "not just now", whatever their status.
const TROUBLES = ["incomplete-body", "storage-unavailable", "too-many-calls"];

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

// The server was reached and could not do it now. `seconds`: how long it asked to be left alone.
export class ServerTrouble extends Error {
  constructor(message, seconds = 0) {
    super(message);
    this.seconds = seconds;
  }
}

const refusalOf = (reply, error) => {
  const asked = Number(reply.headers?.get("Retry-After"));
  const seconds = asked > 0 ? asked : 0;
  const isTrouble = reply.status >= 500 || reply.status === 429 || TROUBLES.includes(error?.code);
  // Without a code it was not the API that spoke: a hotel's own page, a proxy in between.
  if (isTrouble || !error?.code) return new ServerTrouble(error?.message, seconds);
  return new ServerRefusal(error.code, error.message);
};

// Without an end, a connection that hangs would hold up every later answer.
const call = async (path, options) => {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIMEOUT);
  try {
    const reply = await fetch(path, { ...options, signal: limit.signal });
    if (reply.status === 204) return null;
    const body = await reply.json().catch(() => null);
    if (!reply.ok) throw refusalOf(reply, body?.error);
    return body;
  } finally {
    clearTimeout(timer);
  }
};

const payload = ({
  id, link_id, path, value, author_id, author_role, answered_at, perspective, confirms,
}) => ({ id, link_id, path, value, author_id, author_role, answered_at, perspective, confirms });

// The sync call as `fetch` takes it, and as the service worker can make it later.
export const requestOf = (response, events) => ({
  address: `${address(response)}/sync`,
  headers: headers(response),
  body: JSON.stringify({
    questionnaire: response.questionnaire,
    version: response.version,
    // Only until the server knows the response: a late retry must not bring back an erased one.
    consent: response.isKnown ? undefined : response.consent,
    cursor: response.cursor ?? 0,
    events: events.map(payload),
  }),
});

const isComplete = (reply, events) => {
  const confirmed = new Set(Array.isArray(reply?.confirmed) ? reply.confirmed : []);
  return Array.isArray(reply?.events) && events.every(({ id }) => confirmed.has(id));
};

const sendBatch = async (response, events) => {
  const request = requestOf(response, events);
  const reply = await call(request.address, {
    method: "POST",
    headers: request.headers,
    body: request.body,
    keepalive: request.body.length < KEPT_ALIVE,
  });
  if (!isComplete(reply, events)) throw new ServerTrouble("not a reply of the API");
  return reply;
};

const sendWhatFits = async (response, events) => {
  try {
    return [await sendBatch(response, events), events.length];
  } catch (error) {
    if (error.code !== "too-large" || events.length < 2) throw error;
    return sendWhatFits(response, events.slice(0, Math.ceil(events.length / 2)));
  }
};

// Sends events in batches, then takes in what others added until there is no more. After each reply
// `onReply(reply, cursor)` is called with the cursor that was sent, and says whether to go on.
export const sync = async (response, pending, onReply) => {
  let { cursor = 0, isKnown = false } = response;
  let sent = 0;
  let reply;
  do {
    const batch = pending.slice(sent, sent + BATCH);
    let count;
    [reply, count] = await sendWhatFits({ ...response, cursor, isKnown }, batch);
    if (!onReply(reply, cursor)) return;
    ({ cursor } = reply);
    isKnown = true;
    sent += count;
  } while (sent < pending.length || reply.events.length);
};

// The events that a call may still take along when its page goes, the oldest first.
export const outliving = (response, pending) => {
  let events = pending.slice(0, BATCH);
  while (events.length && requestOf(response, events).body.length >= KEPT_ALIVE)
    events = events.slice(0, Math.floor(events.length / 2));
  return events;
};

// The batch that the service worker may send later.
export const firstBatch = (response, pending) => requestOf(response, pending.slice(0, BATCH));

// A server that does not know the response has erased it.
export const eraseOnServer = async (response) => {
  try {
    await call(address(response), { method: "DELETE", headers: headers(response) });
  } catch (error) {
    if (error.code !== "unknown-response") throw error;
  }
};
