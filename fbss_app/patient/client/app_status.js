// What concerns the whole app on this phone: the service worker, a new version, the connection.
import { create } from "zustand";
import { useEffect } from "react";
import { base, clinic, isFramed } from "./page/base.js";
import { phone } from "./storage/storage.js";

const HOUR = 60 * 60 * 1000;

export const useAppStatus = create(() => ({ isOffline: false, hasUpdate: false, wentOn: false }));

let registration = null;
let isApplying = false;
let isControlled = false;

// Not where storage failed: answers that only this page holds would not outlive the new load.
const offerUpdate = () => useAppStatus.setState({ hasUpdate: !phone.problem });

const offerWaiting = () => {
  if (registration.waiting && isControlled) offerUpdate();
};

// The new worker takes over only when a person asks for it; then the page is loaded anew.
export const applyUpdate = () => {
  isApplying = true;
  if (registration.waiting) registration.waiting.postMessage({ type: "SKIP_WAITING" });
  else window.location.reload();
};

const onNewController = () => {
  if (isApplying) window.location.reload();
  // A person asked for it in another tab; this one decides for itself when.
  else if (isControlled) offerUpdate();
  isControlled = true;
};

const look = () => registration?.update().catch(() => {});

const register = async () => {
  if (!("serviceWorker" in navigator) || registration) return;
  isControlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", onNewController);
  try {
    registration = await navigator.serviceWorker.register("/sw.js");
  } catch {
    return;
  }
  if (clinic) import("./embed/kept_pages.js").then(({ keepPages }) => keepPages(base));
  const followInstalling = () =>
    registration.installing?.addEventListener("statechange", offerWaiting);
  offerWaiting();
  followInstalling();
  registration.addEventListener("updatefound", followInstalling);
  setInterval(look, HOUR);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
};

export const useAppStatusUpdates = (useResponse) => {
  useEffect(() => {
    const update = () => useAppStatus.setState({ isOffline: !navigator.onLine });
    update();
    window.addEventListener("online", update);
    window.addEventListener("offline", update);
    // A frame never relies on what a browser may keep from it.
    if (isFramed) import("./embed/framed.js").then(({ startFramed }) =>
        // What is saved goes on in both places.
        startFramed(useResponse.getState, () =>
          useAppStatus.setState({ wentOn: !useResponse.getState().hasConsent }),
        ),
      );
    else register();
    return () => {
      window.removeEventListener("online", update);
      window.removeEventListener("offline", update);
    };
  }, []);
};
