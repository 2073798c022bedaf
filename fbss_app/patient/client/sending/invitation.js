// A clinic's invitation: opened through its link, and kept beside the answers so that they can be sent.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call, waitText } from "../page/calls.js";
import { dayText, focusOn } from "../page/form_page.js";
import { isSecret, takeSecret } from "../links/link_secret.js";
import {
  NO_LOGO, invitationOf, invitationsOf, isSent, keepInvitation, keepInvitationsIn,
} from "./invitations.js";
import { putShownAside } from "../storage/shelf.js";
import { phone } from "../storage/storage.js";

// `step`: "starting", then "none", "opening", "failed" or "opened".
const START = Object.freeze({
  step: "starting", failure: "", wait: "", clinic: "", phone: "", until: "", isUsed: false,
  logo: NO_LOGO,
});
export const useInvitation = create(() => START);

let secret = "";

const shownOf = (kept) => ({
  clinic: kept.clinic, phone: kept.phone, until: dayText(kept.until), isUsed: kept.isUsed,
  logo: kept.logo ?? NO_LOGO,
});

const show = (state) => useInvitation.setState({ failure: "", wait: "", ...state });

const showKept = (questionnaire) => {
  const kept = invitationOf(questionnaire);
  show(kept ? { step: "opened", ...shownOf(kept) } : { step: "none" });
};

const keep = (questionnaire, reply) => {
  const kept = {
    secret,
    slug: reply.slug,
    clinic: reply.clinic.name,
    phone: reply.clinic.phone,
    days: reply.clinic.retention_days,
    country: reply.clinic.country,
    accent: reply.clinic.accent,
    logo: reply.clinic.logo,
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

// Answers that were given for something else stay on this phone, but not in the way. The invitation
// goes on to the new ones; those on the shelf keep it only if they were sent with it.
export const beginAnew = (questionnaire) => {
  const [opened, ...earlier] = invitationsOf(questionnaire);
  if (!opened) return;
  const isTheirs = isSent(questionnaire, opened);
  const place = putShownAside(questionnaire);
  keepInvitation(questionnaire, { ...opened, sentFor: undefined });
  if (place && !isTheirs) keepInvitationsIn(place, earlier);
};

export const useInvitationPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    if (!isReady) return undefined;
    const begin = () => {
      secret = takeSecret();
      if (secret) openInvitation(questionnaire);
      else showKept(questionnaire);
    };
    // Another tab may change over to answers that another clinic asked for.
    const followPhone = () =>
      ["opened", "none"].includes(useInvitation.getState().step) && showKept(questionnaire);
    // Another link, opened while this page is shown, loads no document.
    const follow = () => isSecret(window.location.hash) && begin();
    begin();
    const unfollow = phone.onChange(followPhone);
    window.addEventListener("hashchange", follow);
    return () => {
      unfollow();
      window.removeEventListener("hashchange", follow);
      secret = "";
      useInvitation.setState(START);
    };
  }, [isReady, useResponse, questionnaire]);
};
