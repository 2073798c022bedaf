// One call to the server for a page that waits for the answer. What went wrong comes in the terms a
// page has words for. Knows neither the storage nor the screen.
const TIMEOUT = 30_000;

// `kind`: "offline", nobody answered; "too-many", wait `seconds`; "busy", the server could not do it
// just now; "refused", it understood and said no, with the API's `code`.
export class CallProblem extends Error {
  constructor(kind, { code = "", seconds = 0 } = {}) {
    super(`${kind} ${code}`.trim());
    this.kind = kind;
    this.code = code;
    this.seconds = seconds;
  }
}

const problemOf = async (reply) => {
  const seconds = Number(reply.headers.get("Retry-After")) || 0;
  if (reply.status === 429) return new CallProblem("too-many", { seconds });
  if (reply.status >= 500) return new CallProblem("busy", { seconds });
  const { error } = await reply.json().catch(() => ({}));
  return new CallProblem("refused", { code: error?.code ?? "" });
};

// Secrets travel in headers, never in an address.
export const call = async (path, { method = "GET", secret, invitation, body } = {}) => {
  let reply;
  try {
    reply = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(secret && { "X-Response-Secret": secret }),
        ...(invitation && { "X-Invitation-Secret": invitation }),
      },
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout?.(TIMEOUT),
    });
  } catch {
    throw new CallProblem("offline");
  }
  if (!reply.ok) throw await problemOf(reply);
  // The connection may break off in the middle of a reply, too.
  const read = reply.json.bind(reply);
  reply.json = () => read().catch(() => Promise.reject(new CallProblem("offline")));
  return reply;
};

const MINUTE = 60;

// "about 1 minute", "about 10 minutes": never less than the server asked for.
export const waitText = (seconds) => {
  const minutes = Math.max(1, Math.ceil(seconds / MINUTE));
  return minutes === 1 ? "about 1 minute" : `about ${minutes} minutes`;
};
