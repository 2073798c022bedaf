// Where answers stay on this phone. Every event has a key of its own, so that two tabs that write at
// the same time cannot overwrite each other. "mine": localStorage, for KEPT_DAYS after the last use;
// "shared" or not yet said: sessionStorage, which ends with the tab. Storage that is full or blocked
// is reported through `problem`, and the app goes on in memory.

const PREFIX = "abs:";
export const KEPT_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

const open = (name) => {
  try {
    const storage = window[name];
    const probe = `${PREFIX}probe`;
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return storage;
  } catch {
    return null;
  }
};

const keysOf = (storage, prefix) => {
  const keys = [];
  for (let index = 0; index < storage.length; index += 1) {
    const key = storage.key(index);
    if (key.startsWith(prefix)) keys.push(key);
  }
  return keys.sort();
};

const readAll = (storage, prefix) =>
  keysOf(storage, prefix).flatMap((key) => {
    try {
      return [[key, JSON.parse(storage.getItem(key))]];
    } catch {
      return [];
    }
  });

const wipe = (storage) => storage && keysOf(storage, PREFIX).forEach((key) => storage.removeItem(key));

class PhoneStorage {
  constructor() {
    this.memory = new Map();
    this.problem = "";
    this.expired = false;
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.local = open("localStorage");
    this.session = open("sessionStorage");
    this.expire();
    this.device = this.find("device") ?? { owner: "" };
    this.backend = this.device.owner === "mine" ? this.local : this.session;
    if (!this.backend) this.problem = "blocked";
  }

  find(name) {
    for (const storage of [this.session, this.local]) {
      const found = storage && readAll(storage, `${PREFIX}${name}`);
      if (found?.length) return found[0][1];
    }
    return null;
  }

  expire() {
    const kept = this.local && readAll(this.local, `${PREFIX}device`)[0]?.[1];
    if (!kept || Date.now() - kept.usedAt < KEPT_DAYS * DAY) return;
    wipe(this.local);
    this.expired = true;
  }

  write(name, value) {
    const key = `${PREFIX}${name}`;
    const text = JSON.stringify(value);
    this.memory.set(key, text);
    if (!this.backend) return false;
    try {
      this.backend.setItem(key, text);
      return true;
    } catch {
      this.problem = "full";
      return false;
    }
  }

  remove(name) {
    const key = `${PREFIX}${name}`;
    this.memory.delete(key);
    this.backend?.removeItem(key);
  }

  // [[name, value]] of everything under a prefix, in the order of the names.
  read(prefix) {
    const found = new Map(this.backend ? readAll(this.backend, PREFIX + prefix) : []);
    for (const [key, text] of this.memory)
      if (key.startsWith(PREFIX + prefix) && !found.has(key)) found.set(key, JSON.parse(text));
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key.slice(PREFIX.length), value]);
  }

  touch() {
    this.device = { ...this.device, usedAt: Date.now() };
    this.write("device", this.device);
  }

  // Moves everything to where the answer says, and leaves nothing behind.
  setOwner(owner) {
    const everything = this.read("");
    for (const storage of [this.local, this.session]) wipe(storage);
    this.backend = owner === "mine" ? this.local : this.session;
    if (!this.backend) this.problem = "blocked";
    this.memory.clear();
    this.device = { ...this.device, owner, usedAt: Date.now() };
    for (const [name, value] of everything) if (name !== "device") this.write(name, value);
    this.write("device", this.device);
  }

  clear() {
    for (const storage of [this.local, this.session]) wipe(storage);
    this.memory.clear();
    this.device = { owner: "" };
    this.backend = this.session;
  }

  // Calls back when another tab of this phone writes under a prefix.
  onChange(prefix, listener) {
    window.addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(PREFIX + prefix)) listener();
    });
  }
}

export const phone = new PhoneStorage();
