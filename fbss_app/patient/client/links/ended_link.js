// A link that has ended: what this phone still holds of it can be removed, after one question.
import { create } from "zustand";
import { focusOn } from "../page/form_page.js";

export const useEndedLink = create(() => ({ isAsked: false }));

export const askToRemoveEnded = () => {
  useEndedLink.setState({ isAsked: true });
  focusOn("ask-ended");
};

export const keepEnded = () => useEndedLink.setState({ isAsked: false });

export const removeEnded = (useResponse) => {
  useEndedLink.setState({ isAsked: false });
  useResponse.getState().removeHere();
};
