// The React side of the store: what a page does when it appears and when the question changes.
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { markReady } from "../page/early.js";
import { setNavigate } from "../rules/place.js";
import { toTop } from "../page/scrolling.js";

const focus = (selector) => {
  const element = document.querySelector(selector);
  if (!element) return;
  element.focus({ preventScroll: true });
  toTop();
};

// Moving the focus makes the browser lay the page out once more: the next question is painted first.
// On a slow phone somebody may have gone into one of its fields by then, and stays there.
const focusAfterPaint = (selector) => {
  toTop();
  const before = document.activeElement;
  const isTakenUp = (element) => element !== before && element?.matches("input, select, textarea");
  requestAnimationFrame(() =>
    setTimeout(() => isTakenUp(document.activeElement) || focus(selector)),
  );
};

// The second of two quick taps is meant for what has just gone: it must not answer the question that
// the first one brought, or go past it. A mouse counts its clicks; a finger is known by its speed.
const SECOND_TAP_WITHIN = 500;
let pointer = "";
let clickedAt = -Infinity;
let leftAt = -Infinity;

const notePointer = (event) => {
  pointer = event.pointerType;
};

const dropSecondTap = (event) => {
  const isQuick = event.timeStamp - leftAt < SECOND_TAP_WITHIN;
  clickedAt = event.timeStamp;
  if (!isQuick || (event.detail < 2 && pointer !== "touch")) return;
  event.preventDefault();
  event.stopPropagation();
};

const noteArrival = () => {
  leftAt = clickedAt;
};

const useSingleTaps = () => {
  useEffect(() => {
    window.addEventListener("pointerdown", notePointer, true);
    window.addEventListener("click", dropSecondTap, true);
    return () => {
      window.removeEventListener("pointerdown", notePointer, true);
      window.removeEventListener("click", dropSecondTap, true);
    };
  }, []);
};

// A page that reads all answers back fetches what works them out: a first visit to the questions does
// without it.
export const useReview = (useResponse) => {
  useEffect(() => {
    const { reviewWith } = useResponse.getState();
    const { dataset } = document.documentElement;
    // The page is there once it shows the answers.
    delete dataset.ready;
    import("../review/review.js")
      .then(({ reviewOf }) => reviewWith(reviewOf))
      .finally(() => {
        dataset.ready = "";
      });
  }, [useResponse]);
};

let hasArrived = false;

// A link to another page loads no document, so the browser does not move the focus by itself.
const useFocusOnArrival = () => {
  useEffect(() => {
    if (hasArrived) noteArrival();
    if (hasArrived && !window.location.hash) focus("main h1");
    hasArrived = true;
  }, []);
};

// A button that does its work and goes would leave the focus nowhere. It goes to the nearest place
// around the button that is still there.
const useFocusNeverLost = (useResponse) => {
  useEffect(() => {
    let last = null;
    let places = [];
    const remember = ({ target }) => {
      last = target;
      places = [];
      for (let place = target.parentElement; place; place = place.parentElement)
        if (place.matches('[tabindex="-1"]')) places.push(place);
    };
    const restore = () => {
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      places.find((place) => place.isConnected)?.focus({ preventScroll: true });
    };
    document.addEventListener("focusin", remember);
    const unsubscribe = useResponse.subscribe(() => requestAnimationFrame(restore));
    return () => {
      document.removeEventListener("focusin", remember);
      unsubscribe();
    };
  }, [useResponse]);
};

const useFocusOnProblems = (useResponse) => {
  const refusals = useResponse((state) => state.refusals);
  const seen = useRef(refusals);
  useEffect(() => {
    if (refusals !== seen.current) focus("#error-summary");
    seen.current = refusals;
  }, [refusals]);
};

// What stands in place of the answers while they are hidden.
const useHidden = (useResponse) => {
  const hidden = useResponse((state) => state.hidden);
  useEffect(() => {
    if (hidden) import("../hiding/hidden_answers.js").then(({ showHidden }) => showHidden(useResponse));
  }, [hidden, useResponse]);
};

const useEveryPage = (useResponse) => {
  useFocusOnArrival();
  useSingleTaps();
  useFocusOnProblems(useResponse);
  useFocusNeverLost(useResponse);
  useHidden(useResponse);
};

// Every page that shows or uses answers, but for the questions.
export const useResponsePage = (useResponse) => {
  const navigate = useNavigate();
  const start = useResponse((state) => state.start);
  useEveryPage(useResponse);
  useEffect(() => {
    setNavigate(navigate);
    start();
    markReady();
  }, [navigate, start]);
};

// The page of questions: follows the address, and moves the focus to what is new.
export const useQuestionnairePage = (useResponse) => {
  const navigate = useNavigate();
  const location = useLocation();
  const start = useResponse((state) => state.start);
  const openPlace = useResponse((state) => state.openPlace);
  const removed = useResponse((state) => state.removed);
  const shown = useResponse((state) => `${state.view} ${state.question.key} ${state.repetitions.key}`);
  const isFirstView = useRef(true);
  const isFirstLocation = useRef(true);
  useEveryPage(useResponse);

  useEffect(() => {
    setNavigate(navigate);
    start();
    openPlace(window.location.hash);
    markReady();
    const onPop = () => openPlace(window.location.hash);
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, [navigate, start, openPlace]);

  // A link on this page to another question is a router navigation. The address it came with was
  // opened above, and an early Continue may have led on from there.
  useEffect(() => {
    if (isFirstLocation.current) isFirstLocation.current = false;
    else if (location.hash) openPlace(location.hash);
  }, [location.hash, location.key, openPlace]);

  // The button that was pressed is gone with what it removed or brought back.
  useEffect(() => {
    if (!isFirstView.current && document.activeElement === document.body) focus("main h1");
  }, [removed]);

  useEffect(() => {
    if (isFirstView.current) {
      isFirstView.current = false;
    } else {
      noteArrival();
      focusAfterPaint("main h1");
    }
  }, [shown]);
};
