// Runs one scenario of an app that nobody uses for a while, for each line of stdin, {module, cases:
// [[name, ...arguments]]}, each in a browser of its own, and prints what came of them, one JSON a line.
import { createInterface } from "node:readline";
import { Browser, Server, replyWith } from "./browser.mjs";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const begin = async (browser, module, owner = "mine") => {
  const tab = await browser.open(module);
  tab.answer("owner", owner);
  tab.answer("note", "my own");
  tab.state.openPlace("#note");
  tab.state.setDraft({ value: "half a sen" });
  await browser.pass(0);
  return tab;
};

// Everything that a page could show of an answer.
const shownIn = (tab) => {
  const { hidden, hasAnswers, question, draft, stages, checkSections, canExportUnsent } = tab.state;
  return { hidden, hasAnswers, key: question.key, draft: draft.value, canExportUnsent,
    texts: JSON.stringify({ draft, stages, checkSections }).includes("half") };
};

const warningIn = (tab) => {
  const { warning } = tab.context;
  return warning ? Math.round(warning.left / SECOND) : null;
};

const SCENARIOS = {
  warned: async (browser, module) => {
    const tab = await begin(browser, module);
    await browser.pass(28 * MINUTE - 5 * SECOND);
    const before = warningIn(tab);
    await browser.pass(5 * SECOND);
    const first = warningIn(tab);
    await browser.pass(90 * SECOND);
    const later = warningIn(tab);
    const stays = [];
    for (let count = 0; count < 12; count += 1) {
      tab.context.warning.onStay();
      await browser.pass(0);
      stays.push([warningIn(tab), tab.state.hidden]);
      await browser.pass(29 * MINUTE);
    }
    return { before, first, later, stays, draft: tab.state.draft.value };
  },

  used: async (browser, module) => {
    const tab = await begin(browser, module);
    for (let count = 0; count < 6; count += 1) {
      await browser.pass(20 * MINUTE);
      tab.use();
    }
    return [warningIn(tab), tab.state.hidden];
  },

  hidden: async (browser, module) => {
    const tab = await begin(browser, module);
    const before = shownIn(tab);
    await browser.pass(30 * MINUTE);
    const during = { ...shownIn(tab), warning: warningIn(tab) };
    // Touching the page is not enough, and no address brings an answer back.
    tab.use();
    tab.state.openPlace("#note");
    const still = shownIn(tab);
    tab.state.reveal();
    await browser.pass(0);
    return { before, during, still, after: shownIn(tab) };
  },

  // The phone slept: no timer ran.
  slept: async (browser, module, how) => {
    const tab = await begin(browser, module);
    browser.timers.clear();
    browser.now += 31 * MINUTE;
    if (how === "return") await tab.show(true);
    if (how === "touch") tab.use();
    if (how === "restore") tab.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    if (how !== "reload") return shownIn(tab);
    tab.end();
    const again = await browser.open(module);
    again.state.openPlace("#note");
    return shownIn(again);
  },

  reloaded: async (browser, module) => {
    const tab = await begin(browser, module);
    await browser.pass(20 * MINUTE);
    tab.end();
    const again = await browser.open(module);
    again.state.openPlace("#note");
    await browser.pass(20 * MINUTE);
    return shownIn(again);
  },

  veiled: async (browser, module) => {
    const tab = await begin(browser, module);
    const opacity = () => tab.document.documentElement.style.opacity;
    tab.window.dispatchEvent(new Event("pagehide"));
    const away = opacity();
    browser.timers.clear();
    browser.now += 31 * MINUTE;
    tab.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    return { away, back: opacity(), hidden: tab.state.hidden };
  },

  tabs: async (browser, module) => {
    const tab = await begin(browser, module);
    const other = await browser.open(module);
    for (let count = 0; count < 3; count += 1) {
      await browser.pass(20 * MINUTE);
      other.use();
    }
    const shared = [tab.state.hidden, other.state.hidden];
    await browser.pass(30 * MINUTE);
    const both = [tab.state.hidden, other.state.hidden];
    other.state.reveal();
    await browser.pass(100);
    return { shared, both, after: [tab.state.hidden, other.state.hidden] };
  },

  // What waits to be sent is sent all the same.
  sends: async (browser, module) => {
    const server = new Server();
    const tab = await begin(browser, module);
    browser.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    await tab.agree();
    await browser.pass(40 * MINUTE);
    const { hidden } = tab.state;
    browser.answer = (call) => replyWith(200, server.sync(call.body));
    await browser.pass(2 * MINUTE);
    return { hidden, sent: server.events.map(({ value }) => value), ...shownIn(tab) };
  },

  nothing: async (browser, module) => {
    const tab = await browser.open(module);
    await browser.pass(40 * MINUTE);
    return { ...shownIn(tab), keys: [...tab.session.keys(), ...browser.local.keys()] };
  },

  cleared: async (browser, module) => {
    const tab = await begin(browser, module, "shared");
    await browser.pass(31 * MINUTE);
    tab.state.clearPhone();
    await browser.pass(0);
    return { ...shownIn(tab), events: tab.state.events().length };
  },

  // A clock that is set back shows nothing.
  clock: async (browser, module) => {
    const tab = await begin(browser, module);
    await browser.pass(31 * MINUTE);
    browser.clockError = -60 * MINUTE;
    await tab.show(true);
    return shownIn(tab);
  },

  way: async (browser, module, owner, record) => {
    const tab = await begin(browser, module, owner);
    const { phone } = await tab.import("./storage/storage.js");
    phone.write("example:response", { ...phone.get("example:response"), ...record });
    const { keptRecord, wayBack } = await tab.import("./links/reopening.js");
    return wayBack({ owner: phone.device.owner, record: keptRecord(tab.state.record()) });
  },

  // Another set of answers waits on the shelf, and only that one has a link.
  shelf: async (browser, module) => {
    const tab = await begin(browser, module, "shared");
    const { phone } = await tab.import("./storage/storage.js");
    phone.write("aside:other:example:response", { id: "other", isKnown: true, hasKey: true });
    const { keptRecord, wayBack } = await tab.import("./links/reopening.js");
    return wayBack({ owner: "shared", record: keptRecord(tab.state.record()) });
  },

  reveals: async (browser, module, record, reply) => {
    const tab = await browser.open(module);
    const { mayReveal } = await tab.import("./links/reopening.js");
    return mayReveal({ id: "this", ...record }, { response_id: "this", can_manage: false, ...reply });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const results = [];
  for (const [name, ...given] of cases)
    results.push(await SCENARIOS[name](new Browser(process.argv[2]), module, ...given));
  console.log(JSON.stringify(results));
}
