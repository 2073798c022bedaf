// Where a person stands in a questionnaire, as the address shows it: `#step`, `#change/step`,
// `#urgent/step`, `#confirm/step`, `#sections`, with a step as address.js names it. One history entry a question, so that the phone's own
// Back works. Entries are pushed beside React Router, with its own bookkeeping (key, idx) carried on,
// because a router navigation would draw the whole page again on every tap.

const MODES = new Set(["change", "urgent", "confirm"]);
const VIEWS = { urgent: "urgent", confirm: "interruption" };

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

// What an address names; null when it names no place of a questionnaire.
export const placeOf = (hash) => {
  const name = decoded(hash.replace(/^#/, ""));
  if (!name) return null;
  if (name === "sections") return { view: "sections", mode: "", address: "" };
  const [first, ...rest] = name.split("/");
  if (!MODES.has(first)) return { view: "", mode: "", address: name };
  const change = rest[0] === "change";
  return {
    view: VIEWS[first] ?? "",
    mode: first === "change" || change ? "change" : "",
    address: rest.at(-1),
  };
};

const hashOf = ({ view, mode, address }) => {
  if (view === "sections") return "#sections";
  const kind = Object.keys(VIEWS).find((name) => VIEWS[name] === view);
  const parts = [kind, mode === "change" && "change", address];
  return `#${parts.filter(Boolean).join("/")}`;
};

export const pushPlace = (place) => {
  const state = window.history.state ?? {};
  const key = Math.random().toString(36).slice(2);
  const entry = { ...state, key, idx: (state.idx ?? 0) + 1, moves: (state.moves ?? 0) + 1 };
  window.history.pushState(entry, "", hashOf(place));
};

export const replacePlace = (place) =>
  window.history.replaceState(window.history.state, "", hashOf(place));

let navigate = null;

export const setNavigate = (router) => {
  navigate = router;
};

export const toPage = (href, how) => (navigate ? navigate(href, how) : window.location.assign(href));

const VIEW_TITLES = { sections: "Your progress", urgent: "Get help" };

// "Error: Question – Section – App"; never an answer.
export const titlePage = ({ view, question, repetitions, interruption, problem }) => {
  const own = ({ repetitions, interruption }[view] ?? question).title;
  const title = `${VIEW_TITLES[view] ?? own} – After Back Surgery`;
  document.title = problem ? `Error: ${title}` : title;
};
