// The kill switch. Served as /sw.js in place of the real worker, it takes over at once, deletes
// every cache this site keeps and what was left for the worker to send, unregisters itself and reloads
// open pages from the network. Answers are in neither, so none is lost.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) await caches.delete(name);
      indexedDB.deleteDatabase("abs");
      await self.registration.unregister();
      for (const client of await self.clients.matchAll({ type: "window" })) {
        await client.navigate(client.url).catch(() => undefined);
      }
    })(),
  );
});
