// What the store of a response holds before anything is known of this phone.
import { EMPTY_DRAFT } from "../rules/drafts.js";

export const NO_URGENT = Object.freeze({
  key: "", urgency: "", signs: [], actions: [], calls: [], advice: "", relay: "", relayAdvice: "",
});
const NO_INTERRUPTION = Object.freeze({
  key: "", title: "", text: "", detail: "", label: "", answers: [], caption: "",
});
export const NO_LIST = Object.freeze({
  key: "", linkId: "", title: "", text: "", name: "", caption: "", rows: [], canRemove: false, canAdd: false,
});
const NO_SUMMARY = Object.freeze({
  blocks: [], flags: [], questions: [], moreQuestions: [], by: "", marks: "", signsAnsweredOn: "", version: "",
  instruments: "", credits: [],
});

// `prerendered` is the question that the page was built with.
export const stateAtFirst = (questionnaire, prerendered, helpNumbers) => ({
  ready: false,
  // Nobody has used the app for so long that no page shows an answer.
  hidden: false,
  isOpen: false,
  view: "question",
  mode: "",
  isFirst: true,
  question: prerendered,
  draft: EMPTY_DRAFT,
  problem: "",
  refusals: 0,
  moves: 0,
  urgent: NO_URGENT,
  interruption: NO_INTERRUPTION,
  repetitions: NO_LIST,
  removed: "",
  stages: [],
  checkSections: [],
  summary: NO_SUMMARY,
  conditions: Object.fromEntries(questionnaire.conditionNames.map((name) => [name, false])),
  helper: false,
  ...helpNumbers,
  hasAnswers: false,
  isComplete: false,
  owner: "",
  storageNotice: "",
  expiredNotice: "",
  isClearing: false,
  cleared: false,
  hasConsent: false,
  sync: "local",
  statusText: "",
  printedOn: "",
  // Of the way to the server: the role of this phone's link, who takes part, what has just come.
  role: "patient",
  canManage: true,
  participants: [],
  isReadOnly: false,
  linkEnded: false,
  canExportUnsent: false,
  arrived: "",
  // What a helper gave and the patient has not confirmed.
  unconfirmed: { count: 0, note: "", sections: [] },
});
