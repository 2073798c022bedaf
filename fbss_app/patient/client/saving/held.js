// The other responses that this phone holds, for the pages that offer to change over. The shelf itself
// is loaded only where something stands on it.
import { useEffect } from "react";
import { create } from "zustand";
import { dayText, focusOn } from "../page/form_page.js";
import { phone } from "../storage/storage.js";

const EMPTY = Object.freeze({ others: [], onlyInvitations: false, asked: "", isRemoved: false });
export const useHeld = create(() => EMPTY);

const shelf = () => import("../storage/shelf.js");

const rowOf = ({ id, name, role, clinic, pending, count, changedAt }) => ({
  id, name, role, clinic, isInvitation: Boolean(clinic && !count), unsent: pending > 0,
  changedOn: dayText(changedAt),
});

const others = async (questionnaire) => {
  if (!phone.holdsOthers()) return [];
  const { heldResponses } = await shelf();
  return heldResponses().filter((one) => !one.current && one.questionnaire === questionnaire);
};

const show = async (questionnaire, changes = {}) => {
  const rows = (await others(questionnaire)).map(rowOf);
  const onlyInvitations = rows.every(({ isInvitation }) => isInvitation);
  useHeld.setState({ ...changes, others: rows, onlyInvitations });
};

export const askToRemoveHeld = (id) => {
  useHeld.setState({ asked: id, isRemoved: false });
  focusOn(`remove-${id}`);
};

export const keepHeld = () => useHeld.setState({ asked: "" });

// The question before has said what would be lost.
export const removeHeldNow = async (questionnaire, id) => {
  (await shelf()).removeHeld(id, { evenUnsent: true });
  await show(questionnaire, { asked: "", isRemoved: true });
  focusOn("held");
};

export const changeToHeld = async (questionnaire, useResponse, id) => {
  (await shelf()).switchTo(id);
  // What others have added while it waited.
  useResponse.getState().send(true);
  await show(questionnaire, { asked: "", isRemoved: false });
  focusOn("held");
};

export const useHeldPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready && !state.hidden);
  useEffect(() => {
    if (!isReady) return undefined;
    const follow = () => show(questionnaire);
    follow();
    // Another tab may put something aside, or clear the phone.
    const unfollow = phone.onChange(follow);
    return () => {
      unfollow();
      useHeld.setState(EMPTY);
    };
  }, [isReady, questionnaire]);
};
