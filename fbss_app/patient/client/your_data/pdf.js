// The summary as a PDF that the server makes from the saved answers: its state, and the way to
// pdf_download.js, which only a tap on the button brings.
import { create } from "zustand";

// "" | "preparing" | "done" | "failed"
export const usePdf = create(() => ({ state: "" }));

// `useResponse` is the store of the questionnaire.
export const downloadPdf = async (questionnaire, useResponse) => {
  if (usePdf.getState().state === "preparing") return;
  usePdf.setState({ state: "preparing" });
  try {
    await (await import("./pdf_download.js")).fetchAndOffer(questionnaire, useResponse);
    usePdf.setState({ state: "done" });
  } catch {
    usePdf.setState({ state: "failed" });
  }
};
