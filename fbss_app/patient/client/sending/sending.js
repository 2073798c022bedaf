// Sending the answers to each clinic that asked for them, sending them again, and taking them back.
import { useEffect } from "react";
import { create } from "zustand";
import { clinic as ownClinic, isOpen } from "../page/base.js";
import { CallProblem, waitText } from "../page/calls.js";
import { areNone, dayText, focusOn } from "../page/form_page.js";
import {
  NO_LOGO, endInvitation, invitationsOf, isGiven, isSent, waitingInvitations,
} from "./invitations.js";
import { isAgreed } from "../saving/saving_on_demand.js";
import {
  agreedText, fetchSent, invitationUnder, partFromRemoved, sendWith, takeBackSent,
} from "./sending_calls.js";
import { recordOf } from "../saving/server_copy.js";
import { words } from "../words/sending.js";
import { phone } from "../storage/storage.js";

const REFUSED = words.refused;

// `step`: "starting", then "none" (nobody asked), "offer", "sent" (to one clinic at least) or
// "taken-back" (from the only one). `sent` has a row for each clinic, and `removed` one for each that removed
// what it had; `clinic`, `phone` and `text` are of
// the one that asks, "" where there is none; it has nothing yet, unless it `asksAgain`. `asks` is the slug of
// the clinic that the page asks about before anything is taken back. `state`: "" | "working" or the kind of a
// CallProblem, with `refused` in words; `at` says where it is shown: at the clinic with this slug, or "" at the offer.
const START = Object.freeze({
  step: "starting", state: "", at: "", refused: "", wait: "", problems: [], sent: [], removed: [], clinic: "", phone: "",
  text: [], asksName: false, asksAgain: false, asks: "", takenBack: "", logo: { ...NO_LOGO, name: "" },
});
export const useSending = create(() => START);

// What the server wrote of it into a clinic's own page; React leaves it as it is.
export const writtenText = () => globalThis.document?.getElementById("clinic-consent")?.innerHTML ?? "";

const set = (state) => useSending.setState(state);
const isWorking = () => useSending.getState().state === "working";

// The invitation whose words are shown: nothing else is agreed to.
let offered = null;

// Where several came from one clinic, the one that it was sent with before.
const invitationFrom = (questionnaire, slug) => {
  const theirs = invitationsOf(questionnaire).filter((one) => one.slug === slug);
  return theirs.find((one) => isSent(questionnaire, one)) ?? theirs[0];
};

// Whether a clinic that has the answers has sent a further invitation: it finds them under the one that
// they were sent with.
const isFurther = (questionnaire, one) =>
  Boolean(one.secret) && !isGiven(one) && !one.isUsed && isOpen(one) && !isSent(questionnaire, one);

// One that was given and is over is given anew as they send.
const anew = (one) => (one && isGiven(one) && !isOpen(one) ? { ...one, secret: undefined } : one);

const rowOf = (questionnaire, reply) => {
  const invitation = invitationFrom(questionnaire, reply.slug);
  return {
    id: reply.id,
    slug: reply.slug,
    clinic: reply.clinic.name,
    phone: reply.clinic.phone,
    logo: reply.clinic.logo,
    sentOn: dayText(reply.submitted_at),
    until: dayText(reply.expires_at),
    hasChanged: reply.has_changed,
    canSendAgain: Boolean(invitation),
    text: invitation ? agreedText(invitation) : [],
  };
};

const removalOf = ({ slug, clinic, removed_at }) => ({
  slug, clinic: clinic.name, phone: clinic.phone, on: dayText(removed_at),
});

