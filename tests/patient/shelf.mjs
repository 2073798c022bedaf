// Runs one scenario of several responses on a phone for each line of stdin, {module, cases: [[name,
// ...arguments]]}, each in a browser of its own, and prints what came of them, one JSON a line.
import { createInterface } from "node:readline";
import { Browser, Server, refusal, replyWith } from "./browser.mjs";

const OTHER = {
  id: "11111111-1111-4111-8111-111111111111", secret: "s".repeat(43), role: "helper", can_manage: false,
  participant: "p2", expires_at: "2026-03-01T00:00:00Z", questionnaire: "example",
  participants: [{ id: "p2", role: "helper", name: "Ana", can_manage: false }],
};

const begin = async (browser, module, owner) => {
  const tab = await browser.open(module);
  tab.answer("owner", owner);
  tab.answer("note", "my own");
  tab.state.openPlace("#note");
  tab.state.setDraft({ value: "half a sen" });
  return { tab, shelf: await tab.import("./storage/shelf.js") };
};

const valuesIn = (tab) => tab.state.events().map(({ value }) => value);
const listed = (shelf) =>
  shelf.heldResponses().map(({ current, role, name, count, pending }) => ({ current, role, name, count, pending }));

const INVITATION = {
  secret: "a".repeat(43), slug: "north", clinic: "North Clinic", phone: "", days: 365, country: "gb",
  parts: ["list"], until: "2026-03-01T00:00:00Z", isUsed: false,
};
const FURTHER = { ...INVITATION, secret: "b".repeat(43), slug: "south", clinic: "South Clinic" };

const asideIn = (browser, part) =>
  [...browser.local]
    .filter(([key]) => key.startsWith("abs:aside:") && key.endsWith(part))
    .map(([, text]) => JSON.parse(text));

// Everything of the person's own, wherever it lies.
const ownEntries = (browser) =>
  [...browser.local]
    .map(([key, text]) => [key.replace(/^abs:(aside:[^:]+:)?example:/, ""), JSON.parse(text)])
    .filter(([part]) => /^(event:|draft$|invitation$)/.test(part))
    .map(([part, value]) => JSON.stringify([part, value]))
    .sort();

const refused = (work) => {
  try {
    work();
    return "";
  } catch (error) {
    return error.message;
  }
};

