// A clinic's own pages, for a phone without a connection: the server writes them, so the worker does not have
// them from the start. Whoever goes from page to page asks for none of them, and may load any of them anew.

// The worker looks there (service_worker.py).
const KEPT = "clinic-pages";
// From the first question until the answers are sent, and what must be at hand on the way.
const PATHS = [
  "", "/questionnaire", "/check-answers", "/summary", "/save", "/send", "/come-back", "/helpers", "/your-data",
  "/options", "/urgent-help",
];

// One that another version of the app made names files that are no more.
const isCurrent = async (reply) => {
  const { documentElement } = new DOMParser().parseFromString(await reply.text(), "text/html");
  const { version } = window.__reactRouterManifest;
  return (
    documentElement.outerHTML.includes(version) &&
    documentElement.dataset.clinic === document.documentElement.dataset.clinic
  );
};

// `base` is what the addresses of these pages begin with.
export const keepPages = async (base) => {
  await navigator.serviceWorker.ready;
  const kept = await caches.open(KEPT);
  for (const path of PATHS) {
    const reply = await kept.match(base + path);
    if (reply && (await isCurrent(reply))) continue;
    // Without a connection the old one is better than none.
    await kept.add(base + path).catch(() => {});
  }
};
