// The invitation that the answers on this phone belong to.
import { useEffect } from "react";
import { create } from "zustand";
import { invitationHere } from "./base.js";
import { phone } from "./storage.js";

const nameOf = (questionnaire) => `${questionnaire}:invitation`;

export const useKeptInvitation = create(() => ({ clinic: "" }));

export const invitationOf = (questionnaire) => invitationHere(phone.get(nameOf(questionnaire)));

export const keepInvitation = (questionnaire, invitation) => {
  phone.write(nameOf(questionnaire), invitation);
  // What is asked depends on it.
  phone.changed();
  useKeptInvitation.setState({ clinic: invitation.clinic });
};

// For pages that lead on to sending.
export const useKeptInvitationPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    const clinic = isReady ? (invitationOf(questionnaire)?.clinic ?? "") : "";
    useKeptInvitation.setState({ clinic });
  }, [isReady, questionnaire]);
};
