// Loads the phone's own modules into the context of a page, from their sources. import() works, and
// can be made to fail as it does when the network is away.
import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import vm from "node:vm";

// The warning before the answers are hidden draws a dialog, which nobody here looks at.
const WARNING = "export const showWarning = async () => ({ say() {}, close() {} });";

// zustand needs the packages of a build and React; the store without React is no more than this.
const ZUSTAND = `
export const create = (initialise) => {
  let state;
  const listeners = new Set();
  const getState = () => state;
  const setState = (partial, replace) => {
    const next = typeof partial === "function" ? partial(state) : partial;
    if (Object.is(next, state)) return;
    const previous = state;
    state = replace ? next : Object.assign({}, state, next);
    listeners.forEach((listener) => listener(state, previous));
  };
  const subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const store = { getState, setState, subscribe };
  state = initialise(setState, getState, store);
  return store;
};
`;

const ENTRY = `
export { createResponse } from "./response.js";
export { createEventLog } from "./storage/event_log.js";
export { foldEvents } from "./rules/answers.js";
export { phone } from "./storage/storage.js";
export { questionnaire } from "./faults.js";
`;

export class Sources {
  // The modules in a folder; `changes` are [module, text, its replacement].
  constructor(folder, changes = []) {
    const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
    this.texts = new Map(names.map((name) => [name, readFileSync(posix.join(folder, name), "utf8")]));
    this.texts.set("zustand", ZUSTAND);
    this.texts.set("hiding/hiding_warning.js", WARNING);
    this.texts.set("entry.js", ENTRY);
    this.caches = new Map();
    for (const [name, old, wanted] of changes) {
      const text = this.texts.get(name);
      if (!text?.includes(old)) throw new Error(`${name} no longer holds ${old}`);
      this.texts.set(name, text.replace(old, wanted));
    }
  }

  resolve(specifier, from) {
    if (!specifier.startsWith(".")) return specifier;
    return posix.join(posix.dirname(from), specifier);
  }

  make(name, options) {
    const source = this.texts.get(name);
    if (source === undefined) throw new Error(`there is no module ${name}`);
    const cachedData = this.caches.get(name);
    const module = new vm.SourceTextModule(source, { identifier: name, cachedData, ...options });
    if (!cachedData) this.caches.set(name, module.createCachedData());
    return module;
  }
}

export class ModuleLoader {
  constructor(sources, context, mayLoad) {
    Object.assign(this, { sources, context, mayLoad });
    this.modules = new Map();
  }

  get(name) {
    if (!this.modules.has(name)) {
      const module = this.sources.make(name, {
        context: this.context,
        importModuleDynamically: async (specifier) => {
          this.mayLoad(specifier);
          return (await this.load(this.sources.resolve(specifier, name))).namespace;
        },
      });
      this.modules.set(name, module);
    }
    return this.modules.get(name);
  }

  async load(name) {
    const module = this.get(name);
    if (module.status === "unlinked")
      await module.link((specifier, from) =>
        this.get(this.sources.resolve(specifier, from.identifier)),
      );
    await module.evaluate();
    return module;
  }
}
