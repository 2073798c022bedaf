// Where answers stay on this phone. Every event has a key of its own, so that two tabs that write at
// the same time cannot overwrite each other. "mine": localStorage, for KEPT_DAYS after the last use;
// "shared" or not yet said: sessionStorage, which ends with the tab. What a full localStorage does
// not take goes to the tab's storage, and what that does not take stays in memory; `problem` says so.
// A guest's tab, `isApart`, keeps to its own storage beside what the phone's owner keeps: take_over.js.
import { storePrefix } from "../page/base.js";

const PREFIX = storePrefix;
const KEPT_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;
const MINE = "mine";
export const HIDDEN_AFTER = 30 * 60 * 1000;
// When somebody last used the app: hiding.js notes it.
export const LAST_USE = "last-use";
// What the service worker may send later: made by unsent_store.js, on a phone of one's own only.
const DATABASE = "abs";
// Its clinic's accent is that of all pages, while it is kept. early_input.js knows this name too, and
// has set the accent before the first paint.
const INVITATION = "after-back-surgery:invitation";
// Other responses than those the pages show, put aside by shelf.js.
const ASIDE = "aside:";

// Believes only what it can read back: early_input.js keeps a refusing storage from throwing.
const takes = (storage, key, text) => {
  storage.setItem(key, text);
  return storage.getItem(key) === text;
};

// An empty storage that takes nothing is blocked. A full one can still be read.
const open = (name) => {
  const storage = window[name];
  const probe = `${PREFIX}probe`;
  if (!storage.length && !takes(storage, probe, "1")) return null;
  storage.removeItem(probe);
  return storage;
};

const keysOf = (storage) =>
  storage ? Object.keys(storage).filter((key) => key.startsWith(PREFIX)) : [];

const wipe = (storage) => keysOf(storage).forEach((key) => storage.removeItem(key));

const forgetDatabase = () => {
  // A blocked one throws, and holds nothing.
  try {
    window.indexedDB?.deleteDatabase(DATABASE);
  } catch {
    return;
  }
};

