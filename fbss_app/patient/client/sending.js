// Sending the answers to the clinic that asked for them, sending them again, and taking them back.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call, waitText } from "./calls.js";
import { areNone, dayText, focusOn } from "./form_page.js";
import { changeInvitation, invitationOf, keepInvitation } from "./kept_invitation.js";
import { isAgreed } from "./saving_on_demand.js";
import { recordOf } from "./server_copy.js";
import { words } from "./sending_words.js";
import { sha256 } from "./sha256.js";
import { phone } from "./storage.js";

const REFUSED = words.refused;

// `step`: "starting", then "none" (nobody asked), "offer", "sent" or "taken-back". `state`: "" |
// "working" or the kind of a CallProblem, with `refused` in words.
const START = Object.freeze({
  step: "starting", state: "", refused: "", wait: "", problems: [], clinic: "", phone: "",
  sentOn: "", until: "", hasChanged: false, asks: false, asksName: false, text: [],
});
export const useSending = create(() => START);

const set = (state) => useSending.setState(state);

const filled = (text, { clinic, days }) => text.replaceAll("{clinic}", clinic).replaceAll("{days}", days);

// The words that are agreed to, with this clinic's name and time in them.
export const agreedText = (invitation) =>
  words.blocks.map((block) => ({ ...block, items: block.items.map((text) => filled(text, invitation)) }));

export const hashOf = (text) => sha256(text.flatMap(({ items }) => items).join("\n"));

const fail = (error) => {
  if (!(error instanceof CallProblem)) throw error;
  set({
    state: error.kind,
    refused: REFUSED[error.code] ?? REFUSED.other,
    wait: waitText(error.seconds),
  });
  focusOn("sending");
};

const show = (reply) =>
  set({
    step: "sent",
    state: "",
    asks: false,
    clinic: reply.clinic.name,
    phone: reply.clinic.phone,
    sentOn: dayText(reply.submitted_at),
    until: dayText(reply.expires_at),
    hasChanged: reply.has_changed,
  });

const MISSING = {
  send: "Tick the box to agree, or go back without sending",
  save: "Tick the box to agree, or go back without sending",
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
const nameProblemsIn = (form, { asksName }) =>
  asksName && !form.elements.name.value.trim() ? [NAME] : [];

const isSaved = (useResponse) => useResponse.getState().sync === "saved";

const save = async (useResponse, saving, agreed_by) => {
  const { hasConsent, saveToServer, send } = useResponse.getState();
  await (hasConsent ? send(true) : saveToServer({ ...saving, agreed_by }));
  return isSaved(useResponse);
};

const invitedAs = async (questionnaire, label) => {
  const invitation = invitationOf(questionnaire);
  if (invitation.secret) return invitation;
  const path = `/clinics/${invitation.slug}/invitations`;
  const reply = await (await call(path, { method: "POST", body: { questionnaire, label } })).json();
  const own = { ...invitation, secret: reply.secret, until: reply.expires_at, isUsed: false };
  keepInvitation(questionnaire, own);
  return own;
};

const put = async (questionnaire, agreed_by, label) => {
  const { id, secret, cursor } = recordOf(questionnaire);
  const invitation = await invitedAs(questionnaire, label);
  const consent = {
    version: words.version,
    text_sha256: hashOf(agreedText(invitation)),
    given_at: new Date().toISOString(),
    agreed_by,
  };
  const reply = await call(`/responses/${id}/submission`, {
    method: "PUT",
    secret,
    invitation: invitation.secret,
    // What this clinic was said to ask; of other parts it gets nothing.
    body: { consent, last_sequence: cursor, optional_parts: invitation.parts },
  });
  changeInvitation(questionnaire, invitation.secret, { sentFor: id });
  return reply.json();
};

// `saving` is what a person agrees to who has not saved yet: version and hash of that text.
export const sendToClinic = async (questionnaire, useResponse, saving, form) => {
  if (useSending.getState().state === "working") return;
  const state = useResponse.getState();
  const problems = form
    ? [...nameProblemsIn(form, useSending.getState()), ...problemsIn(form, state)]
    : [];
  const label = form?.elements.name?.value ?? "";
  set({ problems, state: "" });
  if (!areNone(problems)) return;
  set({ state: "working" });
  const agreed_by = state.helper ? "helper" : "patient";
  try {
    if (!(await save(useResponse, saving, agreed_by))) throw new CallProblem("offline");
    show(await put(questionnaire, agreed_by, label));
    focusOn("sending");
    // The page around a frame may ask to be told; framed.js tells no more than that.
    window.dispatchEvent(new Event("abs:completed"));
  } catch (error) {
    fail(error);
  }
};

export const askToTakeBack = () => {
  set({ asks: true, state: "" });
  focusOn("ask-take-back");
};

export const keepSent = () => {
  set({ asks: false });
  focusOn("sending");
};

export const takeBack = async (questionnaire) => {
  if (useSending.getState().state === "working") return;
  set({ state: "working" });
  const { id, secret } = recordOf(questionnaire);
  try {
    await call(`/responses/${id}/submission`, { method: "DELETE", secret });
    set({ step: "taken-back", state: "", asks: false });
    focusOn("sending");
  } catch (error) {
    fail(error);
  }
};

const offer = (invitation) =>
  set(
    invitation
      ? {
          ...START, step: "offer", clinic: invitation.clinic, phone: invitation.phone,
          text: agreedText(invitation), asksName: !invitation.secret,
        }
      : { ...START, step: "none" },
  );

// Which answers are shown, and for whom.
const subjectOf = (questionnaire) =>
  `${recordOf(questionnaire).id} ${invitationOf(questionnaire)?.secret}`;

const look = async (questionnaire) => {
  const invitation = invitationOf(questionnaire);
  const record = recordOf(questionnaire);
  const { id, secret } = record;
  if (!isAgreed(record) || !id) {
    offer(invitation);
    return;
  }
  const subject = subjectOf(questionnaire);
  // Whoever has sent must not be asked to send, not even for the moment that this takes.
  try {
    const reply = await (await call(`/responses/${id}/submission`, { secret })).json();
    if (subject !== subjectOf(questionnaire)) return;
    show(reply);
    if (invitation) set({ text: agreedText(invitation) });
  } catch (error) {
    // Nothing was sent, or nobody could be asked: sending itself will say what is wrong.
    if (!(error instanceof CallProblem)) throw error;
    if (subject === subjectOf(questionnaire)) offer(invitation);
  }
};

export const useSendingPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  const hasConsent = useResponse((state) => state.hasConsent);
  useEffect(() => {
    if (!isReady) return undefined;
    let subject = null;
    // In another tab a person may change over to answers that another clinic asked for.
    const follow = () => {
      if (useSending.getState().state === "working" || subject === subjectOf(questionnaire)) return;
      subject = subjectOf(questionnaire);
      look(questionnaire);
    };
    follow();
    return phone.onChange(follow);
  }, [isReady, hasConsent, questionnaire]);
  useEffect(() => () => useSending.setState(START), []);
};
