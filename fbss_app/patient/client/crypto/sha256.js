// SHA-256 of a short text in ASCII, as hex. `crypto.subtle` is missing where the app is not served over
// HTTPS, as on a clinic's own network, so the phone does it itself everywhere.

const primes = (count) => {
  const found = [];
  for (let one = 2; found.length < count; one += 1)
    if (found.every((prime) => one % prime)) found.push(one);
  return found;
};

// The first 32 bits of the part after the point, which the standard takes its constants from.
const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;

const START = primes(8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const BLOCK = 64;

const turned = (word, bits) => (word >>> bits) | (word << (32 - bits));

const padded = (text) => {
  const length = Math.ceil((text.length + 9) / BLOCK) * BLOCK;
  const bytes = new Uint8Array(length);
  bytes.set(Array.from(text, (letter) => letter.charCodeAt(0)));
  bytes[text.length] = 0x80;
  new DataView(bytes.buffer).setUint32(length - 4, text.length * 8);
  return new DataView(bytes.buffer);
};

const schedule = (view, offset) => {
  const words = Array.from({ length: 16 }, (_, index) => view.getInt32(offset + index * 4));
  for (let index = 16; index < 64; index += 1) {
    const [before, last] = [words[index - 15], words[index - 2]];
    const small = turned(before, 7) ^ turned(before, 18) ^ (before >>> 3);
    const large = turned(last, 17) ^ turned(last, 19) ^ (last >>> 10);
    words[index] = (words[index - 16] + small + words[index - 7] + large) | 0;
  }
  return words;
};

const mix = (state, words) => {
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 64; index += 1) {
    const large = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + large + ((e & f) ^ (~e & g)) + ROUNDS[index] + words[index]) | 0;
    const small = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + state[index]) | 0);
};

export const sha256 = (text) => {
  const view = padded(text);
  let state = START;
  for (let offset = 0; offset < view.byteLength; offset += BLOCK)
    state = mix(state, schedule(view, offset));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
};
