// Two devices, a server and a schedule: does the steps, heals what was broken, lets time pass, and
// tells what every device holds and every screen said.
import { Device, LoadFailure } from "./device.mjs";
import { Ledger, isConfirmed } from "./ledger.mjs";
import { Network } from "./network.mjs";
import { Simulation } from "./simulation.mjs";
import { STEPS } from "./steps.mjs";

const START = Date.UTC(2026, 2, 1, 12);
const SECOND = 1000;
const PATIENCE = 20 * 60 * SECOND;

export const CONSENT = { version: "1", text_sha256: "ab".repeat(32) };

export class World {
  constructor({ seed, repeat, server, sources }) {
    this.simulation = new Simulation(seed, START, repeat);
    this.ledger = new Ledger(this.simulation);
    this.server = server;
    this.sources = sources;
    this.counts = {};
    this.network = new Network(this.simulation, server, (name) => this.count(name));
    this.devices = new Map();
    this.erasedAt = Infinity;
    this.database = "well";
    this.simulation.afterEach = () => {
      for (const page of this.pages) this.ledger.look(page);
    };
  }

  count(name) {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  get pages() {
    return [...this.devices.values()].flatMap((device) => [...device.pages.values()]);
  }

  page(name) {
    return this.pages.find((page) => page.name === name);
  }

  addDevice(name) {
    const device = new Device(name, {
      simulation: this.simulation,
      network: this.network,
      sources: this.sources,
      ledger: this.ledger,
      count: (what) => this.count(what),
    });
    this.devices.set(name, device);
    return device;
  }

  // What the page's own code throws is a fault of the app, except that a part could not be loaded.
  complain(error) {
    if (!(error instanceof LoadFailure)) this.ledger.problem(`the app threw ${error?.stack ?? error}`);
  }

  // What a person or the browser does. Nothing waits for what it starts: only time brings that on.
  act(work) {
    return this.simulation.run(() => {
      try {
        work();
      } catch (error) {
        this.complain(error);
      }
    });
  }

  open(device, name) {
    return this.simulation.run(async () => {
      try {
        await device.open(name);
      } catch (error) {
        this.complain(error);
      }
    });
  }

  async setDatabase(state) {
    if (this.database === state) return;
    this.database = state;
    await this.server.database(state);
    if (state !== "well") this.count(`database ${state}`);
  }

  async run(steps) {
    const device = this.addDevice("A");
    await this.open(device, "A1");
    for (const [name, ...given] of steps) await STEPS[name](this, ...given);
    await this.heal();
    await this.untilQuiet();
    this.checkOutboxes();
    await this.exchange();
    return this.record();
  }

  async heal() {
    await this.setDatabase("well");
    this.network.refusing = 0;
    for (const device of this.devices.values()) {
      Object.assign(device, { faults: [], isMute: false, failingLoads: 0 });
      if (device.isOnline) continue;
      device.isOnline = true;
      for (const page of device.pages.values()) await this.act(() => page.online());
    }
    for (const page of this.pages) await this.act(() => page.show(true));
    for (const device of this.devices.values())
      if (!device.pages.size) await this.open(device, `${device.name}1`);
    if (!this.hasConsent && !this.isErased) await STEPS.save(this, "A1");
  }

  get hasConsent() {
    return this.pages.some((page) => page.state.hasConsent);
  }

  get pending() {
    return [...this.devices.values()].flatMap((device) =>
      device.held.filter((event) => !isConfirmed(event)).map((event) => ({ device, event })),
    );
  }

  // Without anyone doing anything: the app has to get there by itself.
  async untilQuiet() {
    const end = this.simulation.now + PATIENCE;
    const isSaved = () => !this.pending.length && this.pages.every(({ state }) => state.sync === "saved");
    const isQuiet = () => this.network.isQuiet && (this.isErased || isSaved());
    do await this.simulation.advance(10 * SECOND);
    while (this.simulation.now < end && !isQuiet());
  }

  checkOutboxes() {
    if (this.isErased) return;
    for (const { device, event } of this.pending)
      this.ledger.problem(`${device.name} still holds ${event.id} (${event.link_id}) unconfirmed`);
    for (const page of this.pages)
      if (page.state.sync !== "saved")
        this.ledger.problem(`${page.name} says "${page.state.sync}: ${page.state.statusText}" at the end`);
  }

  // Each person looks at their screen once more, and so each device hears of the others.
  async exchange() {
    if (this.isErased) return;
    for (const page of this.pages) {
      await this.act(() => page.show(false));
      await this.act(() => page.show(true));
      await this.act(() => page.state.send(true));
      await this.simulation.advance(5 * SECOND);
    }
  }

  async record() {
    const devices = [];
    for (const device of this.devices.values()) devices.push(await this.describe(device));
    const pages = this.pages.map((page) => ({
      name: page.name, sync: page.state.sync, text: page.state.statusText,
    }));
    return {
      devices,
      pages,
      made: [...this.ledger.made.values()].map(({ payload, device, isOwn, at }) => ({
        ...payload, device, isOwn, isAfterErasing: at >= this.erasedAt,
      })),
      saved: [...this.ledger.saved],
      problems: this.ledger.problems,
      counts: this.counts,
      looks: this.ledger.checks,
      erased: this.erased ?? null,
      requests: this.network.delivered,
    };
  }

  // What a page opened now shows, and whether the open ones show the same.
  async describe(device) {
    const [first] = device.pages.keys();
    const fresh = await device.open(first, { start: false });
    const { phone, createEventLog, foldEvents, questionnaire } = fresh.modules;
    phone.start();
    const log = createEventLog(questionnaire);
    log.load();
    const fold = [...foldEvents(log.all())];
    const held = device.held.map(({ id }) => id);
    const responses = [...device.local.texts, ...[...device.tabs.values()].flatMap(({ session }) => [...session.texts])]
      .filter(([key]) => key.endsWith(":response"))
      .map(([, text]) => JSON.parse(text).id);
    this.compareScreens(device);
    return { name: device.name, isLent: device.isLent, fold, held, response: responses[0] ?? null };
  }

  compareScreens(device) {
    const shown = [...device.pages.values()].map((page) => {
      page.state.start();
      return JSON.stringify(page.state.checkSections);
    });
    if (new Set(shown).size > 1) this.ledger.problem(`the tabs of ${device.name} show different answers`);
  }
}
