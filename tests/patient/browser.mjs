// A small browser for the phone's own modules: tabs with a storage, locks, timers and a connection in
// common. Time passes only when a test lets it.
import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import vm from "node:vm";

const SHARED = [
  "AbortController", "Blob", "DOMException", "Event", "EventTarget", "URL", "btoa", "console", "crypto",
  "queueMicrotask", "structuredClone",
];

// The store of zustand without its hook for React, which no test here draws with.
const ZUSTAND = `export const create = (make) => {
  let state;
  const getState = () => state;
  const setState = (change) => {
    state = { ...state, ...(typeof change === "function" ? change(state) : change) };
  };
  state = make(setState, getState);
  return { getState, setState };
};`;

// No test here draws, so that no effect runs.
const REACT = `export const useEffect = () => {};`;

// The warning without its dialog; `warning` is what stands on the screen.
const WARNING = `export const showWarning = async (onStay) => {
  const shown = { onStay, left: 0 };
  globalThis.warning = shown;
  return {
    say: (left) => { shown.left = left; },
    close: () => { globalThis.warning = null; },
  };
};`;

const settle = async () => {
  for (let round = 0; round < 60; round += 1) await null;
  await new Promise((done) => setImmediate(done));
};

class Locks {
  constructor() {
    this.requests = [];
  }

  // What a tab has as navigator.locks; a tab that goes lets go.
  of(tab) {
    return { request: (name, { signal }, work) => this.request({ tab, name, work }, signal) };
  }

  request(one, signal) {
    return new Promise((resolve, reject) => {
      Object.assign(one, { resolve, reject });
      this.requests.push(one);
      signal?.addEventListener("abort", () => {
        if (!one.isHeld) this.leave((other) => other === one);
        reject(signal.reason);
      });
      this.grant();
    });
  }

  leave(isMeant) {
    this.requests = this.requests.filter((one) => !isMeant(one));
    this.grant();
  }

  grant() {
    for (const one of this.requests) {
      const first = this.requests.find(({ name }) => name === one.name);
      if (first !== one || one.isHeld) continue;
      one.isHeld = true;
      Promise.resolve()
        .then(one.work)
        .then(one.resolve, one.reject)
        .finally(() => this.leave((other) => other === one));
    }
  }
}

const resolve = (specifier, from) =>
  specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;

export class Browser {
  constructor(folder) {
    this.texts = new Map(
      readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(".js"))
        .map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]),
    );
    this.texts.set("zustand", ZUSTAND);
    this.texts.set("react", REACT);
    this.texts.set("hiding/hiding_warning.js", WARNING);
    this.now = Date.UTC(2026, 0, 1);
    this.clockError = 0;
    this.timers = new Map();
    this.count = 0;
    this.local = new Map();
    this.locks = new Locks();
    this.tabs = [];
    this.isOnline = true;
    // What the page asks the server, and what answers it.
    this.calls = [];
    this.answer = () => new Promise(() => {});
  }

  // Lets timers run that are due, in their order, and everything that follows from them.
  async pass(milliseconds) {
    const end = this.now + milliseconds;
    await settle();
    for (;;) {
      const [next] = [...this.timers].filter(([, one]) => one.at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      this.timers.delete(next[0]);
      this.now = Math.max(this.now, next[1].at);
      next[1].work();
      await settle();
    }
    this.now = end;
  }

  async open(module, { hasLocks = true } = {}) {
    const tab = new Tab(this, hasLocks);
    this.tabs.push(tab);
    await tab.load(module);
    return tab;
  }
}

class Tab {
  constructor(browser, hasLocks) {
    Object.assign(this, { browser, hasLocks, isHidden: false, isGone: false, session: new Map() });
    this.window = new EventTarget();
    this.document = new EventTarget();
  }

  storage(map) {
    const tell = (key) => {
      if (map !== this.browser.local) return;
      for (const tab of this.browser.tabs)
        if (tab !== this)
          tab.window.dispatchEvent(
            Object.assign(new Event("storage"), {
              key, newValue: map.get(key) ?? null, storageArea: tab.local,
            }),
          );
    };
    const write = (key, change) => {
      if (this.isGone) return;
      change();
      tell(key);
    };
    const methods = {
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, text) => map.get(key) !== text && write(key, () => map.set(key, text)),
      removeItem: (key) => map.has(key) && write(key, () => map.delete(key)),
    };
    return new Proxy(methods, {
      get: (_, name) => (name === "length" ? map.size : methods[name]),
      ownKeys: () => [...map.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });
  }

