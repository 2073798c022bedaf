// The summary as a PDF that the server makes from the saved answers. Everything that is not sent yet
// is sent first, so that the PDF holds what the page shows.
import { create } from "zustand";
import { offerFile } from "./file_offer.js";
import { phone } from "./storage.js";

const TIMEOUT = 60_000;

// "" | "preparing" | "done" | "failed"
export const usePdf = create(() => ({ state: "" }));

const fetchPdf = async ({ id, secret }) => {
  const reply = await fetch(`/api/v1/responses/${id}/summary.pdf`, {
    headers: { "X-Response-Secret": secret },
    signal: AbortSignal.timeout?.(TIMEOUT),
  });
  if (!reply.ok) throw new Error(`refused with ${reply.status}`);
  return reply.blob();
};

// `useResponse` is the store of the questionnaire.
export const downloadPdf = async (questionnaire, useResponse) => {
  if (usePdf.getState().state === "preparing") return;
  usePdf.setState({ state: "preparing" });
  try {
    await useResponse.getState().send(true);
    if (useResponse.getState().sync !== "saved") throw new Error("not all answers are saved");
    offerFile(await fetchPdf(phone.get(`${questionnaire}:response`)), "summary.pdf");
    usePdf.setState({ state: "done" });
  } catch {
    usePdf.setState({ state: "failed" });
  }
};
