// The other responses that this phone holds, for the pages that offer to change over. The shelf itself
// is loaded only where something stands on it.
import { useEffect } from "react";
import { create } from "zustand";
import { dayText, focusOn } from "./form_page.js";
import { phone } from "./storage.js";

const EMPTY = Object.freeze({ others: [], asked: "", isRemoved: false });
export const useHeld = create(() => EMPTY);

const shelf = () => import("./shelf.js");

const rowOf = (held) => ({
  id: held.id,
  name: held.name ?? "",
  role: held.role ?? "patient",
  unsent: Boolean(held.unsent),
  savedOn: dayText(held.usedAt),
});

const show = async (changes = {}) => {
  const others = phone.holdsOthers?.() === false ? [] : (await shelf()).heldResponses();
  useHeld.setState({ ...changes, others: others.map(rowOf) });
};

export const askToRemoveHeld = (id) => {
  useHeld.setState({ asked: id, isRemoved: false });
  focusOn(`remove-${id}`);
};

export const keepHeld = () => useHeld.setState({ asked: "" });

export const removeHeldNow = async (id) => {
  (await shelf()).removeHeld(id);
  await show({ asked: "", isRemoved: true });
};

export const changeToHeld = async (useResponse, id) => {
  await (await shelf()).switchTo(id);
  await show({ asked: "", isRemoved: false });
};

export const useHeldPage = (useResponse) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    if (isReady) show();
    return () => useHeld.setState(EMPTY);
  }, [isReady]);
};
