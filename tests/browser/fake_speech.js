// A device that speaks, in the place of the browser's own: keeps what it is told to say in `speech.said`,
// and says it until `speech.end()`, or at once where `speech.isFast`.
(() => {
  const own = { name: "Own", lang: "en-GB", localService: true, default: false };
  const far = { name: "Far", lang: "en-GB", localService: false, default: true };
  const foreign = { name: "Foreign", lang: "de-DE", localService: true, default: false };
  const listeners = new Set();
  const speech = {
    said: [],
    isFast: false,
    current: null,
    voices: [far, foreign, own],
    changeVoices(names) {
      speech.voices = [far, foreign, own].filter(({ name }) => names.includes(name));
      listeners.forEach((listener) => listener());
    },
    end() {
      const ended = speech.current;
      speech.current = null;
      ended?.onend();
    },
    fail() {
      const failed = speech.current;
      speech.current = null;
      failed?.onerror({ error: "synthesis-failed" });
    },
  };
  window.speech = speech;
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  const synthesis = {
    getVoices: () => speech.voices,
    addEventListener: (type, listener) => listeners.add(listener),
    removeEventListener: (type, listener) => listeners.delete(listener),
    speak(utterance) {
      // Said empty within the tap, so that a later word is allowed.
      if (!utterance.text) return;
      speech.said.push({ text: utterance.text, rate: utterance.rate, voice: utterance.voice.name });
      speech.current = utterance;
      queueMicrotask(() => utterance.onstart());
      if (speech.isFast) setTimeout(() => speech.current === utterance && speech.end());
    },
    cancel() {
      const cut = speech.current;
      speech.current = null;
      cut?.onerror({ error: "interrupted" });
    },
    resume() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
})();
