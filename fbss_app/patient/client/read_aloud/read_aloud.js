// Reads the page aloud, marks what is being read and keeps it in view. Loaded with the first tap on
// "Listen"; read_aloud_offer.js hands over what it needs, so that no module of a page is shared.
import { makePanel } from "./read_aloud_panel.js";
import { chooseVoice, partsOf, Speech } from "./read_aloud_speech.js";
import { blocksOf } from "./read_aloud_text.js";

const RATES = { slower: 0.8, normal: 1, faster: 1.25 };
const REMEMBERED = "listening";
const MARK = "data-reading";

const speedFrom = (kept) => (Object.hasOwn(RATES, kept?.speed ?? "") ? kept.speed : "normal");

const wantsNoMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// The height over the controls; all of it where they stand in the flow of a frame.
const roomOver = (panel) =>
  getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().top : window.innerHeight;

const bringIntoView = (element, panel) => {
  const { top, bottom, height } = element.getBoundingClientRect();
  const room = roomOver(panel);
  if (top >= 0 && bottom <= room) return;
  const block = height < room / 2 ? "center" : "start";
  element.scrollIntoView({ block, behavior: wantsNoMotion() ? "instant" : "smooth" });
};

const mark = (element) => {
  document.querySelector(`[${MARK}]`)?.removeAttribute(MARK);
  element?.setAttribute(MARK, "");
};

// `button` is the one that was pressed, `status` the line that tells what went wrong, `phone` the
// storage of storage.js.
export const startReading = (button, status, voices, phone) => {
  const root = document.documentElement;
  if (root.hasAttribute("data-listening")) return;
  const { href } = window.location;
  const stops = new AbortController();
  const parts = blocksOf(document.querySelector("main")).flatMap(({ element, text }) =>
    partsOf(text).map((part) => ({ element, text: part })),
  );
  const voice = chooseVoice(voices);
  if (!voice || !parts.length) throw new Error("no voice, or nothing to read");
  const speed = speedFrom(phone.get(REMEMBERED));

  const stop = () => {
    if (stops.signal.aborted) return;
    stops.abort();
    changes.disconnect();
    speech.pause();
    mark(null);
    root.removeAttribute("data-listening");
    const hadFocus = panel.contains(document.activeElement);
    panel.remove();
    if (hadFocus && button.isConnected) button.focus({ preventScroll: true });
  };
  const play = (isPlaying) => {
    if (isPlaying) speech.play();
    else speech.pause();
    showPlaying(isPlaying);
  };
  const { panel, toggle, showPlaying } = makePanel(speed, {
    toggle: () => play(!speech.isPlaying),
    stop,
    speed: (chosen) => {
      phone.write(REMEMBERED, { speed: chosen });
      speech.setRate(RATES[chosen]);
    },
  });
  const speech = new Speech(parts, voice, RATES[speed], {
    part: ({ element }) => {
      if (element.hasAttribute(MARK)) return;
      mark(element);
      bringIntoView(element, panel);
    },
    end: stop,
    failure: () => {
      stop();
      status.textContent = status.dataset.failed;
    },
  });
  // Another page or question: what is being read is no longer what is shown.
  const changes = new MutationObserver(() => {
    const isGone = ({ element }) => !element.isConnected;
    if (window.location.href !== href || parts.some(isGone)) stop();
  });
  changes.observe(document.body, { childList: true, subtree: true, characterData: true });
  window.addEventListener("pagehide", stop, { signal: stops.signal });
  document.addEventListener(
    "visibilitychange",
    () => document.hidden && speech.isPlaying && play(false),
    { signal: stops.signal },
  );

  button.parentElement.append(panel);
  root.toggleAttribute("data-listening", true);
  toggle.focus({ preventScroll: true });
  speech.play();
};
