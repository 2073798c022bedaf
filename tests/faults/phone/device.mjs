// A phone: what its tabs share (storage, locks, connection, clock), and the tabs.
import { LockManager } from "./locks.mjs";
import { Page } from "./page.mjs";
import { StorageArea } from "./storage_area.mjs";

const EVENT_DELAY = 1;

export class LoadFailure extends TypeError {}

export class Device {
  constructor(name, { simulation, network, sources, ledger, count }) {
    Object.assign(this, { name, simulation, network, sources, ledger, count });
    this.pages = new Map();
    this.tabs = new Map();
    this.locks = new LockManager();
    this.faults = [];
    this.channels = new Set();
    this.isOnline = true;
    this.isMute = false;
    this.isLent = false;
    this.failingLoads = 0;
    this.clockError = 0;
    this.local = this.area((change, writer) => {
      for (const page of this.pages.values())
        if (page !== writer)
          simulation.after(EVENT_DELAY, () =>
            page.tell(page.windowEvents, "storage", { ...change, storageArea: page.local }),
          );
    });
  }

  area(onChange) {
    const onEvent = (event, page) => this.ledger.note(event, this, page);
    return new StorageArea({ onEvent, onChange });
  }

  clock() {
    return this.simulation.now + this.clockError;
  }

  tab(name) {
    if (!this.tabs.has(name)) this.tabs.set(name, { name, session: this.area() });
    return this.tabs.get(name);
  }

  async open(name, { start = true } = {}) {
    const page = await new Page(this, this.tab(name)).open();
    if (!start) return page;
    this.pages.set(name, page);
    page.start();
    return page;
  }

  // A browser that is ended takes along what its tabs alone held.
  endTab(name) {
    this.pages.get(name)?.end();
    this.tabs.delete(name);
  }

  mayLoad() {
    if (!this.failingLoads) return;
    this.failingLoads -= 1;
    this.count("part of the app not loaded");
    throw new LoadFailure("Failed to fetch dynamically imported module");
  }

  // The answer events that it holds, with whether the server has confirmed them.
  get held() {
    const areas = [this.local, ...[...this.tabs.values()].map(({ session }) => session)];
    return areas.flatMap(({ events }) => [...events.values()]);
  }

  get version() {
    const areas = [this.local, ...[...this.tabs.values()].map(({ session }) => session)];
    return areas.reduce((sum, { version }) => sum + version, 0);
  }

  channelFor(page) {
    const device = this;
    return class BroadcastChannel extends EventTarget {
      constructor(name) {
        super();
        Object.assign(this, { name, page });
        device.channels.add(this);
      }

      postMessage(data) {
        for (const other of device.channels)
          if (other !== this && other.name === this.name)
            device.simulation.after(EVENT_DELAY, () => other.receive(structuredClone(data)));
      }

      receive(data) {
        if (page.isGone || !device.channels.has(this)) return;
        const event = Object.assign(new Event("message"), { data });
        this.onmessage?.(event);
        this.dispatchEvent(event);
      }

      close() {
        device.channels.delete(this);
      }
    };
  }
}
