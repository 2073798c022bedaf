// Stand-in until the store's own shelf is here.
import { phone } from "./storage.js";

export const heldResponses = () => [];
export const openResponse = async (record) => {
  phone.write("after-back-surgery:response", { ...record, isKnown: true, cursor: 0, consent: {} });
  phone.listeners.forEach((listener) => listener());
};
export const switchTo = async () => {};
export const removeHeld = async () => {};
