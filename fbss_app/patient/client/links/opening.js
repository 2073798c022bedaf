// Opens the answers of a link or a code on this phone. A link's secret stands after the # of the
// address; an inline script of the page takes it out of there before anything else runs.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call, waitText } from "../page/calls.js";
import { areNone, dayText, focusOn } from "../page/form_page.js";
import { isSecret, takeSecret } from "./link_secret.js";
import { yearIn } from "./return_code.js";
import { recordOf } from "../saving/server_copy.js";
import { mayReveal } from "./reopening.js";
import { openResponse } from "../storage/shelf.js";
import { phone } from "../storage/storage.js";

const CODE_LETTERS = 10;

// `step`: "starting", then "form", "opening", "failed", "choose", "already" or "opened".
const START = Object.freeze({
  step: "starting", isBusy: false, failure: "", wait: "", problems: [],
  role: "", name: "", relationship: "", isHelped: false, until: "", stays: false,
});
export const useOpening = create(() => START);

const show = (state) =>
  useOpening.setState({ isBusy: false, failure: "", problems: [], ...state });

// In memory only, so that a call that failed can be made again.
let secret = "";
let opened = null;

const ownEntry = (reply) => reply.participants.find(({ id }) => id === reply.participant) ?? {};

const finish = (step, stays = false) => {
  secret = "";
  opened = null;
  show({ step, stays });
  focusOn("opened");
};

// What was answered so far is fetched first, so that the next page shows it.
const keep = async (useResponse) => {
  show({ step: "opening" });
  openResponse(opened);
  await useResponse.getState().send(true);
  finish("opened");
};

// The capability that this phone has already is at least as good as the one that was opened.
const isEnough = (record, state) =>
  !state.linkEnded && (record.can_manage || record.role === opened.role);

// On a shared phone the answers in this tab stay hidden from whoever comes with another link.
const refuseOther = () => {
  show({ step: "failed", failure: "other" });
  focusOn("failed");
};

const takeIn = async (reply, key, { questionnaire, useResponse }) => {
  const { response_id: id, role, participants, expires_at } = reply;
  const { can_manage, participant } = reply;
  opened = { id, secret: key, questionnaire, role, can_manage, participant, participants, expires_at };
  show({
    role,
    name: reply.name ?? "",
    relationship: ownEntry(reply).relationship ?? "",
    until: dayText(expires_at),
  });
  const record = recordOf(questionnaire);
  if (useResponse.getState().hidden) {
    if (phone.device.owner !== "mine" && !mayReveal(record, reply)) return refuseOther();
    useResponse.getState().reveal();
  }
  const state = useResponse.getState();
  if (record.id === id && isEnough(record, state)) return finish("already");
  if (record.id !== id && state.hasAnswers) {
    show({ step: "choose" });
    return focusOn("choose");
  }
  return keep(useResponse);
};

const fail = (error, failed) => {
  if (!(error instanceof CallProblem)) throw error;
  failed(error.kind, error.seconds ? waitText(error.seconds) : "a few minutes");
};

const openLink = async (response) => {
  show({ step: "opening" });
  try {
    const reply = await call("/links/open", { method: "POST", secret, body: {} });
    await takeIn(await reply.json(), secret, response);
  } catch (error) {
    fail(error, (failure, wait) => {
      show({ step: "failed", failure, wait });
      focusOn("failed");
    });
  }
};

const lettersOf = (text) => text.replace(/[^0-9A-Za-z]/g, "").toUpperCase();

const CODE_MESSAGE = "Enter the code: 10 letters and numbers, such as ABCDE-23456";
const YEAR_MESSAGE = "Enter the year of birth, with 4 numbers, such as 1961";
// One message for every reason, so that nobody can find out which of the two was right.
const WRONG = "This code and this year open no answers. Check both, or ask for a new code";
const FAILED = {
  refused: () => WRONG,
  offline: () => "There is no connection. Go online, and try again",
  busy: () => "The server could not do it just now. Try again in a few minutes",
  "too-many": (wait) => `There were too many tries. Wait ${wait}, and try again`,
};

export const openWithCode = async (questionnaire, useResponse, form) => {
  if (useOpening.getState().isBusy) return;
  const code = lettersOf(form.elements.code.value);
  const year = yearIn(form.elements.year.value);
  const problems = [
    code.length !== CODE_LETTERS && { href: "#open-code", message: CODE_MESSAGE },
    !year && { href: "#open-year", message: YEAR_MESSAGE },
  ].filter(Boolean);
  useOpening.setState({ problems });
  if (!areNone(problems)) return;
  useOpening.setState({ isBusy: true });
  try {
    const body = { code, year_of_birth: year };
    const reply = await (await call("/links/open-with-code", { method: "POST", body })).json();
    await takeIn(reply, reply.secret, { questionnaire, useResponse });
  } catch (error) {
    fail(error, (kind, wait) => {
      const found = [{ href: "#open-code", message: FAILED[kind](wait) }];
      // What was typed stays, whichever form it stands in.
      useOpening.setState({ isBusy: false, problems: found });
      areNone(found);
    });
  }
};

export const tryAgain = (questionnaire, useResponse) => openLink({ questionnaire, useResponse });

export const openHere = (useResponse) => keep(useResponse);

// Both are kept: the ones of the link wait on this phone until they are asked for.
export const stayHere = () => {
  openResponse(opened, { isPutAside: true });
  finish("opened", true);
};

export const useOpeningPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    if (!isReady) return undefined;
    const begin = () => {
      secret = takeSecret();
      if (secret) openLink({ questionnaire, useResponse });
      else show({ step: "form" });
    };
    // Another link, opened while this page is shown, loads no document.
    const follow = () => isSecret(window.location.hash) && begin();
    begin();
    window.addEventListener("hashchange", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
      secret = "";
      opened = null;
      useOpening.setState(START);
    };
  }, [isReady, useResponse, questionnaire]);
};
