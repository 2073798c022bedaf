// Time, chance and order of a schedule. Nothing sleeps: whatever is to happen later waits in a queue,
// and time jumps to it. The same seed gives the same run.

// Mulberry32: small, quick, and the same everywhere.
const generator = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

// Lets every promise that can go on do so. Promises that wait for the queue stay where they are.
export const settle = async () => {
  for (let round = 0; round < 2; round += 1) await new Promise(setImmediate);
};

export class Simulation {
  // `repeat` counts the runs of this seed on one server: the same again, with other ids.
  constructor(seed, start, repeat) {
    this.random = generator(seed);
    this.randomForIds = generator(seed * 31 + repeat * 7919 + 1);
    this.now = start;
    this.queue = [];
    this.count = 0;
    this.afterEach = () => {};
  }

  between(least, most) {
    return least + this.random() * (most - least);
  }

  // Runs `work` after some milliseconds; gives a function that calls it off.
  after(delay, work) {
    const entry = { at: this.now + Math.max(0, delay), order: (this.count += 1), work };
    let index = this.queue.length;
    while (index > 0 && this.queue[index - 1].at > entry.at) index -= 1;
    this.queue.splice(index, 0, entry);
    return () => {
      const place = this.queue.indexOf(entry);
      if (place >= 0) this.queue.splice(place, 1);
    };
  }

  // Does one thing and lets all that follows from it at once happen.
  async run(work) {
    await work();
    await settle();
    this.afterEach();
  }

  async advance(milliseconds) {
    const end = this.now + milliseconds;
    while (this.queue.length && this.queue[0].at <= end) {
      const { at, work } = this.queue.shift();
      this.now = at;
      await this.run(work);
    }
    this.now = end;
  }
}
