// Who gave the answers, in words. Mirrors fbss_app/domain/summary/given_words.py.
import { isConfirmedByPatient } from "./provenance.js";

const SIGN = "†";
export const SIGN_LEGEND = `${SIGN} Only the person with the pain can feel or know this; a helper answered.`;
export const NOT_A_SELF_REPORT = "Answered by a helper, so not a self-report.";
export const NOT_ANSWERED_YET = "Not answered yet";

const HOW = {
  self: "",
  "self-assisted": ", with help",
  "proxy-own-view": ", own view",
  "proxy-patient-view": ", as the patient would say",
};
const ORDER = Object.keys(HOW);

// Beside an answer.
export const markWords = (given) => {
  const who = given.role === "patient" ? "patient" : given.name || "helper";
  return `${who}${isConfirmedByPatient(given) ? ", confirmed by the patient" : HOW[given.perspective]}`;
};

// In a sentence.
export const fromWords = (given) => {
  const article = given.role === "patient" ? "the " : given.name ? "" : "a ";
  return `${article}${markWords(given)}`.replace(", own view", ", as the helper sees it");
};

// What is true of most answers; of several as common as each other that of the patient, else the first.
export const usualWords = (givens) => {
  const counted = new Map();
  for (const given of givens) {
    const words = markWords(given);
    const { count = 0, rank = ORDER.indexOf(given.perspective) } = counted.get(words) ?? {};
    counted.set(words, { count: count + 1, rank });
  }
  const [first] = [...counted].sort(([, a], [, b]) => b.count - a.count || a.rank - b.rank);
  return first ? first[0] : "";
};

export const reportedBy = (givens) => {
  const patients = givens.some(({ role }) => role === "patient") ? ["the patient"] : [];
  const helpers = givens
    .filter(({ role }) => role === "helper")
    .map(({ name }) => name || "a helper");
  const people = [...new Set([...patients, ...helpers])];
  const last = people.pop() ?? "the patient";
  const together = people.length ? `${people.join(", ")} and ${last}` : last;
  return patients.length || !helpers.length ? together : `${together} for the patient`;
};

// What the marks and the sign beside the answers mean.
export const originNotes = (givens, isSigned) => {
  const usual = usualWords(givens);
  const first = givens.find((given) => markWords(given) === usual);
  const isMixed = givens.some((given) => markWords(given) !== usual);
  const notes = [];
  if (isMixed) notes.push(`Answers that say nothing else are from ${fromWords(first)}.`);
  else if (first && usual !== "patient") notes.push(`All answers are from ${fromWords(first)}.`);
  if (isSigned) notes.push(SIGN_LEGEND);
  return notes;
};

// The sign behind answers that only the patient could give, where somebody else did.
export const signed = (answers, byProxy) =>
  byProxy && answers.length ? [...answers.slice(0, -1), `${answers.at(-1)} ${SIGN}`] : answers;
