// Leaves a call for the service worker, where the browser wakes it once there is a connection. Nothing
// depends on it: the events stay in the outbox until the server has confirmed them to the page.
import { dropFrom, leaveIn, unsentIn } from "./unsent_store.js";
import { phone } from "../storage/storage.js";

const TAG = "abs-send";

// The registration of a worker that the browser wakes; null where there is none. A call of a shared
// phone would stay behind when its tab is closed.
export const workerThatSends = async () => {
  if (phone.device.owner !== "mine") return null;
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    return registration?.sync ? registration : null;
  } catch {
    return null;
  }
};

export const leaveForWorker = async (registration, id, request) => {
  try {
    await leaveIn("requests", { ...request, id }, true);
    await registration.sync.register(TAG);
  } catch {
    // The browser does not allow it: the page sends by itself.
  }
};

export const takeRepliesOfWorker = async (id) => {
  try {
    const replies = await unsentIn("replies");
    return replies.filter((one) => one.id === id).map(({ reply }) => reply);
  } catch {
    return [];
  }
};

export const takeBackFromWorker = async (id) => {
  try {
    await dropFrom("requests", id);
    await dropFrom("replies", id);
  } catch {
    // There is no such database: nothing was left.
  }
};
