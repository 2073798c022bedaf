// Runs one scenario of answers that go from a clinic's frame to the own page, for each line of stdin,
// {module, cases: [[name, ...arguments]]}, and prints what came of them, one JSON a line. The frame and
// the own page have a storage each, as browsers keep them.
import { createInterface } from "node:readline";
import { Browser } from "./browser.mjs";

const ORIGIN = "https://app.example";
const MINUTE = 60 * 1000;

const openTab = async (browser, module) => {
  const tab = await browser.open(module);
  tab.context.location.origin = ORIGIN;
  tab.document.getElementById = () => null;
  return tab;
};

const hear = (tab, source, data) =>
  tab.window.dispatchEvent(
    Object.assign(new Event("message"), { source, origin: ORIGIN, data: structuredClone(data) }),
  );

// A frame that has begun to listen, and a phone on which its answers may go on.
const begin = async (folder, module) => {
  const [frames, own] = [new Browser(folder), new Browser(folder)];
  // What the page of the own page does as it appears is done at once.
  own.texts.set("react", "export const useEffect = (work) => { work(); };");
  const frame = await openTab(frames, module);
  frame.context.ResizeObserver = class {
    observe() {}
  };
  const { startFramed } = await frame.import("./embed/framed.js");
  startFramed(() => frame.state, () => {});

  // "Open in its own page": a new tab asks the frame for what it holds.
  const leave = async () => {
    const tab = await openTab(own, module);
    const { useTakeOver, useTakeOverPage } = await tab.import("./embed/take_over.js");
    const [fromFrame, fromPage] = [{}, { opener: frame.context.window }];
    fromFrame.postMessage = (data) => hear(frame, fromPage, data);
    fromPage.postMessage = (data) => hear(tab, fromFrame, data);
    tab.context.opener = fromFrame;
    useTakeOverPage((select) => select(tab.state));
    await own.pass(100);
    return { tab, step: useTakeOver.getState().step };
  };
  return { frame, frames, own, leave, open: () => openTab(own, module) };
};

const draft = (tab, linkId, value) => {
  tab.state.openPlace(`#${linkId}`);
  tab.state.setDraft({ value });
};

const draftIn = (tab, linkId) => {
  tab.state.openPlace(`#${linkId}`);
  return tab.state.draft.value;
};

const valuesIn = (tab) => tab.state.events().map(({ value }) => value);
const keptIn = (storage) => [...storage].filter(([key]) => /:(event:|response$|draft$)/.test(key)).sort();
const asideIn = (browser) => [...browser.local.keys()].filter((key) => key.startsWith("abs:aside:"));

const SCENARIOS = {
  // The phone was used before, so that it knows an author of its own.
  helper: async ({ frame, open, leave }) => {
    const before = await open();
    before.answer("owner", "mine");
    before.answer("who", "me");
    before.end();
    frame.answer("owner", "mine");
    frame.answer("who", "helping");
    frame.answer("note", "as they told me");
    const { tab } = await leave();
    tab.answer("more", "and this");
    const { author_role: role, perspective, value } = tab.state.events().at(-1);
    return { value, role, perspective, helper: tab.state.helper };
  },

  drafts: async ({ frame, leave }) => {
    frame.answer("owner", "mine");
    draft(frame, "note", "half a sen");
    const first = await leave();
    const came = draftIn(first.tab, "note");
    first.tab.answer("note", "a sentence");
    first.tab.end();
    draft(frame, "more", "new in the frame");
    const { tab } = await leave();
    return { came, note: draftIn(tab, "note"), more: draftIn(tab, "more"), values: valuesIn(tab) };
  },

  own_draft: async ({ frame, leave }) => {
    frame.answer("owner", "mine");
    draft(frame, "note", "half");
    const first = await leave();
    draft(first.tab, "note", "half and more");
    first.tab.end();
    const { tab } = await leave();
    return draftIn(tab, "note");
  },

  only_draft: async ({ frame, own, leave }) => {
    draft(frame, "owner", "mine");
    const first = await leave();
    first.tab.answer("owner", "mine");
    first.tab.answer("note", "done here");
    first.tab.end();
    const { tab } = await leave();
    return { values: valuesIn(tab), aside: asideIn(own) };
  },

  // Somebody else's frame, as far as anyone can tell: what is here waits on the shelf.
  other: async ({ frame, own, open, leave }) => {
    const before = await open();
    before.answer("owner", "mine");
    before.answer("note", "before");
    before.end();
    frame.answer("owner", "mine");
    frame.answer("note", "in the frame");
    const { tab } = await leave();
    return { values: valuesIn(tab), aside: asideIn(own).filter((key) => key.includes(":event:")).length };
  },

  guest: async ({ frame, own, open, leave }, then) => {
    const owners = await open();
    owners.answer("owner", "mine");
    owners.answer("note", "the owner's");
    owners.state.openPlace("#more");
    owners.state.setDraft({ value: "the owner's draft" });
    const before = keptIn(own.local);
    // The owner is away.
    await own.pass(31 * MINUTE);
    frame.answer("owner", "shared");
    frame.answer("note", "a guest's");
    const { tab } = await leave();
    tab.answer("more", "the guest goes on");
    if (then === "mine") tab.answer("owner", "mine");
    if (then === "clear") tab.state.clearPhone();
    await own.pass(100);
    return {
      isUntouched: JSON.stringify(keptIn(own.local)) === JSON.stringify(before),
      values: valuesIn(tab), text: tab.state.statusText, hidden: tab.state.hidden,
      ofOwner: (owners.state.reveal(), valuesIn(owners)),
    };
  },

  called_shared_later: async ({ frame, frames, own, leave }) => {
    frame.answer("owner", "mine");
    frame.answer("note", "in the frame");
    const first = await leave();
    first.tab.answer("more", "done here");
    const before = keptIn(own.local);
    await frames.pass(MINUTE);
    frame.answer("owner", "shared");
    frame.answer("more", "more in the frame");
    const { tab } = await leave();
    const isUntouched = JSON.stringify(keptIn(own.local)) === JSON.stringify(before);
    return { isUntouched, values: valuesIn(tab) };
  },

  hidden: async ({ frame, frames, own, leave }, clockError) => {
    frame.answer("owner", "mine");
    frame.answer("note", "not for everyone");
    await frames.pass(31 * MINUTE);
    frames.clockError = clockError * MINUTE;
    await frame.show(true);
    const { tab, step } = await leave();
    return { step, kept: [...tab.session, ...own.local].filter(([key]) => key.includes(":event:")) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const results = [];
  for (const [name, ...given] of cases)
    results.push(await SCENARIOS[name](await begin(process.argv[2], module), ...given));
  console.log(JSON.stringify(results));
}
