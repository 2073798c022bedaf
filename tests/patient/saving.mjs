// Runs one scenario of saving for each line of stdin, {module, cases: [[name, ...arguments]]}, each in
// a browser of its own, and prints what came of them, one JSON a line.
import { createInterface } from "node:readline";
import { Browser, Server, refusal, replyWith } from "./browser.mjs";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const answering = (browser, server) => {
  browser.answer = (call) =>
    call.method === "DELETE" ? replyWith(204) : replyWith(200, server.sync(call.body));
};

const eventsOn = (browser) =>
  [...browser.local]
    .filter(([key]) => /^abs:[^:]+:event:/.test(key))
    .map(([, text]) => JSON.parse(text));

const valuesIn = (tab) => tab.state.events().map(({ value }) => value);

const saidIn = (tab) => ({ sync: tab.state.sync, text: tab.state.statusText });

// Whose phone it is, and one answer.
const begin = async (browser, module, options) => {
  const tab = await browser.open(module, options);
  tab.answer("owner", "mine");
  tab.answer("note", "one");
  return tab;
};

const saved = async (browser, module, options) => {
  const server = new Server();
  answering(browser, server);
  const tab = await begin(browser, module, options);
  await tab.agree();
  return { tab, server };
};

const foreign = (value, changes = {}) => ({
  id: `00000000-0000-4000-8000-${String(value.length).padStart(6, "0")}${Buffer.from(value).toString("hex").slice(0, 6)}`,
  link_id: "note", path: [], value, author_id: "another", author_role: "helper",
  answered_at: "2031-01-01T00:00:00Z", ...changes,
});

const HELPER = { id: "p2", role: "helper", name: "Ana", can_manage: false, has_ended: false };