// Everything the app keeps is an object; what is not was damaged and counts as absent.
const parse = (text) => {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

// Whether answers that a person wanted saved were never confirmed by the server.
const holdsUnsent = (storage) => {
  const keys = keysOf(storage);
  const entry = (key) => parse(storage.getItem(key)) ?? {};
  const agreed = keys
    .filter((key) => key.endsWith(":response"))
    .filter((key) => entry(key).consent || entry(key).isKnown)
    .map((key) => key.slice(0, -"response".length));
  return keys.some(
    (key) => agreed.some((start) => key.startsWith(`${start}event:`)) && !entry(key).confirmed,
  );
};

class PhoneStorage {
  constructor() {
    this.memory = new Map();
    // "", "expired" or "expired_unsent": what the last start had to remove.
    this.expired = "";
    this.listeners = [];
    this.device = { owner: "" };
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.local = open("localStorage");
    this.session = open("sessionStorage");
    this.expire();
    this.device = this.findDevice();
    // There may be room by now for what an earlier page could not keep.
    if (this.problem) this.setOwner(this.device.owner);
    else if (this.device.owner) this.touch();
    this.followOtherTabs();
    this.paint();
  }

  // A page that the server has written for one clinic keeps that clinic's accent.
  paint() {
    document.documentElement.dataset.accent =
      window.earlyInput?.accent ?? this.get(INVITATION)?.accent ?? "";
  }

  findDevice() {
    const key = `${PREFIX}device`;
    const kept =
      parse(this.session?.getItem(key) ?? null) ?? parse(this.local?.getItem(key) ?? null);
    if (kept?.owner) return kept;
    // Only the owner's word brings answers here, even where the entry that says so was damaged.
    const isHeld = keysOf(this.local).some((key) => key !== PREFIX + LAST_USE);
    return { ...kept, owner: isHeld ? MINE : "" };
  }

  expire() {
    const { usedAt } = parse(this.local?.getItem(`${PREFIX}device`) ?? null) ?? {};
    if (typeof usedAt !== "number" || Date.now() - usedAt < KEPT_DAYS * DAY) return;
    this.expired = holdsUnsent(this.local) ? "expired_unsent" : "expired";
    wipe(this.local);
    forgetDatabase();
  }

  // The storages in use, the one that keeps longest first.
  get places() {
    const places = this.device.owner === MINE ? [this.local, this.session] : [this.session];
    return places.filter(Boolean);
  }

  // "", "blocked" or "full": whether anything lies elsewhere than where it should.
  get problem() {
    const wanted = this.device.owner === MINE ? this.local : this.session;
    if (!wanted) return "blocked";
    const isElsewhere = wanted === this.local && keysOf(this.session).length > 0;
    return this.memory.size || isElsewhere ? "full" : "";
  }

  // Whether nothing that is given here outlasts the tab, whatever its owner is said to be.
  get keepsNothing() {
    return this.device.isApart || this.problem === "blocked";
  }

  write(name, value) {
    this.memory.set(PREFIX + name, JSON.stringify(value));
    for (const [key, text] of this.memory) if (this.put(key, text)) this.memory.delete(key);
  }

  put(key, text) {
    const { places } = this;
    const taker = places.findIndex((place) => takes(place, key, text));
    // A newer copy in the tab's storage would hide this one.
    if (taker === 0) places[1]?.removeItem(key);
    return taker >= 0;
  }

  // One entry, the newest copy of it; null where there is none.
  get(name) {
    const key = PREFIX + name;
    const copies = [...this.places].reverse().map((place) => place.getItem(key));
    return [this.memory.get(key), ...copies].map((text) => parse(text ?? null)).find(Boolean) ?? null;
  }

  // Those of what is damaged as well.
  names(prefix) {
    const keys = new Set([...this.places.flatMap(keysOf), ...this.memory.keys()]);
    const names = [...keys].map((key) => key.slice(PREFIX.length));
    return names.filter((name) => name.startsWith(prefix)).sort();
  }

  // [[name, value]] of everything under a prefix, in the order of the names.
  read(prefix) {
    return this.names(prefix)
      .map((name) => [name, this.get(name)])
      .filter(([, value]) => value);
  }

  remove(name) {
    const key = PREFIX + name;
    this.memory.delete(key);
    for (const place of this.places) place.removeItem(key);
  }

  // Whether another response than those the pages show waits on this phone.
  holdsOthers() {
    return this.names(ASIDE).length > 0;
  }

  // Whether nobody has used the app for so long that its answers are hidden.
  get isIdle() {
    return Date.now() - this.get(LAST_USE)?.at >= HIDDEN_AFTER;
  }

  // Tells this tab's pages that what they show has changed under them.
  changed() {
    this.paint();
    this.listeners.forEach((listener) => listener());
  }

  touch() {
    this.device = { ...this.device, usedAt: Date.now() };
    this.write("device", this.device);
  }

  // Moves everything to where the answer says, and leaves nothing behind. Answers of another tab
  // come along; of two copies of an entry, neither's parts are lost.
  setOwner(owner) {
    if (this.device.isApart) return;
    const everything = new Map();
    for (const storage of [this.local, this.session])
      for (const key of keysOf(storage)) {
        const value = parse(storage.getItem(key));
        if (value) everything.set(key, { ...everything.get(key), ...value });
      }
    for (const [key, text] of this.memory) everything.set(key, JSON.parse(text));
    this.device = { ...this.device, owner };
    for (const [key, value] of everything) this.write(key.slice(PREFIX.length), value);
    this.touch();
    if (owner === MINE) return;
    wipe(this.local);
    forgetDatabase();
  }

  clear() {
    const { owner, isApart } = this.device;
    wipe(this.session);
    this.memory.clear();
    this.device = isApart ? { owner, isApart } : { owner: "" };
    if (!isApart) {
      wipe(this.local);
      forgetDatabase();
    }
    this.changed();
  }

  // Calls back when what the pages show was changed under them, by another tab too. Gives the way to stop it.
  onChange(listener) {
    this.listeners.push(listener);
    return () => {
      this.listeners = this.listeners.filter((one) => one !== listener);
    };
  }

  followOtherTabs() {
    let waiting = null;
    const change = () => {
      if (this.device.owner !== MINE) return;
      this.device = this.findDevice();
      // Cleared, or made a shared phone: what this tab alone still holds must go as well.
      if (!this.device.owner) this.clear();
      else this.changed();
    };
    // Another tab's tap is several writes: they are taken in together.
    const changeSoon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(change, 50);
    };
    window.addEventListener("storage", ({ storageArea, key }) => {
      if (storageArea !== this.local || key === PREFIX + LAST_USE) return;
      if (key === null || key.startsWith(PREFIX)) changeSoon();
    });
    // A page that the browser had put aside was told of nothing.
    window.addEventListener("pageshow", ({ persisted }) => persisted && changeSoon());
  }
}

export const phone = new PhoneStorage();
