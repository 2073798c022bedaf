// How long to wait before the next try. Times are in milliseconds.

const STEPS = [2, 5, 15, 30, 60].map((seconds) => seconds * 1000);
const LONGEST = 60 * 60 * 1000;

// `seconds` is what the server asked for, 0 where it did not. Phones that failed together do not
// come back together.
export const waitBefore = (attempt, seconds = 0) => {
  const own = STEPS[Math.min(attempt, STEPS.length) - 1] * (0.75 + Math.random() / 2);
  const asked = Math.min(seconds * 1000, LONGEST) * (1 + Math.random() / 4);
  return Math.max(own, asked);
};
