// One page load on a device: a context of its own with the browser's objects as small fakes, in which
// the phone's own modules run.
import { createHash } from "node:crypto";
import vm from "node:vm";
import { ModuleLoader } from "./modules.mjs";

const HERE = ["structuredClone", "queueMicrotask", "btoa", "atob", "URL", "URLSearchParams",
  "TextEncoder", "TextDecoder", "AbortController", "Headers", "Blob", "Event", "EventTarget",
  "CustomEvent", "DOMException", "console"];

const IN_CONTEXT = `
  globalThis.window = globalThis.self = globalThis;
  {
    const { clock, chance, Date: Real } = globalThis;
    globalThis.Date = class Date extends Real {
      constructor(...given) {
        if (given.length) super(...given);
        else super(clock());
      }
      static now() {
        return clock();
      }
    };
    Math.random = chance;
    delete globalThis.clock;
    delete globalThis.chance;
  }
  (text) => JSON.parse(text);
`;

const eventsOf = (target) => ({
  addEventListener: target.addEventListener.bind(target),
  removeEventListener: target.removeEventListener.bind(target),
  dispatchEvent: target.dispatchEvent.bind(target),
});

export class Page {
  constructor(device, tab) {
    Object.assign(this, { device, tab, simulation: device.simulation });
    this.isGone = false;
    this.isHidden = false;
    this.timers = new Map();
    this.windowEvents = new EventTarget();
    this.documentEvents = new EventTarget();
    this.channels = [];
  }

  get name() {
    return this.tab.name;
  }

  async open() {
    const sandbox = this.globals();
    const context = vm.createContext(sandbox);
    this.parse = vm.runInContext(IN_CONTEXT, context);
    const loader = new ModuleLoader(this.device.sources, context, () => this.device.mayLoad());
    this.modules = (await loader.load("entry.js")).namespace;
    return this;
  }

  start() {
    const { createResponse, questionnaire } = this.modules;
    const pages = { start: "/start", questionnaire: "/questions", checkAnswers: "/check" };
    this.store = createResponse(questionnaire, pages);
    this.state.start();
  }

  get state() {
    return this.store.getState();
  }

  globals() {
    const { device, tab, simulation } = this;
    this.local = device.local.seenBy(this);
    return {
      ...Object.fromEntries(HERE.map((name) => [name, globalThis[name]])),
      ...eventsOf(this.windowEvents),
      clock: () => device.clock(),
      chance: () => simulation.random(),
      localStorage: this.local,
      sessionStorage: tab.session.seenBy(this),
      document: this.document(),
      navigator: this.navigator(),
      location: { hash: "", pathname: "/questions", origin: "http://phone.example",
        href: "http://phone.example/questions", assign() {}, replace() {}, reload() {} },
      history: {
        state: null, length: 1, back() {}, replaceState(state) { this.state = state; },
        pushState(state) { this.state = state; },
      },
      crypto: this.crypto(),
      performance: { now: () => simulation.now },
      fetch: (address, options) => device.network.fetch(this, address, options),
      AbortSignal: { timeout: (delay) => this.timeout(delay), any: AbortSignal.any.bind(AbortSignal) },
      BroadcastChannel: device.channelFor(this),
      ...this.timing(),
    };
  }

  navigator() {
    const { device } = this;
    return {
      locks: device.locks.seenBy(this), userAgent: "Faults", language: "en-GB",
      get onLine() {
        return device.isOnline;
      },
    };
  }

  document() {
    const page = this;
    return {
      ...eventsOf(this.documentEvents),
      title: "",
      documentElement: { dataset: {}, style: {}, lang: "en", removeAttribute() {}, setAttribute() {} },
      querySelector: () => null,
      querySelectorAll: () => [],
      get visibilityState() {
        return page.isHidden ? "hidden" : "visible";
      },
      get hidden() {
        return page.isHidden;
      },
    };
  }

  crypto() {
    const getRandomValues = (array) => {
      for (let index = 0; index < array.length; index += 1)
        array[index] = this.simulation.randomForIds() * 2 ** 32;
      return array;
    };
    const digest = async (_, data) => {
      const hash = createHash("sha256").update(new Uint8Array(data.buffer ?? data)).digest();
      return new Uint8Array(hash).buffer;
    };
    return { getRandomValues, subtle: { digest } };
  }

  timing() {
    let count = 0;
    const set = (work, delay = 0, ...given) => {
      const id = (count += 1);
      const run = () => {
        this.timers.delete(id);
        if (!this.isGone) work(...given);
      };
      this.timers.set(id, this.simulation.after(delay, run));
      return id;
    };
    const clear = (id) => {
      this.timers.get(id)?.();
      this.timers.delete(id);
    };
    const setInterval = (work, delay, ...given) => {
      const id = (count += 1);
      const again = () => {
        this.timers.set(id, this.simulation.after(delay, again));
        if (!this.isGone) work(...given);
      };
      this.timers.set(id, this.simulation.after(delay, again));
      return id;
    };
    return {
      setTimeout: set, clearTimeout: clear, setInterval, clearInterval: clear,
      requestAnimationFrame: (work) => set(work, 16),
      requestIdleCallback: (work) => set(work, 1),
    };
  }

  timeout(delay) {
    const controller = new AbortController();
    this.simulation.after(delay, () =>
      controller.abort(new DOMException("signal timed out", "TimeoutError")),
    );
    return controller.signal;
  }

  tell(target, type, more = {}) {
    if (!this.isGone) target.dispatchEvent(Object.assign(new Event(type), more));
  }

  online() {
    this.tell(this.windowEvents, this.device.isOnline ? "online" : "offline");
  }

  show(isShown) {
    if (this.isHidden === !isShown) return;
    this.isHidden = !isShown;
    this.tell(this.documentEvents, "visibilitychange");
    if (isShown) this.tell(this.windowEvents, "focus");
  }

  // A page that is left in good order is told; one whose browser is ended is not.
  leave() {
    this.show(false);
    this.tell(this.windowEvents, "pagehide", { persisted: false });
    this.end();
  }

  end() {
    this.isGone = true;
    for (const cancel of this.timers.values()) cancel();
    this.device.locks.releaseAllOf(this);
    this.device.pages.delete(this.name);
  }
}
