// The form of consent. A helper says besides that the person they help has agreed.
import { useEffect } from "react";
import { create } from "zustand";
import { areNone } from "../page/form_page.js";

const MISSING = {
  consent: "Tick the box to agree, or go back without saving",
  agreed: "Tick the box once the person you are helping has agreed",
};

export const useConsentForm = create(() => ({ problems: [] }));

export const giveConsent = (useResponse, consent, form) => {
  const { helper, saveToServer } = useResponse.getState();
  const isTicked = (name) => Boolean(form.elements[name]?.checked);
  const wanted = helper ? ["consent", "agreed"] : ["consent"];
  const problems = wanted
    .filter((name) => !isTicked(name))
    .map((name) => ({ href: `#${name}`, message: MISSING[name] }));
  useConsentForm.setState({ problems });
  if (!areNone(problems)) return;
  saveToServer({ ...consent, agreed_by: helper ? "helper" : "patient" });
};

export const useConsentFormPage = () =>
  useEffect(() => () => useConsentForm.setState({ problems: [] }), []);
