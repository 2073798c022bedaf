// The other responses that this phone holds, for the pages that offer to change over. The shelf itself
// is loaded only where something stands on it.
import { useEffect } from "react";
import { create } from "zustand";
import { dayText, focusOn } from "./form_page.js";
import { phone } from "./storage.js";

const EMPTY = Object.freeze({ others: [], asked: "", isRemoved: false });
export const useHeld = create(() => EMPTY);

const shelf = () => import("./shelf.js");

const rowOf = ({ id, name, role, pending, count, changedAt }) => ({
  id, name, role, count, unsent: pending > 0, changedOn: dayText(changedAt),
});

const others = async (questionnaire) => {
  if (!phone.holdsOthers()) return [];
  const { heldResponses } = await shelf();
  return heldResponses().filter((one) => !one.current && one.questionnaire === questionnaire);
};

const show = async (questionnaire, changes = {}) =>
  useHeld.setState({ ...changes, others: (await others(questionnaire)).map(rowOf) });

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

let isFollowing = false;

// Another tab may put something aside, or clear the phone. The storage forgets no listener.
const follow = (questionnaire) => {
  if (!isFollowing) phone.onChange(() => show(questionnaire));
  isFollowing = true;
};

export const useHeldPage = (useResponse, questionnaire) => {
  const isReady = useResponse((state) => state.ready && !state.hidden);
  useEffect(() => {
    if (!isReady) return undefined;
    show(questionnaire);
    follow(questionnaire);
    return () => useHeld.setState(EMPTY);
  }, [isReady, questionnaire]);
};
