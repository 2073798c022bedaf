// Offers to read the page aloud where the device has a voice of its own for the page's language. Only
// this much is loaded with a page; read_aloud.js comes with the first tap.
import { useEffect } from "react";
import { phone } from "../storage/storage.js";

// Any other voice would send the words on the page to whoever runs it (ADR 0021).
const ownVoices = () => {
  const language = document.documentElement.lang.slice(0, 2);
  const all = window.speechSynthesis?.getVoices() ?? [];
  return all.filter(({ localService, lang }) => localService && lang.startsWith(language));
};

// The style sheet keeps the button's place and shows it once this is known.
const offer = () => document.documentElement.toggleAttribute("data-voice", ownVoices().length > 0);

export const useReadAloudOffer = () => {
  useEffect(() => {
    const { speechSynthesis } = window;
    offer();
    // Some devices load their voices late, and some of those do not say when they have.
    const late = setTimeout(offer, 2000);
    speechSynthesis?.addEventListener?.("voiceschanged", offer);
    return () => {
      clearTimeout(late);
      speechSynthesis?.removeEventListener?.("voiceschanged", offer);
    };
  }, []);
};

export const readAloud = async ({ currentTarget: button }) => {
  // Safari lets a page speak only once it has spoken within a tap.
  window.speechSynthesis.speak(new SpeechSynthesisUtterance(""));
  const status = button.nextElementSibling;
  status.textContent = "";
  try {
    (await import("./read_aloud.js")).startReading(button, status, ownVoices(), phone);
  } catch {
    status.textContent = status.dataset.failed;
  }
};
