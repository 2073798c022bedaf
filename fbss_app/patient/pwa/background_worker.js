// The service worker's part of saving: when the browser finds a connection, it sends what a page left
// in the database, one call for each response, and leaves the reply for the page. The page's own send
// and this one wait for each other.
const sendLeft = ({ id }) =>
  navigator.locks.request(`abs:send:${id}`, async () => {
    // Taken back meanwhile: sent by the page, erased, cleared.
    const request = (await unsentIn("requests")).find((one) => one.id === id);
    if (!request) return;
    const { address, headers, body } = request;
    const reply = await fetch(address, { method: "POST", headers, body });
    // The browser tries again later.
    if (reply.status >= 500 || reply.status === 429) throw new Error("the server is in trouble");
    // What was refused stays in the outbox, and the page says so.
    if (reply.ok) await leaveIn("replies", { id, reply: await reply.json() });
    await dropFrom("requests", id);
  });

const sendAllLeft = async () => {
  // Without the database, nothing was left.
  const requests = await unsentIn("requests").catch(() => []);
  for (const request of requests) await sendLeft(request);
};

self.addEventListener("sync", (event) => {
  if (event.tag === "abs-send") event.waitUntil(sendAllLeft());
});
