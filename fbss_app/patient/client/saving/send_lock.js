// One sender at a time among the tabs of a browser and its service worker, by the browser's own locks.

// Longer than any call to the server lasts.
const PATIENCE = 40_000;

export const lockOf = (responseId) => `abs:send:${responseId}`;

// Runs the task once nobody else has the lock. Where there are no locks, or a tab that the browser
// has put to sleep keeps it, the task runs all the same: the server takes a doubled call.
export const alone = async (name, task) => {
  const { locks } = navigator;
  if (!locks) return task();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE);
  let hasBegun = false;
  try {
    return await locks.request(name, { signal: waiting.signal }, () => {
      hasBegun = true;
      clearTimeout(timer);
      return task();
    });
  } catch (error) {
    clearTimeout(timer);
    if (hasBegun) throw error;
    return task();
  }
};
