// A short code for whoever cannot use the link. It opens the answers only together with the year of
// birth, of which the server keeps a mark.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call } from "../page/calls.js";
import { areNone, dayText, focusOn } from "../page/form_page.js";
import { noteKey, recordOf } from "../saving/server_copy.js";

const FIRST_YEAR = 1900;
const HALF = 5;
const EMPTY = Object.freeze({ isBusy: false, failure: "", problems: [], code: "", until: "", place: "" });

export const useReturnCode = create(() => EMPTY);

export const yearIn = (text) => {
  const year = /^\d{4}$/.test(text.trim()) ? Number(text) : 0;
  return year >= FIRST_YEAR && year <= new Date().getFullYear() ? year : null;
};

const YEAR_MESSAGE = "Enter the year you were born, with 4 numbers, such as 1961";

// The server may send it with or without its dash.
export const spacedCode = (code) => {
  const letters = code.replace(/[^0-9A-Za-z]/g, "");
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
};

export const makeCode = async (questionnaire, form) => {
  if (useReturnCode.getState().isBusy) return;
  const year = yearIn(form.elements.year.value);
  const problems = year ? [] : [{ href: "#code-year", message: YEAR_MESSAGE }];
  useReturnCode.setState({ problems, failure: "" });
  if (!areNone(problems)) return;
  useReturnCode.setState({ isBusy: true, code: "" });
  const { id, secret } = recordOf(questionnaire);
  try {
    const body = { year_of_birth: year };
    const reply = await call(`/responses/${id}/code`, { method: "PUT", secret, body });
    const { code, expires_at } = await reply.json();
    noteKey(questionnaire, true);
    useReturnCode.setState({
      ...EMPTY,
      code: spacedCode(code),
      until: dayText(expires_at),
      place: `${window.location.host}/open`,
    });
    focusOn("made-code");
  } catch (error) {
    useReturnCode.setState({ isBusy: false, failure: error.kind ?? "busy" });
    if (!(error instanceof CallProblem)) throw error;
  }
};

// A code belongs to the visit that made it, as a link does.
export const useReturnCodePage = () => useEffect(() => () => useReturnCode.setState(EMPTY), []);
