// Speaks texts one after the other with one voice of the device. Knows nothing of the page.

const LONGEST_PART = 180;
// A voice that has not begun by then will not.
const BEGINS_WITHIN = 10_000;

const SENTENCE = /.+?(?:[.!?]["”’)]*(?=\s|$)|$)/gs;

const shortParts = (sentence) => {
  if (sentence.length <= LONGEST_PART) return [sentence];
  const start = sentence.slice(0, LONGEST_PART);
  const end = [", ", "; ", ": ", " "].map((mark) => start.lastIndexOf(mark) + 1).find(Boolean);
  const length = end || LONGEST_PART;
  return [sentence.slice(0, length), ...shortParts(sentence.slice(length))];
};

// Sentences, and pieces of long ones: some browsers break off an utterance after 15 seconds.
export const partsOf = (text) =>
  (text.match(SENTENCE) ?? [])
    .flatMap((sentence) => shortParts(sentence.trim()))
    .map((part) => part.trim())
    .filter(Boolean);

// Of the device's voices the one that its owner is used to, else a British one.
export const chooseVoice = (voices) =>
  voices.find((voice) => voice.default) ??
  voices.find(({ lang }) => lang.replace("_", "-") === "en-GB") ??
  voices[0];

export class Speech {
  // `parts` is a list of {text, ...}. `on` has the functions part, end and failure.
  constructor(parts, voice, rate, on) {
    Object.assign(this, { parts, voice, rate, on, position: 0, isPlaying: false });
  }

  // Begins, or goes on with the part that was broken off. The browser's own pause is not used: on
  // Android it does nothing.
  play() {
    this.pause();
    this.isPlaying = true;
    speechSynthesis.resume();
    this.speak();
  }

  pause() {
    this.isPlaying = false;
    this.utterance = null;
    clearTimeout(this.waiting);
    speechSynthesis.cancel();
  }

  setRate(rate) {
    this.rate = rate;
    if (this.isPlaying) this.play();
  }

  speak() {
    const part = this.parts[this.position];
    if (!part) {
      this.pause();
      this.on.end();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(part.text);
    Object.assign(utterance, { voice: this.voice, lang: this.voice.lang, rate: this.rate });
    const ifCurrent = (act) => () => this.utterance === utterance && act();
    utterance.onstart = () => clearTimeout(this.waiting);
    utterance.onend = ifCurrent(() => {
      this.position += 1;
      this.speak();
    });
    const fail = ifCurrent(() => {
      this.pause();
      this.on.failure();
    });
    utterance.onerror = fail;
    // Held here as well because Chrome never tells the end of one that only it still knows.
    this.utterance = utterance;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(fail, BEGINS_WITHIN);
    this.on.part(part);
    speechSynthesis.speak(utterance);
  }
}