  globals() {
    const tab = this;
    const { browser } = this;
    this.local = this.storage(browser.local);
    const later = (work, delay = 0) => {
      browser.timers.set((browser.count += 1), { at: browser.now + delay, work: () => tab.isGone || work() });
      return browser.count;
    };
    return {
      ...Object.fromEntries(SHARED.map((name) => [name, globalThis[name]])),
      clock: () => browser.now + browser.clockError,
      localStorage: this.local,
      sessionStorage: this.storage(this.session),
      setTimeout: later,
      clearTimeout: (id) => browser.timers.delete(id),
      requestAnimationFrame: later,
      addEventListener: this.window.addEventListener.bind(this.window),
      location: { pathname: "/questionnaire", hash: "", assign() {} },
      history: { state: null, pushState() {}, replaceState() {} },
      document: Object.assign(this.document, {
        title: "",
        documentElement: { dataset: {}, style: {}, removeAttribute() {} },
        querySelector: () => null,
      }),
      navigator: {
        locks: this.hasLocks ? browser.locks.of(this) : undefined,
        get onLine() {
          return browser.isOnline;
        },
      },
      fetch: async (address, options) => {
        const call = { address, ...options, body: options.body && JSON.parse(options.body), tab };
        browser.calls.push(call);
        return browser.answer(call);
      },
    };
  }

  async load(name) {
    Object.defineProperty(this.document, "visibilityState", {
      get: () => (this.isHidden ? "hidden" : "visible"),
    });
    const context = vm.createContext(this.globals());
    this.context = context;
    vm.runInContext(
      `globalThis.window = globalThis;
      { const now = clock; Date = class extends Date {
        constructor(...given) { super(...(given.length ? given : [now()])); }
        static now() { return now(); }
      }; }`,
      context,
    );
    const modules = new Map();
    const get = (file) => {
      if (!modules.has(file)) {
        const options = { context, identifier: file, importModuleDynamically: (one) => load(one, file) };
        modules.set(file, new vm.SourceTextModule(this.browser.texts.get(file), options));
      }
      return modules.get(file);
    };
    const load = async (specifier, from = "") => {
      const module = get(resolve(specifier, from));
      if (module.status === "unlinked")
        await module.link((one, referrer) => get(resolve(one, referrer.identifier)));
      await module.evaluate();
      return module.namespace;
    };
    this.import = load;
    const { createResponse } = await load("response.js");
    const { questionnaire } = await load(name);
    const pages = { start: "/", questionnaire: "/questionnaire", checkAnswers: "/check-answers" };
    this.store = createResponse(questionnaire, pages);
    this.state.start();
    await settle();
  }

  get state() {
    return this.store.getState();
  }

  answer(linkId, value) {
    this.state.openPlace(`#${linkId}`);
    this.state.setDraft({ value });
    this.state.continueOn();
  }

  async agree() {
    this.state.saveToServer({ version: "1", text_sha256: "0".repeat(64) });
    await this.browser.pass(0);
  }

  // The person touches the page.
  use() {
    this.window.dispatchEvent(new Event("pointerdown"));
  }

  async show(isVisible) {
    this.isHidden = !isVisible;
    this.document.dispatchEvent(new Event("visibilitychange"));
    await this.browser.pass(0);
  }

  // A crash tells the page nothing; leaving does.
  end({ isCrash = true } = {}) {
    if (!isCrash) this.window.dispatchEvent(new Event("pagehide"));
    this.isGone = true;
    this.browser.tabs = this.browser.tabs.filter((tab) => tab !== this);
    this.browser.locks.leave(({ tab }) => tab === this);
  }
}

// A server that keeps what it gets, as the real one does.
export class Server {
  constructor() {
    this.events = [];
    this.participants = [{ id: "p1", role: "patient", name: "", can_manage: true, has_ended: false }];
  }

  isHidden() {
    return false;
  }

  add(event, participant) {
    const known = this.events.find(({ id }) => id === event.id);
    if (known) return known.sequence;
    this.events.push({ ...event, participant, sequence: this.events.length + 1 });
    return this.events.length;
  }

  sync({ events, cursor }, me = "p1") {
    const sent = events.map(({ id }) => id);
    const sequences = events.map((event) => this.add(event, me));
    const after = cursor > this.events.length ? 0 : cursor;
    const unread = this.events.filter(
      (event) => event.sequence > after && !sent.includes(event.id) && !this.isHidden(event),
    );
    return {
      confirmed: sent, sequences, events: unread, cursor: this.events.length, me,
      participants: this.participants, expires_at: "2026-02-01T00:00:00Z",
    };
  }
}

export const replyWith = (status, body, headers = {}) => ({
  ok: status < 300,
  status,
  headers: new Headers(headers),
  json: async () => structuredClone(body),
});

export const refusal = (status, code, headers) =>
  replyWith(status, { error: { code, message: "", problems: [] } }, headers);
