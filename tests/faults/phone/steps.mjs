// What can happen in a schedule. Each step is called with the world and what the schedule gives it, and
// does nothing where there is nothing to do it to.
import { createHash } from "node:crypto";
import { CONSENT } from "./world.mjs";

const DAY = 24 * 60 * 60 * 1000;

const onPage = (work) => async (world, name, ...given) => {
  const page = world.page(name);
  if (page) await world.act(() => work(page, ...given));
};

// The device that a step is about, if it is there yet.
const onDevice = (work) => async (world, name, ...given) => {
  const device = world.devices.get(name);
  if (device) await world.act(() => work(device, ...given));
};

const answer = (page, key, draft) => {
  // Whoever answers is there, and shows what was hidden meanwhile.
  if (page.state.hidden) page.state.reveal();
  page.state.openPlace(`#${key}`);
  if (page.state.view !== "question" || page.state.question.linkId !== key.split("@")[0]) return;
  page.state.setDraft(draft);
  page.state.continueOn();
};

// Adds an operation, or removes or brings back one of those there are.
const operation = (page, change, index, year) => {
  const { state } = page;
  if (state.hidden) state.reveal();
  state.openPlace("#operation");
  if (page.state.view !== "repetitions") return;
  const { rows } = page.state.repetitions;
  if (change === "add" && page.state.repetitions.canAdd) {
    page.state.addRepetition();
    page.state.setDraft({ year });
    page.state.continueOn();
  } else if (change !== "add" && rows.length) {
    page.state.removeRepetition(rows[index % rows.length].id);
    if (change === "undo") page.state.undoRemove();
  }
};

const save = async (world, name) => {
  const page = world.page(name);
  if (!page || page.state.hasConsent || world.isErased) return;
  await world.act(() => page.state.saveToServer(CONSENT));
};

// Makes a link as the first device would, and gives its secret.
const makeLink = async (world, { id, secret }, role) => {
  const random = () => Buffer.from(Array.from({ length: 32 }, () => world.simulation.randomForIds() * 256));
  const own = random().toString("base64url");
  const hex = random().toString("hex");
  const linkId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const hash = createHash("sha256").update(own).digest("hex");
  const body = { role, name: "B", relationship: "", secret_sha256: hash, days: 30 };
  const headers = { "Content-Type": "application/json", "X-Response-Secret": secret };
  const path = `/api/v1/responses/${id}/links/${linkId}`;
  const reply = await world.server.exchange("PUT", path, headers, JSON.stringify(body));
  return reply.status === 200 ? own : null;
};

// The second device gets in once the server knows the response: with the first one's own secret, or
// by a link for a patient's second device or for a helper.
const join = async (world, owner, way) => {
  const first = world.devices.get("A");
  const record = responseOf(first);
  if (world.devices.has("B") || !record?.isKnown || world.isErased) return;
  const secret = way === "same secret" ? record.secret : await makeLink(world, record, way);
  // The database may be in trouble just now.
  if (!secret) return;
  const device = world.addDevice("B");
  const area = owner === "mine" ? device.local : device.tab("B1").session;
  const { id, consent } = record;
  // As the page that opens a link keeps them.
  const rights = way === "same secret" ? {} : { role: way, can_manage: way === "patient" };
  area.set("abs:device", JSON.stringify({ owner, usedAt: device.clock() }), null);
  area.set("abs:faults:response", JSON.stringify({ id, secret, consent, isKnown: true, ...rights }), null);
  device.isLent = way !== "same secret";
  world.count(`second device, ${way}`);
  await world.open(device, "B1");
};

export const responseOf = (device) => {
  const areas = [device.local, ...[...device.tabs.values()].map(({ session }) => session)];
  const texts = areas.map(({ texts }) => texts.get("abs:faults:response")).filter(Boolean);
  return texts.length ? JSON.parse(texts[0]) : null;
};

const openTab = async (world, name) => {
  const device = world.devices.get(name[0]);
  if (device && !world.page(name) && isMine(device)) await world.open(device, name);
};

const isMine = (device) => JSON.parse(device.local.texts.get("abs:device") ?? "{}").owner === "mine";

// A reload tells the page first; a crash does not. The tab stays, and with it what is its own.
const reload = (isCrash) => async (world, name) => {
  const page = world.page(name);
  if (!page) return;
  const { device } = page;
  await world.act(() => (isCrash ? page.end() : page.leave()));
  await world.open(device, name);
  world.count(isCrash ? "page crashed" : "page reloaded");
};

const closeTab = async (world, name) => {
  const page = world.page(name);
  if (!page || page.device.pages.size < 2) return;
  await world.act(() => page.leave());
  page.device.endTab(name);
};

const setOnline = (isOnline) => async (world, name) => {
  const device = world.devices.get(name);
  if (!device || device.isOnline === isOnline) return;
  device.isOnline = isOnline;
  if (!isOnline) world.count("offline");
  for (const page of device.pages.values()) await world.act(() => page.online());
};

const setMute = (isMute) =>
  onDevice((device) => {
    if (isMute && !device.isMute) device.count("dead network");
    device.isMute = isMute;
  });

// With an answer on the second device that is on no other when the server erases everything.
const erase = async (world, name) => {
  const page = world.page(name);
  if (!page?.state.hasConsent || world.isErased) return;
  await world.heal();
  await world.untilQuiet();
  world.erased = responseOf(page.device).id;
  world.erasedAt = world.simulation.now;
  await STEPS.offline(world, "B");
  await STEPS.answer(world, "B1", "note", { value: "not sent" });
  await world.act(() => page.state.eraseFromServer());
  await world.simulation.advance(5000);
  world.isErased = true;
  world.count("erased");
  await STEPS.online(world, "B");
  await world.simulation.advance(5000);
};

export const STEPS = {
  answer: onPage(answer),
  operation: onPage(operation),
  save,
  join,
  erase,
  wait: (world, milliseconds) => world.simulation.advance(milliseconds),
  "open-tab": openTab,
  "close-tab": closeTab,
  reload: reload(false),
  crash: reload(true),
  offline: setOnline(false),
  online: setOnline(true),
  dead: setMute(true),
  alive: setMute(false),
  // The next request of this device meets it.
  fault: onDevice((device, fault) => device.faults.push(fault)),
  "fail-load": onDevice((device) => (device.failingLoads += 1)),
  hide: onPage((page) => page.show(false)),
  show: onPage((page) => page.show(true)),
  clock: onDevice((device, days) => {
    device.clockError = days * DAY;
    device.count("clock set wrong");
  }),
  database: (world, state) => world.setDatabase(state),
};