// Shows who has the answers, and offers to send them to one more clinic that asked.
const show = (questionnaire, sent, removed = []) => {
  const rowAt = ({ slug }) => sent.find((row) => row.slug === slug);
  // On another phone somebody who came by a clinic's own pages has none: their name lets them send again.
  const isNewer = (one) => !one.secret && rowAt(one).hasChanged;
  const waiting = waitingInvitations(questionnaire).filter(
    (one) => !rowAt(one) || isFurther(questionnaire, one) || isNewer(one),
  );
  // One that is over is offered only where there is nothing else to say: sending says why it cannot be.
  offered = anew(waiting.find(isOpen) ?? (sent.length ? null : (waiting[0] ?? null)));
  const step = sent.length ? "sent" : offered ? "offer" : "none";
  const { clinic = "", phone: number = "" } = offered ?? {};
  // One logo, of the only clinic that the page speaks of.
  const only = offered ?? (sent.length === 1 ? sent[0] : null);
  const logo = { ...(only?.logo ?? NO_LOGO), name: only?.clinic ?? "" };
  const text = offered ? agreedText(offered) : [];
  const asksName = Boolean(offered && !offered.secret);
  const asksAgain = Boolean(offered && rowAt(offered));
  set({ ...START, step, sent, removed, clinic, phone: number, logo, text, asksName, asksAgain });
};

const forget = () => {
  offered = null;
  set(START);
};

const fail = (error) => {
  if (!(error instanceof CallProblem)) throw error;
  set({
    state: error.kind,
    refused: REFUSED[error.code] ?? REFUSED.other,
    wait: waitText(error.seconds),
  });
  focusOn(`trouble-${useSending.getState().at}`);
};

const MISSING = {
  send: "Tick the box to agree, or go back without sending",
  save: "Tick the box so that your answers can be saved, or go back without sending",
  agreed: "Tick the box once the person you are helping has agreed",
};

const boxesOf = ({ hasConsent, helper }) =>
  ["send", !hasConsent && "save", helper && "agreed"].filter(Boolean);

const problemsIn = (form, state) =>
  boxesOf(state)
    .filter((name) => !form.elements[name]?.checked)
    .map((name) => ({ href: `#send-${name}`, message: MISSING[name] }));

const NAME = { href: "#send-name", message: "Enter your name, so that the clinic knows whose answers these are" };

// Whoever has no invitation says who they are, and gets one under that name.
const nameProblemsIn = (form) =>
  useSending.getState().asksName && !form.elements.name.value.trim() ? [NAME] : [];

const NAME_AGAIN = { ...NAME, message: "Enter your name once more, then send" };

// The server has an invitation no more, or keeps it for other answers. Where the clinic takes answers without
// one, a name is all it needs to go on: nothing else was lost. Says whether that is so.
const isGivenAnew = (questionnaire, invitation, { code }) => {
  if (!["unknown-invitation", "invitation-used"].includes(code) || !invitation?.secret) return false;
  endInvitation(questionnaire, invitation);
  const { asksAgain } = useSending.getState();
  const asksByItself = invitation.slug === ownClinic?.slug;
  if (invitation !== offered || asksAgain || !(asksByItself || isGiven(invitation))) return false;
  offered = asksByItself ? ownClinic : { ...invitation, secret: undefined };
  set({ state: "", at: "", asksName: true, problems: [NAME_AGAIN] });
  return true;
};

const save = async (useResponse, saving, agreed_by) => {
  const { hasConsent, saveToServer, send } = useResponse.getState();
  await (hasConsent ? send(true) : saveToServer({ ...saving, agreed_by }));
  return useResponse.getState().sync === "saved";
};

const sendNow = async (questionnaire, useResponse, invitation, { saving, name } = {}) => {
  const agreed_by = useResponse.getState().helper ? "helper" : "patient";
  let used = invitation;
  try {
    const saved = save(useResponse, saving, agreed_by);
    const { id } = recordOf(questionnaire);
    if (!(await saved)) throw new CallProblem("offline");
    // Meanwhile another tab may have changed over to answers that were not asked for.
    const isGone = ({ secret }) =>
      recordOf(questionnaire).id !== id ||
      (secret && !invitationsOf(questionnaire).some((one) => one.secret === secret));
    if (isGone(invitation)) return lookAnew(questionnaire);
    const own = await invitationUnder(questionnaire, invitation, name, () => !isGone(invitation));
    if (!own) return lookAnew(questionnaire);
    // Whoever tries again goes on with the one that was given.
    if (invitation === offered) offered = own;
    used = own;
    const row = rowOf(questionnaire, await sendWith(questionnaire, own, agreed_by));
    const { sent, removed } = useSending.getState();
    const isThere = ({ slug }) => slug === row.slug;
    const now = sent.some(isThere) ? sent.map((one) => (isThere(one) ? row : one)) : [...sent, row];
    show(questionnaire, now, removed.filter((one) => !isThere(one)));
    // The page around a frame may have asked to be told; framed.js tells it no more than that.
    window.dispatchEvent(new Event("abs:completed"));
    return focusOn("sending");
  } catch (error) {
    return isGivenAnew(questionnaire, used, error) ? undefined : fail(error);
  }
};

