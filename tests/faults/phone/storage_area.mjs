// A web storage: the area that the tabs of a device share, and the object by which each tab sees it.

const EVENT_KEY = /^abs:[^:]+:event:/;

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

export class StorageArea {
  // `onEvent(event, page)` hears of every answer event that is written, `onChange` of every change.
  constructor({ onEvent, onChange = () => {} }) {
    this.texts = new Map();
    this.events = new Map();
    this.version = 0;
    this.onEvent = onEvent;
    this.onChange = onChange;
  }

  set(key, text, page) {
    const old = this.texts.get(key) ?? null;
    this.texts.set(key, text);
    this.version += 1;
    const event = EVENT_KEY.test(key) ? parsed(text) : null;
    if (event) {
      this.events.set(key, event);
      this.onEvent(event, page);
    }
    if (old !== text) this.onChange({ key, oldValue: old, newValue: text }, page);
  }

  remove(key, page) {
    if (!this.texts.has(key)) return;
    const oldValue = this.texts.get(key);
    this.texts.delete(key);
    this.events.delete(key);
    this.version += 1;
    this.onChange({ key, oldValue, newValue: null }, page);
  }

  clear(page) {
    if (!this.texts.size) return;
    this.texts.clear();
    this.events.clear();
    this.version += 1;
    this.onChange({ key: null, oldValue: null, newValue: null }, page);
  }

  // What a page has as localStorage or sessionStorage: entries can be listed like properties.
  seenBy(page) {
    const methods = {
      getItem: (key) => this.texts.get(String(key)) ?? null,
      setItem: (key, value) => this.set(String(key), String(value), page),
      removeItem: (key) => this.remove(String(key), page),
      clear: () => this.clear(page),
      key: (index) => [...this.texts.keys()][index] ?? null,
    };
    return new Proxy(methods, {
      get: (_, name) => {
        if (name === "length") return this.texts.size;
        return methods[name] ?? this.texts.get(name);
      },
      set: (_, name, value) => {
        methods.setItem(name, value);
        return true;
      },
      has: (_, name) => name in methods || this.texts.has(name),
      deleteProperty: (_, name) => {
        methods.removeItem(name);
        return true;
      },
      ownKeys: () => [...this.texts.keys()],
      getOwnPropertyDescriptor: (_, name) =>
        this.texts.has(name)
          ? { value: this.texts.get(name), enumerable: true, configurable: true, writable: true }
          : undefined,
    });
  }
}
