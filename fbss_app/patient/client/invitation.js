// A clinic's invitation: opened through its link, and kept beside the answers so that they can be sent.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call, waitText } from "./calls.js";
import { dayText, focusOn } from "./form_page.js";
import { isSecret, takeSecret } from "./link_secret.js";
import { invitationOf, keepInvitation } from "./kept_invitation.js";
import { putShownAside } from "./shelf.js";

// `step`: "starting", then "none", "opening", "failed" or "opened".
const START = Object.freeze({
  step: "starting", failure: "", wait: "", clinic: "", phone: "", until: "", isUsed: false,
});
export const useInvitation = create(() => START);

let secret = "";

const shownOf = (kept) => ({
  clinic: kept.clinic, phone: kept.phone, until: dayText(kept.until), isUsed: kept.isUsed,
});

const show = (state) => useInvitation.setState({ failure: "", wait: "", ...state });

const keep = (questionnaire, reply) => {
  const kept = {
    secret,
    slug: reply.slug,
    clinic: reply.clinic.name,
    phone: reply.clinic.phone,
    days: reply.clinic.retention_days,
    country: reply.clinic.country,
    parts: reply.optional_parts,
    until: reply.expires_at,
    isUsed: reply.is_used,
  };
  keepInvitation(questionnaire, kept);
  secret = "";
  show({ step: "opened", ...shownOf(kept) });
  focusOn("invited");
};

export const openInvitation = async (questionnaire) => {
  show({ step: "opening" });
  try {
    const reply = await call("/invitations/open", { method: "POST", invitation: secret, body: {} });
    keep(questionnaire, await reply.json());
  } catch (error) {
    if (!(error instanceof CallProblem)) throw error;
    show({ step: "failed", failure: error.kind, wait: waitText(error.seconds) });
    focusOn("invited");
  }
};

// Answers that were given for something else stay on this phone, but not in the way.
export const beginAnew = async (questionnaire) => {
  const kept = invitationOf(questionnaire);
  putShownAside(questionnaire);
  keepInvitation(questionnaire, kept);
};

export const useInvitationPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    if (!isReady) return undefined;
    const begin = () => {
      secret = takeSecret();
      const kept = invitationOf(questionnaire);
      if (secret) openInvitation(questionnaire);
      else if (kept) show({ step: "opened", ...shownOf(kept) });
      else show({ step: "none" });
    };
    // Another link, opened while this page is shown, loads no document.
    const follow = () => isSecret(window.location.hash) && begin();
    begin();
    window.addEventListener("hashchange", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
      secret = "";
      useInvitation.setState(START);
    };
  }, [isReady, useResponse, questionnaire]);
};
