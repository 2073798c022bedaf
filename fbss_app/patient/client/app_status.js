// What concerns the whole app on this phone: the service worker, a new version, the connection.
import { create } from "zustand";
import { useEffect } from "react";

const HOUR = 60 * 60 * 1000;

export const useAppStatus = create(() => ({ isOffline: false, hasUpdate: false }));

let registration = null;
let isReloading = false;

const offerUpdate = () => {
  if (registration?.waiting && navigator.serviceWorker.controller)
    useAppStatus.setState({ hasUpdate: true });
};

// The new worker takes over only when a person asks for it; then the page is loaded anew.
export const applyUpdate = () => {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isReloading) return;
    isReloading = true;
    window.location.reload();
  });
  registration.waiting.postMessage({ type: "SKIP_WAITING" });
};

const look = () => registration?.update().catch(() => {});

const register = async () => {
  if (!("serviceWorker" in navigator) || registration) return;
  try {
    registration = await navigator.serviceWorker.register("/sw.js");
  } catch {
    return;
  }
  offerUpdate();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offerUpdate);
  });
  setInterval(look, HOUR);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
};

export const useAppStatusUpdates = () => {
  useEffect(() => {
    const update = () => useAppStatus.setState({ isOffline: !navigator.onLine });
    update();
    window.addEventListener("online", update);
    window.addEventListener("offline", update);
    register();
    return () => {
      window.removeEventListener("online", update);
      window.removeEventListener("offline", update);
    };
  }, []);
};
