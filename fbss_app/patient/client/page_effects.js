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
  const shown = useResponse((state) => `${state.view} ${state.question.key} ${state.repetitions.key}`);
  const isFirstView = useRef(true);
  useFocusOnArrival();

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

  useEffect(() => {
    if (isFirstView.current) isFirstView.current = false;
    else focus("main h1");
  }, [shown]);

  useEffect(() => {
    if (refusals) focus("#error-summary");
  }, [refusals]);
};
