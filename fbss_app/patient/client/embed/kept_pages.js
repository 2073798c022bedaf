// A clinic's own pages, for a phone without a connection: the server writes them, so the worker does not have
// them from the start. Whoever goes from page to page asks for none of them, and may load any of them anew.

// The worker looks there (service_worker.py).
const KEPT = "clinic-pages";
// From the first question until the answers are sent, and what must be at hand on the way.
const PATHS = [
  "", "/questionnaire", "/check-answers", "/summary", "/save", "/send", "/come-back", "/helpers", "/your-data",
  "/options", "/urgent-help",
];

const TRIES = 3;
const PAUSE = 2000;

// One that another version of the app made names files that are no more.
const isCurrent = async (reply) => {
  const { documentElement } = new DOMParser().parseFromString(await reply.text(), "text/html");
  const { version } = window.__reactRouterManifest;
  return (
    documentElement.outerHTML.includes(version) &&
    documentElement.dataset.clinic === document.documentElement.dataset.clinic
  );
};

// Says whether it is kept now. Without a connection an old one is better than none.
const keep = async (kept, address) => {
  const reply = await kept.match(address);
  if (reply && (await isCurrent(reply))) return true;
  return kept.add(address).then(() => true, () => false);
};

// `base` is what the addresses of these pages begin with.
export const keepPages = async (base) => {
  await navigator.serviceWorker.ready;
  const kept = await caches.open(KEPT);
  let missing = PATHS.map((path) => base + path);
  for (let tries = 1; missing.length && tries <= TRIES; tries += 1) {
    const failed = [];
    for (const address of missing) if (!(await keep(kept, address))) failed.push(address);
    missing = failed;
    // A line that broke once may hold the next time.
    if (missing.length) await new Promise((goOn) => setTimeout(goOn, tries * PAUSE));
  }
};
