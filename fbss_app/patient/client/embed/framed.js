// What a page in a frame says to the page around it, and hears from it. Nothing of what it says tells an
// answer, a score or a step: host pages run trackers. docs/embedding.md describes every message.
import { base, clinic, ownPath } from "../page/base.js";
import { phone } from "../storage/storage.js";

const VERSION = 1;
const LEAST_CHANGE = 4;
const LOWEST = 200;
const HIGHEST = 20_000;
// Until then the frame shows no scroll bar: it would come and go with every question.
const TIME_TO_GROW = 1000;
const TAKE_OVER = "/take-over";

const root = document.documentElement;
const sites = (root.dataset.sites ?? "").split(" ").filter(Boolean);

// The origin of the page around this one, once it has said that it listens.
let host = "";
let wantsCompleted = false;
let told = 0;
let isMeasuring = false;
let growing;

const say = (type, more = {}) => {
  if (host) window.parent.postMessage({ v: VERSION, type: `fbss:${type}`, ...more }, host);
};

// WebKit lets no frame of another site scroll the page around it.
const sayPlace = (top) => say("scroll", { y: Math.min(Math.max(Math.floor(top), 0), HIGHEST) });

const isGrown = (height) => window.innerHeight > height - LEAST_CHANGE;

// A host may hold the frame lower than its content, by a rule of its own.
const allowScrolling = () => {
  if (!isGrown(told)) root.removeAttribute("data-sized");
};

const sayHeight = () => {
  isMeasuring = false;
  const found = Math.ceil(document.body.getBoundingClientRect().height);
  const height = Math.min(Math.max(found, LOWEST), HIGHEST);
  // A scroll bar makes the page narrower and higher: without a new height it goes once the frame has this one.
  if (found > HIGHEST) root.removeAttribute("data-sized");
  else if (host && (!told || isGrown(found))) root.setAttribute("data-sized", "");
  clearTimeout(growing);
  growing = setTimeout(allowScrolling, TIME_TO_GROW);
  if (Math.abs(height - told) < LEAST_CHANGE) return;
  told = height;
  say("height", { h: height });
};

const measure = () => {
  if (isMeasuring) return;
  isMeasuring = true;
  requestAnimationFrame(sayHeight);
};

const isMessage = (data, type) =>
  typeof data === "object" && data !== null && data.v === VERSION && data.type === `fbss:${type}`;

const hearHost = ({ source, origin, data }) => {
  const isHost = source === window.parent && source !== window && sites.includes(origin);
  if (!isHost || !isMessage(data, "hello")) return;
  host = origin;
  wantsCompleted = data.completed === true;
  told = 0;
  say("ready");
  measure();
};

const holdsAnswers = (name) => name.includes(":event:") || name.endsWith(":draft");

// By its mark a page of its own knows answers again that it has taken over before. The id is another matter:
// it is the server's, once for each place that saves.
const mark = (questionnaire) => {
  const name = `${questionnaire}:response`;
  const record = phone.get(name) ?? {};
  const handedOver = `${Date.now()}.${Math.random()}`;
  if (!record.handedOver) phone.write(name, { ...record, handedOver });
};

const handOver = () => {
  const shown = phone.names("").filter((name) => holdsAnswers(name) && !name.startsWith("aside:"));
  new Set(shown.map((name) => name.split(":")[0])).forEach(mark);
  return phone.read("");
};

// The page that was opened from here asks for what this frame holds; both are of one origin. Answers that
// are hidden because nobody was there for a while stay: whoever asks now may be somebody else.
const hearOwnPage = ({ source, origin, data }) => {
  if (origin !== window.location.origin || source === window || source?.opener !== window) return;
  const answer = (type, more) => source.postMessage({ v: VERSION, type: `fbss:${type}`, ...more }, origin);
  if (isMessage(data, "take-over")) {
    if (response().hidden || phone.isIdle) answer("hidden");
    else answer("answers", { entries: handOver() });
  }
  if (isMessage(data, "taken")) onWentOn();
};

const pageOf = (link) => {
  const { origin, pathname } = new URL(link.href);
  return origin === window.location.origin && `${pathname}/`.startsWith(`${base}/`);
};

// Another site may not be shown in this frame, and a PDF cannot. Both get a page of their own.
const leaveFrame = ({ target }) => {
  const link = target.closest?.("a[href]");
  if (!link || link.hasAttribute("download") || !/^https?:$/.test(link.protocol)) return;
  if ("ownPage" in link.dataset) {
    // Answers come along by way of a page that asks for them.
    const holds = phone.names("").some(holdsAnswers);
    const path = holds ? TAKE_OVER : ownPath();
    link.href = `/c/${clinic.slug}${path === "/" ? "" : path}${holds ? `#${ownPath()}` : ""}`;
  } else if (!pageOf(link)) {
    link.target = "_blank";
    link.rel = "noopener";
  }
};

// The link itself brings its target into view, where the engine lets it. Of a question this is its top.
const tellPlace = ({ target }) => {
  const link = target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (place) sayPlace((place.closest("[data-field]") ?? place).getBoundingClientRect().top);
};

let hasStarted = false;
let response;
let onWentOn;

// `getState` gives the state of the response that the page is about; `wentOn` is called once the answers
// have gone along to a page of their own. Each page says it anew.
export const startFramed = (getState, wentOn) => {
  response = getState;
  onWentOn = wentOn;
  if (hasStarted) return;
  hasStarted = true;
  window.addEventListener("message", hearHost);
  window.addEventListener("message", hearOwnPage);
  window.addEventListener("abs:top", () => say("scroll"));
  window.addEventListener("abs:reveal", ({ detail }) => sayPlace(detail));
  window.addEventListener("abs:completed", () => wantsCompleted && say("completed"));
  document.addEventListener("click", leaveFrame, true);
  document.addEventListener("click", tellPlace);
  window.addEventListener("resize", measure);
  new ResizeObserver(measure).observe(document.body);
};
