// A page of its own takes over the answers of the frame from which it was opened. They go from window to
// window on this device, and lie under the app's own names from then on.
import { useEffect } from "react";
import { create } from "zustand";
import { focusOn } from "../page/form_page.js";
import { toPage } from "../rules/place.js";
import { answeredIn, putShownAside } from "../storage/shelf.js";
import { LAST_USE, phone } from "../storage/storage.js";

const VERSION = 1;
const WAIT = 8000;
// The device itself is another matter: what it knows of its owner is asked once.
const OWN = new Set(["device", LAST_USE]);
const MINE = "mine";

// `step`: "asking", "hidden" where the frame hides its answers, or "failed".
export const useTakeOver = create(() => ({ step: "asking" }));

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const isMessage = (data, type) => isObject(data) && data.v === VERSION && data.type === `fbss:${type}`;

const entriesIn = (data) => {
  if (!isMessage(data, "answers") || !Array.isArray(data.entries)) return null;
  return data.entries.filter(
    (entry) =>
      Array.isArray(entry) && typeof entry[0] === "string" && /^[\w:.@-]+$/.test(entry[0]) && isObject(entry[1]),
  );
};

// Whoever answered in the frame answers on this device. Where its own author has the same role, the other
// goes by the id alone.
const allAuthors = (there, here) => ({
  ...Object.fromEntries(Object.values(there).map((id) => [id, id])),
  ...there,
  ...here,
});

// What somebody calls shared in the frame never gets among what this phone keeps for its owner, who called
// it theirs: it stays in this tab, and all of the owner's stays where it is.
const takeOwner = (device) => {
  if (!device) return;
  const { owner, authors, ...others } = device;
  const all = authors && { authors: allAuthors(authors, phone.device.authors) };
  phone.device = { ...others, ...phone.device, ...all };
  const isApart = owner && owner !== MINE && phone.device.owner === MINE;
  if (isApart) phone.device = { ...phone.device, owner, isApart };
  phone.setOwner(phone.device.owner || owner || "");
  phone.touch();
};

// Whether the answers here came from that frame before: the frame marked them as it handed them over, and
// each was made once, under a name of its own.
const goesOn = (questionnaire, entries) => {
  const name = `${questionnaire}:response`;
  const [here, there] = [phone.get(name) ?? {}, entries.get(name) ?? {}];
  if (here.id && there.id && here.id !== there.id) return false;
  const isMarked = there.handedOver && here.handedOver === there.handedOver;
  return isMarked || phone.names(`${questionnaire}:event:`).some((one) => entries.has(one));
};

const DRAFT = /(^|:)draft$/;

// A question that was answered here, or stands half answered, has moved on from the frame's draft.
const draftsBeside = (name, drafts) => {
  const answered = answeredIn(name.replace(DRAFT, "$1"));
  const news = Object.entries(drafts).filter(([key]) => !answered.has(key));
  return { ...Object.fromEntries(news), ...phone.get(name) };
};

// What was done here since stays; whatever else the frame holds comes to it.
const keep = (entries) => {
  phone.start();
  const own = new Map(entries.filter(([name]) => !OWN.has(name)));
  const shown = [...own.keys()].filter((name) => !name.startsWith("aside:"));
  const questionnaires = [...new Set(shown.map((name) => name.split(":")[0]))];
  const known = questionnaires.filter((questionnaire) => goesOn(questionnaire, own));
  const here = known.flatMap((questionnaire) => phone.read(`${questionnaire}:`));
  takeOwner(new Map(entries).get("device"));
  for (const questionnaire of questionnaires)
    if (!known.includes(questionnaire)) putShownAside(questionnaire);
  // A tab that keeps them apart goes on with a copy.
  for (const [name, value] of here) phone.write(name, value);
  // Drafts first: the frame's events are none of this page's yet.
  const drafts = [...own].filter(([name]) => DRAFT.test(name));
  for (const [name, value] of drafts) phone.write(name, draftsBeside(name, value));
  for (const [name, value] of own)
    if (!DRAFT.test(name)) phone.write(name, { ...value, ...phone.get(name) });
  // The person has just been there.
  phone.write(LAST_USE, { at: Date.now() });
  phone.changed();
};

const placeIn = (hash) => (/^#\/[\w/-]*$/.test(hash) ? hash.slice(1) : "/questionnaire");

const end = (step) => {
  useTakeOver.setState({ step });
  focusOn("take-over");
};

export const useTakeOverPage = (useResponse) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    if (!isReady) return undefined;
    const { opener, location } = window;
    const listen = ({ source, origin, data }) => {
      if (source !== opener || origin !== location.origin) return;
      const entries = entriesIn(data);
      const isHidden = isMessage(data, "hidden");
      if (entries || isHidden) clearTimeout(waiting);
      if (isHidden) end("hidden");
      if (!entries) return;
      keep(entries);
      opener.postMessage({ v: VERSION, type: "fbss:taken" }, origin);
      // Back must not lead here: the frame's answers would come once more.
      toPage(placeIn(location.hash), { replace: true });
    };
    const waiting = setTimeout(end, opener ? WAIT : 0, "failed");
    window.addEventListener("message", listen);
    // A window of another origin never hears it.
    opener?.postMessage({ v: VERSION, type: "fbss:take-over" }, location.origin);
    return () => {
      clearTimeout(waiting);
      window.removeEventListener("message", listen);
    };
  }, [isReady]);
};
