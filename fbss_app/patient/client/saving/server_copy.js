// What the server keeps of the response that this phone shows, as far as the phone knows.
import { useEffect } from "react";
import { create } from "zustand";
import { dayText } from "../page/form_page.js";
import { phone } from "../storage/storage.js";

export const recordOf = (questionnaire) => phone.get(`${questionnaire}:response`) ?? {};

// A link or a code was made for whoever answers here: without one, hidden answers ask for none.
export const noteKey = (questionnaire, hasKey) =>
  phone.write(`${questionnaire}:response`, { ...recordOf(questionnaire), hasKey });

export const useServerCopy = create(() => ({ until: "" }));

// Follows the store: a sync moves the end of the response.
export const useServerCopyUpdates = (useResponse, questionnaire) => {
  useEffect(() => {
    const update = () => useServerCopy.setState({ until: dayText(recordOf(questionnaire).expires_at) });
    update();
    return useResponse.subscribe(update);
  }, [useResponse, questionnaire]);
};
