// Works on cases from stdin, one JSON a line, and prints what comes of each: {text} gives its parts,
// {voices} the chosen voice, and {texts, steps} what is said and told while the steps are taken.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { chooseVoice, partsOf, Speech } = await import(
  pathToFileURL(`${process.argv[2]}/read_aloud_speech.js`)
);

let log = [];
let current = null;
let timers = new Set();

globalThis.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};
globalThis.speechSynthesis = {
  speak: (utterance) => {
    current = utterance;
    log.push(`says ${utterance.text} at ${utterance.rate} with ${utterance.voice.name}`);
  },
  cancel: () => {
    const cut = current;
    current = null;
    // Browsers tell of what was broken off, as an error or as an end.
    cut?.onerror?.({ error: "interrupted" });
    cut?.onend?.();
  },
  resume: () => {},
};
globalThis.setTimeout = (act) => {
  timers.add(act);
  return act;
};
globalThis.clearTimeout = (act) => timers.delete(act);

const STEPS = {
  play: (speech) => speech.play(),
  pause: (speech) => speech.pause(),
  faster: (speech) => speech.setRate(1.25),
  begins: () => current.onstart(),
  ends: () => {
    const { onend } = current;
    current = null;
    onend();
  },
  fails: () => current.onerror({ error: "synthesis-failed" }),
  "time passes": () => [...timers].forEach((act) => act()),
};

const tellAll = ({ texts, steps }) => {
  log = [];
  current = null;
  timers = new Set();
  const speech = new Speech(texts.map((text) => ({ text })), { name: "own", lang: "en-GB" }, 1, {
    part: ({ text }) => log.push(`shows ${text}`),
    end: () => log.push("end"),
    failure: () => log.push("failure"),
  });
  steps.forEach((step) => STEPS[step](speech));
  return { log, isPlaying: speech.isPlaying };
};

const answer = (given) => {
  if (given.text !== undefined) return partsOf(given.text);
  if (given.voices) return chooseVoice(given.voices)?.name ?? null;
  return tellAll(given);
};

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(answer(JSON.parse(line))));
