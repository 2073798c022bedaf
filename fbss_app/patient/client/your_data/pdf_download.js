// Fetches the summary as a PDF and offers it as a file. Everything that is not sent yet is sent first,
// so that the PDF holds what the page shows, and no part that was not asked.
import { offerFile } from "../page/file_offer.js";
import { phone } from "../storage/storage.js";

const TIMEOUT = 60_000;

const fetchPdf = async ({ id, secret }, leftOut) => {
  const query = String(new URLSearchParams(leftOut.map((part) => ["left_out", part])));
  const reply = await fetch(`/api/v1/responses/${id}/summary.pdf${query && `?${query}`}`, {
    headers: { "X-Response-Secret": secret },
    signal: AbortSignal.timeout?.(TIMEOUT),
  });
  if (!reply.ok) throw new Error(`refused with ${reply.status}`);
  return reply.blob();
};

export const fetchAndOffer = async (questionnaire, useResponse) => {
  await useResponse.getState().send(true);
  if (useResponse.getState().sync !== "saved") throw new Error("not all answers are saved");
  const { leftOut = [] } = useResponse.getState();
  offerFile(await fetchPdf(phone.get(`${questionnaire}:response`), leftOut), "summary.pdf");
};