const SCENARIOS = {
  // Answers that others gave stand where the server took them, before what is not confirmed yet.
  order: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    server.add(foreign("theirs"), "p2");
    browser.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    tab.answer("note", "mine");
    await browser.pass(0);
    const before = valuesIn(tab);
    answering(browser, server);
    server.add(foreign("theirs again"), "p2");
    await browser.pass(MINUTE);
    return { before, after: valuesIn(tab), onServer: server.events.map(({ value }) => value) };
  },

  clock: async (browser, module) => {
    const tab = await begin(browser, module);
    browser.clockError = -400 * DAY;
    tab.answer("note", "later, by a clock set back");
    browser.clockError = 400 * DAY;
    tab.answer("note", "latest, by a clock set forward");
    browser.clockError = 0;
    tab.answer("note", "last");
    tab.end();
    const again = await browser.open(module);
    return valuesIn(again);
  },

  // What an older version kept has no sequences; some of it is confirmed.
  legacy: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    server.add(foreign("theirs"), "p2");
    tab.end();
    for (const [key, text] of browser.local) {
      const { sequence, participant, ...kept } = JSON.parse(text);
      const record = key.endsWith(":response") ? { ...kept, cursor: 99 } : kept;
      browser.local.set(key, JSON.stringify(record));
    }
    browser.calls = [];
    browser.isOnline = false;
    const again = await browser.open(module);
    const before = valuesIn(again);
    browser.isOnline = true;
    await browser.pass(MINUTE);
    const { length } = browser.calls;
    await browser.pass(10 * MINUTE);
    return {
      before, after: valuesIn(again), sequences: again.state.events().map(({ sequence }) => sequence),
      cursor: browser.calls[0].body.cursor, calls: length, later: browser.calls.length,
    };
  },

  // The server was put back to an earlier backup.
  restored: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    tab.answer("note", "two");
    await browser.pass(SECOND);
    server.events = server.events.slice(0, 1);
    tab.answer("note", "three");
    await browser.pass(SECOND);
    return { ...saidIn(tab), onServer: server.events.map(({ value }) => value).sort() };
  },

  // Two tabs have the same event to send.
  tabs: async (browser, module, hasLocks) => {
    const { tab, server } = await saved(browser, module, { hasLocks });
    const other = await browser.open(module, { hasLocks });
    let underWay = 0;
    let most = 0;
    const sent = [];
    browser.answer = async (call) => {
      underWay += 1;
      most = Math.max(most, underWay);
      sent.push(...call.body.events.map(({ id }) => id));
      await new Promise((done) => browser.timers.set(`call${sent.length}`, { at: browser.now + SECOND, work: done }));
      underWay -= 1;
      return replyWith(200, server.sync(call.body));
    };
    tab.answer("note", "two");
    await browser.pass(100);
    const meanwhile = saidIn(other).sync;
    other.answer("note", "three");
    await browser.pass(MINUTE);
    return {
      most, twice: sent.length - new Set(sent).size, meanwhile,
      says: [saidIn(tab).sync, saidIn(other).sync], values: [valuesIn(tab), valuesIn(other)],
    };
  },

  // A tab that the browser has put to sleep never lets go.
  stuck: async (browser, module) => {
    const { tab } = await saved(browser, module);
    const { id } = JSON.parse(browser.local.get("abs:example:response"));
    browser.locks.of({}).request(`abs:send:${id}`, {}, () => new Promise(() => {}));
    tab.answer("note", "two");
    await browser.pass(30 * SECOND);
    const waiting = saidIn(tab).sync;
    await browser.pass(15 * SECOND);
    return [waiting, saidIn(tab).sync];
  },

  crash: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    browser.answer = () => new Promise(() => {});
    tab.answer("note", "two");
    await browser.pass(0);
    tab.end();
    answering(browser, server);
    const again = await browser.open(module);
    await browser.pass(SECOND);
    return { ...saidIn(again), onServer: server.events.map(({ value }) => value) };
  },

  // When the tries come after a failure, in seconds since then.
  tries: async (browser, module, status, headers = {}, code = "x") => {
    const { tab } = await saved(browser, module);
    browser.calls = [];
    const at = [];
    const start = browser.now;
    browser.answer = () => {
      at.push((browser.now - start) / SECOND);
      return status ? refusal(status, code, headers) : Promise.reject(new TypeError("x"));
    };
    tab.answer("note", "two");
    await browser.pass(10 * MINUTE);
    return { at, ...saidIn(tab), canExport: tab.state.canExportUnsent };
  },

  // Asked to wait: a new answer, a return to the tab and the network wait as well; a person need not.
  asked_to_wait: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    browser.answer = () => refusal(429, "too-many-calls", { "Retry-After": "120" });
    browser.calls = [];
    tab.answer("note", "two");
    await browser.pass(SECOND);
    tab.answer("note", "three");
    await tab.show(false);
    await tab.show(true);
    tab.window.dispatchEvent(new Event("online"));
    await browser.pass(100 * SECOND);
    const early = browser.calls.length;
    answering(browser, server);
    tab.state.send(true);
    await browser.pass(0);
    return { early, ...saidIn(tab) };
  },

  // The browser is wrong about the connection.
  wrongly_offline: async (browser, module) => {
    const { tab } = await saved(browser, module);
    browser.isOnline = false;
    tab.answer("note", "two");
    await browser.pass(0);
    const first = saidIn(tab);
    await browser.pass(MINUTE);
    return [first.sync, saidIn(tab).sync];
  },

  back_online: async (browser, module, how) => {
    const { tab, server } = await saved(browser, module);
    browser.answer = () => Promise.reject(new TypeError("x"));
    tab.answer("note", "two");
    await browser.pass(5 * MINUTE);
    answering(browser, server);
    if (how === "visible") {
      await tab.show(false);
      browser.calls = [];
      await tab.show(true);
    } else if (how === "pageshow") {
      tab.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    } else {
      tab.window.dispatchEvent(new Event("online"));
    }
    await browser.pass(100);
    return saidIn(tab).sync;
  },

  // Leaving the page sends at once, whoever holds the lock, with what outlives the page.
  leaving: async (browser, module, length) => {
    const { tab } = await saved(browser, module);
    browser.isOnline = false;
    tab.answer("note", "x".repeat(length));
    tab.answer("note", "two");
    browser.calls = [];
    tab.end({ isCrash: false });
    return browser.calls.map(({ keepalive, body }) => [keepalive, body.events.length]);
  },

  // Nobody came by for longer than answers are kept.
  expired: async (browser, module, how) => {
    const tab = await begin(browser, module);
    const server = new Server();
    if (how === "sent") answering(browser, server);
    else browser.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    if (how !== "never agreed") await tab.agree();
    tab.end();
    browser.now += 31 * DAY;
    const again = await browser.open(module);
    return { says: again.state.expiredNotice, hasAnswers: again.state.hasAnswers };
  },

  receiving: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    const calls = async (time) => {
      browser.calls = [];
      await browser.pass(time);
      return browser.calls.length;
    };
    const alone = await calls(5 * MINUTE);
    server.participants.push(HELPER);
    await tab.state.send(true);
    const first = await calls(11 * SECOND);
    await calls(10 * MINUTE);
    const slow = await calls(5 * MINUTE);
    tab.use();
    await tab.show(false);
    const hidden = await calls(10 * MINUTE);
    server.add(foreign("theirs"), "p2");
    browser.calls = [];
    await tab.show(true);
    const { arrived } = tab.state;
    const said = saidIn(tab).sync;
    const soon = await calls(11 * SECOND);
    return { alone, first, slow, hidden, arrived, soon, said, values: valuesIn(tab) };
  },

  // Another's answer fills untouched fields, and replaces nothing that somebody is typing.
  typing: async (browser, module, isTouched) => {
    const { tab, server } = await saved(browser, module);
    server.participants.push(HELPER);
    await tab.state.send(true);
    tab.state.openPlace("#note");
    if (isTouched) tab.state.setField("value", "half a sen");
    server.add(foreign("theirs"), "p2");
    await browser.pass(30 * SECOND);
    return tab.state.draft.value;
  },

  // The link of a helper was ended, or the answers were erased.
  ended: async (browser, module, participant) => {
    const { tab, server } = await saved(browser, module);
    server.add(foreign("theirs"), "p2");
    Object.assign(server.participants[0], participant);
    await tab.state.send(true);
    browser.answer = () => refusal(404, "unknown-response");
    tab.answer("note", "not sent");
    await browser.pass(SECOND);
    const held = valuesIn(tab);
    const record = JSON.parse(browser.local.get("abs:example:response"));
    browser.calls = [];
    tab.end();
    const again = await browser.open(module);
    await browser.pass(MINUTE);
    const { linkEnded, canExportUnsent, hasConsent } = again.state;
    const said = saidIn(again);
    if (linkEnded) again.state.removeHere();
    await browser.pass(0);
    return {
      held, secret: record.secret ?? "", calls: browser.calls.length, linkEnded, canExportUnsent,
      hasConsent, ...said, left: eventsOn(browser).length,
    };
  },

  read_only: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    Object.assign(server.participants[0], { role: "read", can_manage: false });
    await tab.state.send(true);
    browser.calls = [];
    tab.answer("note", "no");
    await browser.pass(SECOND);
    return { values: valuesIn(tab), isReadOnly: tab.state.isReadOnly, calls: browser.calls.length };
  },

  // A helper's phone drops what was put aside for the patient.
  masked: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    Object.assign(server.participants[0], { role: "helper", can_manage: false });
    await tab.state.send(true);
    server.add(foreign("", { value: { absent: "masked" } }), "p2");
    server.isHidden = ({ link_id, value }) => link_id === "note" && !value.absent;
    await tab.state.send(true);
    return eventsOn(browser).filter((event) => event.link_id === "note").map(({ value }) => value);
  },

  not_the_api: async (browser, module) => {
    const { tab, server } = await saved(browser, module);
    browser.answer = () => ({ ok: true, status: 200, headers: new Headers(), json: () => Promise.reject(new SyntaxError()) });
    tab.answer("note", "two");
    await browser.pass(0);
    const caught = saidIn(tab).sync;
    browser.answer = () => ({ ok: false, status: 404, headers: new Headers(), json: async () => ({}) });
    await browser.pass(5 * SECOND);
    const astray = saidIn(tab).sync;
    answering(browser, server);
    await browser.pass(MINUTE);
    return [caught, astray, saidIn(tab).sync];
  },

  // Everything in one call is too much for this server.
  too_large: async (browser, module) => {
    const tab = await begin(browser, module);
    const server = new Server();
    for (const value of ["two", "three", "four"]) tab.answer("note", value);
    browser.answer = ({ body }) =>
      body.events.length > 1 ? refusal(413, "too-large") : replyWith(200, server.sync(body));
    await tab.agree();
    await browser.pass(SECOND);
    return { ...saidIn(tab), onServer: server.events.map(({ value }) => value) };
  },

  erase: async (browser, module) => {
    const { tab } = await saved(browser, module);
    await tab.state.eraseFromServer();
    const record = JSON.parse(browser.local.get("abs:example:response"));
    return { record: Object.keys(record), ...saidIn(tab), confirmed: eventsOn(browser).some((one) => one.confirmed) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const results = [];
  for (const [name, ...given] of cases)
    results.push(await SCENARIOS[name](new Browser(process.argv[2]), module, ...given));
  console.log(JSON.stringify(results));
}
