// Everything that is kept about a person, as files: from the server, where the answers are saved; from
// the phone, where they are not, or where the server cannot be reached.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call } from "../page/calls.js";
import { offerFile } from "../page/file_offer.js";
import { dayText } from "../page/form_page.js";
import { asData, asPage } from "./phone_copy.js";
import { recordOf } from "../saving/server_copy.js";

const FROM_SERVER = {
  page: { path: "export.html", file: "my-answers.html" },
  data: { path: "export.json", file: "my-answers.json" },
  fhir: { path: "questionnaire-response.json", file: "my-answers-fhir.json" },
};
const HTML = "text/html;charset=utf-8";
const JSON_TYPE = "application/json";

// `state`: "" | "preparing" | "done" or the kind of a CallProblem.
export const useDownloads = create(() => ({ state: "" }));

const show = (state) => useDownloads.setState({ state });

export const downloadFromServer = async (questionnaire, useResponse, kind) => {
  if (useDownloads.getState().state === "preparing") return;
  show("preparing");
  const { path, file } = FROM_SERVER[kind];
  try {
    await useResponse.getState().send(true);
    const { id, secret } = recordOf(questionnaire);
    const reply = await call(`/responses/${id}/${path}`, { secret });
    offerFile(await reply.blob(), file);
    show("done");
  } catch (error) {
    show(error.kind ?? "busy");
    if (!(error instanceof CallProblem)) throw error;
  }
};

export const downloadFromPhone = (questionnaire, useResponse, kind) => {
  if (kind === "data") {
    const text = asData(questionnaire, useResponse.getState().events(), new Date().toISOString());
    offerFile(new Blob([text], { type: JSON_TYPE }), "my-answers.json");
  } else {
    const madeOn = `Made on this phone on ${dayText(new Date())}.`;
    const { checkSections, leftOutSections = [] } = useResponse.getState();
    const sections = [...checkSections, ...leftOutSections];
    const text = asPage({ title: "My answers", madeOn, sections });
    offerFile(new Blob([text], { type: HTML }), "my-answers.html");
  }
  show("done");
};

export const useDownloadsPage = () => useEffect(() => () => show(""), []);
