// navigator.locks of one device: its tabs queue for a name, and a tab that goes lets go.

export class LockManager {
  constructor() {
    this.waiting = [];
    this.held = [];
  }

  seenBy(page) {
    return {
      request: (name, ...rest) => {
        const callback = rest.at(-1);
        const options = rest.length > 1 ? rest[0] : {};
        return this.request(page, name, options, callback);
      },
      query: async () => ({
        held: this.held.map(({ name, mode }) => ({ name, mode })),
        pending: this.waiting.map(({ name, mode }) => ({ name, mode })),
      }),
    };
  }

  request(page, name, options, callback) {
    const { mode = "exclusive", ifAvailable = false, steal = false, signal } = options;
    return new Promise((resolve, reject) => {
      const lock = { page, name, mode, callback, resolve, reject };
      if (signal?.aborted) return reject(signal.reason);
      if (steal) this.steal(name);
      if (ifAvailable && !this.isFree(lock)) {
        return Promise.resolve().then(() => callback(null)).then(resolve, reject);
      }
      signal?.addEventListener("abort", () => {
        if (!this.waiting.includes(lock)) return;
        this.waiting = this.waiting.filter((one) => one !== lock);
        reject(signal.reason);
      });
      this.waiting.push(lock);
      return this.grant();
    });
  }

  steal(name) {
    for (const lock of this.held.filter((one) => one.name === name))
      lock.reject(new DOMException("Lock broken by another request", "AbortError"));
    this.held = this.held.filter((one) => one.name !== name);
  }

  isFree({ name, mode }) {
    const others = [...this.held, ...this.waiting].filter((one) => one.name === name);
    return others.every((one) => mode === "shared" && one.mode === "shared");
  }

  mayHave(lock) {
    const before = this.waiting.slice(0, this.waiting.indexOf(lock));
    return [...this.held, ...before]
      .filter(({ name }) => name === lock.name)
      .every(({ mode }) => mode === "shared" && lock.mode === "shared");
  }

  grant() {
    for (const lock of this.waiting.filter((one) => this.mayHave(one))) {
      this.waiting = this.waiting.filter((one) => one !== lock);
      this.held.push(lock);
      Promise.resolve()
        .then(() => lock.callback({ name: lock.name, mode: lock.mode }))
        .then(lock.resolve, lock.reject)
        .finally(() => this.release(lock));
    }
  }

  release(lock) {
    this.held = this.held.filter((one) => one !== lock);
    this.grant();
  }

  releaseAllOf(page) {
    this.waiting = this.waiting.filter((one) => one.page !== page);
    this.held = this.held.filter((one) => one.page !== page);
    this.grant();
  }
}
