// The clinic that asks for the answers on this phone, for pages that lead on to sending. What else is kept of
// its invitation is for the pages of sending alone: invitations.js.
import { useEffect } from "react";
import { create } from "zustand";
import { invitationHere } from "../page/base.js";
import { phone } from "../storage/storage.js";

export const useKeptInvitation = create(() => ({ clinic: "" }));

const clinicOf = (questionnaire) =>
  invitationHere(phone.get(`${questionnaire}:invitation`))?.clinic ?? "";

export const useKeptInvitationPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready);
  useEffect(() => {
    if (!isReady) return undefined;
    // A person may change over to answers that another clinic asked for, or none.
    const follow = () => useKeptInvitation.setState({ clinic: clinicOf(questionnaire) });
    follow();
    return phone.onChange(follow);
  }, [isReady, questionnaire]);
};
