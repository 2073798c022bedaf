// The React side of the store: what a page does when it appears and when the question changes.
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { markReady } from "./early.js";
import { setNavigate } from "./place.js";

const focus = (selector) => {
  const element = document.querySelector(selector);
  if (!element) return;
  element.focus({ preventScroll: true });
  window.scrollTo(0, 0);
};

let hasArrived = false;

// A link to another page loads no document, so the browser does not move the focus by itself.
const useFocusOnArrival = () => {
  useEffect(() => {
    if (hasArrived && !window.location.hash) focus("main h1");
    hasArrived = true;
  }, []);
};

// The second of two quick taps is meant for the question that has just gone: it must not answer the
// one that came, or go past it. A mouse counts its clicks; a finger is known by its speed alone.
const SECOND_TAP_WITHIN = 500;
let cameAt = -Infinity;
let pointer = "";

const notePointer = (event) => {
  pointer = event.pointerType;
};

const dropSecondTap = (event) => {
  const isQuick = event.timeStamp - cameAt < SECOND_TAP_WITHIN;
  if (!isQuick || (event.detail < 2 && pointer !== "touch")) return;
  event.preventDefault();
  event.stopPropagation();
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

// Every page that shows or uses answers.
export const useResponsePage = (useResponse) => {
  const navigate = useNavigate();
  const start = useResponse((state) => state.start);
  useFocusOnArrival();
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
  const refusals = useResponse((state) => state.refusals);
  const removed = useResponse((state) => state.removed);
  const shown = useResponse((state) => `${state.view} ${state.question.key} ${state.repetitions.key}`);
  const isFirstView = useRef(true);
  useFocusOnArrival();
  useSingleTaps();

  useEffect(() => {
    setNavigate(navigate);
    start();
    openPlace(window.location.hash);
    markReady();
    const onPop = () => openPlace(window.location.hash);
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, [navigate, start, openPlace]);

  // A link on this page to another question is a router navigation.
  useEffect(() => {
    if (location.hash) openPlace(location.hash);
  }, [location.hash, location.key, openPlace]);

  // The button that was pressed is gone with what it removed or brought back.
  useEffect(() => {
    if (!isFirstView.current && document.activeElement === document.body) focus("main h1");
  }, [removed]);

  useEffect(() => {
    if (isFirstView.current) {
      isFirstView.current = false;
    } else {
      cameAt = performance.now();
      focus("main h1");
    }
  }, [shown]);

  useEffect(() => {
    if (refusals) focus("#error-summary");
  }, [refusals]);
};
