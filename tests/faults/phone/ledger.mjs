// What must be true while a schedule runs, and the record of it for afterwards.

// What another tab did is heard of a moment later, and taken in with what follows it.
const GRACE = 500;

export const isConfirmed = (event) => Boolean(event.confirmed);

const PAYLOAD = ["id", "link_id", "path", "value", "author_id", "author_role", "answered_at",
  "perspective", "confirms"];

export class Ledger {
  constructor(simulation) {
    this.simulation = simulation;
    this.made = new Map();
    this.states = new Map();
    this.saved = new Set();
    this.problems = [];
    this.seen = new Map();
    this.checks = 0;
  }

  problem(text) {
    if (!this.problems.includes(text)) this.problems.push(text);
  }

  // Called whenever a page writes an answer event.
  note(event, device, page) {
    const payload = Object.fromEntries(PAYLOAD.map((name) => [name, event[name]]));
    const known = this.made.get(event.id);
    if (!known) {
      const isOwn = !isConfirmed(event);
      this.made.set(event.id, { payload, device: device.name, at: this.simulation.now, isOwn });
    } else if (JSON.stringify(known.payload.value) !== JSON.stringify(payload.value)) {
      this.problem(`${page.name} changed the value of event ${event.id}`);
    }
    const name = `${device.name}:${event.id}`;
    const state = { isConfirmed: isConfirmed(event), page, at: this.simulation.now };
    if (this.states.get(name)?.isConfirmed !== state.isConfirmed) this.states.set(name, state);
  }

  // Called after everything that happened: what do the screens say, and is it so?
  look(page) {
    const { device, state } = page;
    if (state.sync !== "saved") return this.seen.delete(page);
    const mark = device.version;
    if (this.seen.get(page) === mark) return undefined;
    this.seen.set(page, mark);
    this.checks += 1;
    for (const event of device.held) {
      this.saved.add(event.id);
      if (!isConfirmed(event)) this.watch(page, event);
    }
    return undefined;
  }

  watch(page, event) {
    const state = this.states.get(`${page.device.name}:${event.id}`);
    const isUnheard = state.page !== page && this.simulation.now - state.at < GRACE;
    if (isUnheard) {
      this.saved.delete(event.id);
      this.seen.delete(page);
      return;
    }
    this.problem(`${page.name} said "saved" though ${page.device.name} holds ${event.id} unconfirmed`);
  }
}