const SCENARIOS = {
  opened: async (browser, module, owner) => {
    const { tab, shelf } = await begin(browser, module, owner);
    const server = new Server();
    server.add({ id: "22222222-2222-4222-8222-222222222222", link_id: "note", path: [], value: "theirs",
      author_id: "another", author_role: "patient", answered_at: "2026-01-01T00:00:00Z" }, "p1");
    browser.answer = ({ body }) => replyWith(200, { ...server.sync(body, "p2"), participants: OTHER.participants });
    shelf.openResponse(OTHER);
    await browser.pass(100);
    const shown = { values: valuesIn(tab), draft: tab.state.draft.value, role: tab.state.role };
    const list = listed(shelf);
    const session = new Map(tab.session);
    tab.end();
    const again = await browser.open(module);
    for (const [key, text] of session) again.session.set(key, text);
    const next = await again.import("./storage/shelf.js");
    const kept = owner === "mine" ? listed(next) : null;
    if (owner === "mine") {
      next.switchTo(next.heldResponses().find((one) => !one.current).id);
      again.state.openPlace("#note");
    }
    return {
      shown, list, kept, back: valuesIn(again), draft: again.state.draft.value,
      inLocal: [...browser.local.keys()].filter((key) => key.startsWith("abs:")).length,
    };
  },

  same: async (browser, module) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    shelf.openResponse(OTHER);
    tab.answer("owner", "mine");
    shelf.openResponse({ ...OTHER, secret: "t".repeat(43), role: "patient" });
    const { phone } = await tab.import("./storage/storage.js");
    const { secret, role } = phone.get("example:response");
    return { secret, role, values: valuesIn(tab), count: shelf.heldResponses().length };
  },

  waiting: async (browser, module) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    shelf.openResponse(OTHER, { isPutAside: true });
    await browser.pass(0);
    return { values: valuesIn(tab), list: listed(shelf) };
  },

  removed: async (browser, module) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    shelf.openResponse(OTHER);
    const { id } = shelf.heldResponses().find((one) => !one.current);
    const said = refused(() => shelf.removeHeld(id));
    const before = shelf.heldResponses().length;
    shelf.removeHeld(id, { evenUnsent: true });
    const { phone } = await tab.import("./storage/storage.js");
    return { said, before, after: shelf.heldResponses().length, holdsOthers: phone.holdsOthers() };
  },

  cleared: async (browser, module, how) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    shelf.openResponse(OTHER);
    if (how === "clear") tab.state.clearPhone();
    else {
      tab.end();
      browser.now += 31 * 24 * 60 * 60 * 1000;
      await browser.open(module);
    }
    return [...browser.local.keys()].filter((key) => key.startsWith("abs:") && key !== "abs:device");
  },

  // The page went while everything was being put aside.
  broken_off: async (browser, module) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    const all = [...browser.local];
    let left = 4;
    const { phone } = await tab.import("./storage/storage.js");
    const write = phone.write.bind(phone);
    phone.write = (...given) => {
      if ((left -= 1) < 0) throw new Error("gone");
      return write(...given);
    };
    refused(() => shelf.openResponse(OTHER));
    tab.end();
    const again = await browser.open(module);
    const next = await again.import("./storage/shelf.js");
    const list = listed(next);
    const before = all.filter(([key]) => key.includes(":event:")).map(([key]) => key).sort();
    const after = [...browser.local.keys()].filter((key) => key.includes(":event:")).sort();
    return { list, isWhole: JSON.stringify(before) === JSON.stringify(after), values: valuesIn(again) };
  },

  // Each response has the invitation that it is for.
  invited: async (browser, module) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    const { invitationOf, keepInvitation } = await tab.import("./sending/invitations.js");
    keepInvitation("example", INVITATION);
    shelf.openResponse(OTHER);
    const beside = invitationOf("example");
    const clinics = shelf.heldResponses().map(({ current, clinic }) => [current, clinic]);
    shelf.switchTo(shelf.heldResponses().find((one) => !one.current).id);
    const isBack = JSON.stringify(invitationOf("example")) === JSON.stringify(INVITATION);
    return { beside, clinics, isBack, left: asideIn(browser, "invitation").length };
  },

  // A person opens the invitation, and then a link before they have answered anything.
  only_invited: async (browser, module) => {
    const tab = await browser.open(module);
    const shelf = await tab.import("./storage/shelf.js");
    const { phone } = await tab.import("./storage/storage.js");
    phone.setOwner("mine");
    const { invitationOf, keepInvitation } = await tab.import("./sending/invitations.js");
    keepInvitation("example", INVITATION);
    shelf.openResponse(OTHER);
    const waiting = shelf.heldResponses().find((one) => !one.current);
    const { clinic, count, id } = waiting;
    shelf.switchTo(id);
    const back = invitationOf("example")?.clinic;
    shelf.switchTo(OTHER.id);
    shelf.removeHeld(id);
    return { clinic, count, back, left: asideIn(browser, "invitation").length };
  },

  // The page went after every possible number of steps of a move, on the way out or on the way back.
  broken_anywhere: async (browser, module, way) => {
    const found = [];
    for (let steps = 0; ; steps += 1) {
      browser.local.clear();
      const { tab, shelf } = await begin(browser, module, "mine");
      const { keepInvitation } = await tab.import("./sending/invitations.js");
      keepInvitation("example", INVITATION);
      const before = ownEntries(browser);
      const { phone } = await tab.import("./storage/storage.js");
      let move = () => shelf.openResponse(OTHER);
      if (way === "back") {
        move();
        const { id } = shelf.heldResponses().find((one) => !one.current);
        move = () => shelf.switchTo(id);
      }
      let left = steps;
      for (const name of ["write", "remove"]) {
        const work = phone[name].bind(phone);
        phone[name] = (...given) => {
          if (!tab.isGone && (left -= 1) < 0) throw new Error("gone");
          return work(...given);
        };
      }
      const isWhole = !refused(move);
      tab.end();
      const again = await browser.open(module);
      const next = await again.import("./storage/shelf.js");
      const own = next.heldResponses().find(({ role }) => role === "patient");
      const isMended = own.count === 2 && own.clinic === INVITATION.clinic;
      const isKept = JSON.stringify(ownEntries(browser)) === JSON.stringify(before);
      if (!isMended || !isKept) found.push(steps);
      again.end();
      if (isWhole) return { found, steps };
    }
  },

  // The invitation that was opened last goes on to new answers; the others keep their own.
  begun_anew: async (browser, module, isSent) => {
    const { tab } = await begin(browser, module, "mine");
    const kept = await tab.import("./sending/invitations.js");
    const { beginAnew } = await tab.import("./sending/invitation.js");
    const { phone } = await tab.import("./storage/storage.js");
    kept.keepInvitation("example", INVITATION);
    kept.keepInvitation("example", FURTHER);
    phone.write("example:response", { ...phone.get("example:response"), id: "own" });
    if (isSent) kept.changeInvitation("example", FURTHER.secret, { sentFor: "own" });
    beginAnew("example");
    const clinicsOf = ({ clinic, earlier = [] }) => [clinic, ...earlier.map((one) => one.clinic)];
    return {
      values: valuesIn(tab),
      shown: kept.invitationsOf("example").map(({ clinic, sentFor }) => [clinic, Boolean(sentFor)]),
      aside: asideIn(browser, "invitation").map(clinicsOf),
    };
  },

  // What waits on the shelf is sent, once the connection is back, without anybody's changing over.
  sends: async (browser, module, refusedWith) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    browser.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    await tab.agree();
    const { id } = tab.state.record();
    shelf.openResponse(OTHER);
    await browser.pass(100);
    browser.calls = [];
    await browser.pass(60 * 1000);
    const tried = browser.calls.filter(({ address }) => address.includes(id)).length;
    const own = new Server();
    const other = new Server();
    browser.answer = ({ address, body }) => {
      if (address.includes(id))
        return refusedWith ? refusal(404, refusedWith) : replyWith(200, own.sync(body));
      return replyWith(200, { ...other.sync(body, "p2"), participants: OTHER.participants });
    };
    browser.calls = [];
    await browser.pass(5 * 60 * 1000);
    const calls = browser.calls.filter(({ address }) => address.includes(id)).length;
    const waiting = shelf.heldResponses().find((one) => !one.current);
    const shown = { values: valuesIn(tab), role: tab.state.role };
    return { tried, calls, sent: own.events.map(({ value }) => value), pending: waiting.pending,
      id: waiting.id === id, shown };
  },

  // Somebody changes over while the call is under way: nothing comes back to the shelf.
  taken_up: async (browser, module) => {
    const { tab, shelf } = await begin(browser, module, "mine");
    browser.answer = () => Promise.reject(new TypeError("Failed to fetch"));
    await tab.agree();
    const { id } = tab.state.record();
    const own = new Server();
    let reply = null;
    const late = new Promise((done) => {
      reply = done;
    });
    browser.answer = ({ address, body }) =>
      address.includes(id)
        ? late.then(() => replyWith(200, own.sync(body)))
        : replyWith(200, { ...new Server().sync(body, "p2"), participants: OTHER.participants });
    shelf.openResponse(OTHER);
    await browser.pass(60 * 1000);
    shelf.switchTo(id);
    reply();
    await browser.pass(60 * 1000);
    const left = [...browser.local.keys()].filter((key) => key.includes(`aside:${id}`));
    return { left, values: valuesIn(tab), sync: tab.state.sync, sent: own.events.length };
  },

  // Another tab shows the questions of the response that was put aside.
  other_tab: async (browser, module) => {
    const { shelf } = await begin(browser, module, "mine");
    const other = await browser.open(module);
    other.state.openPlace("#note");
    shelf.openResponse(OTHER);
    await browser.pass(100);
    return { values: valuesIn(other), draft: other.state.draft.value };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const results = [];
  for (const [name, ...given] of cases)
    results.push(await SCENARIOS[name](new Browser(process.argv[2]), module, ...given));
  console.log(JSON.stringify(results));
}