// `saving` is what a person agrees to who has not saved yet: version and hash of that text.
export const sendToClinic = async (questionnaire, useResponse, saving, form) => {
  if (isWorking() || !offered) return;
  const problems = [...nameProblemsIn(form), ...problemsIn(form, useResponse.getState())];
  set({ problems, state: "", at: "" });
  if (!areNone(problems)) return;
  set({ state: "working" });
  await sendNow(questionnaire, useResponse, offered, { saving, name: form.elements.name?.value });
};

export const sendAgain = async (questionnaire, useResponse, slug) => {
  const invitation = invitationFrom(questionnaire, slug);
  if (isWorking() || !invitation) return;
  set({ state: "working", at: slug });
  await sendNow(questionnaire, useResponse, invitation);
};

export const askToTakeBack = (slug) => {
  set({ asks: slug, state: "" });
  focusOn("ask-take-back");
};

export const keepSent = () => {
  const { asks } = useSending.getState();
  set({ asks: "" });
  focusOn(`sent-${asks}`);
};

export const takeBack = async (questionnaire, slug) => {
  if (isWorking()) return;
  set({ state: "working", at: slug });
  try {
    const { sent, removed } = useSending.getState();
    const { id, clinic } = sent.find((row) => row.slug === slug);
    await takeBackSent(questionnaire, id, slug);
    const left = sent.filter((row) => row.slug !== slug);
    // To send it there once more is not offered at once.
    set({ ...START, step: left.length ? "sent" : "taken-back", sent: left, removed, takenBack: clinic });
    focusOn("sending");
  } catch (error) {
    fail(error);
  }
};

// Which answers are shown, and for whom.
const subjectOf = (questionnaire) =>
  [recordOf(questionnaire).id, ...invitationsOf(questionnaire).map(({ secret }) => secret)].join();

const look = async (questionnaire) => {
  const record = recordOf(questionnaire);
  if (!isAgreed(record) || !record.id) {
    show(questionnaire, []);
    return;
  }
  const subject = subjectOf(questionnaire);
  let [sent, removed] = [[], []];
  // Whoever has sent must not be asked to send, not even for the moment that this takes.
  try {
    const found = await fetchSent(questionnaire);
    sent = found.submissions.map((reply) => rowOf(questionnaire, reply));
    removed = found.removed.map(removalOf);
  } catch (error) {
    // Nobody could be asked: sending itself will say what is wrong.
    if (!(error instanceof CallProblem)) throw error;
  }
  if (subject !== subjectOf(questionnaire)) return;
  for (const { slug } of removed) partFromRemoved(questionnaire, slug);
  show(questionnaire, sent, removed);
};

const lookAnew = (questionnaire) => {
  forget();
  return look(questionnaire);
};

export const useSendingPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  const hasConsent = useResponse((state) => state.hasConsent);
  useEffect(() => {
    if (!isReady) return undefined;
    let subject = null;
    // In another tab a person may change over to answers that another clinic asked for.
    const follow = () => {
      if (isWorking() || subject === subjectOf(questionnaire)) return;
      // Nothing of the others may be agreed to meanwhile.
      if (subject !== null) forget();
      subject = subjectOf(questionnaire);
      look(questionnaire);
    };
    follow();
    return phone.onChange(follow);
  }, [isReady, hasConsent, questionnaire]);
  useEffect(() => forget, []);
};
