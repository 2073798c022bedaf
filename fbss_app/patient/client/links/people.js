// Who holds a link to these answers: the list, and ending a link.
import { useEffect } from "react";
import { create } from "zustand";
import { CallProblem, call } from "../page/calls.js";
import { dayText, focusOn } from "../page/form_page.js";
import { makeHelperLink } from "./link_making.js";
import { forgetMadeLink } from "./made_link.js";
import { noteKey, recordOf } from "../saving/server_copy.js";

// `state`: "" | "loading" | "ready" or the kind of a CallProblem. `asked`: the id of the link whose end
// waits for a yes. `ended`: the name of the link that was ended last.
const EMPTY = Object.freeze({
  state: "", people: [], past: [], asked: "", ending: "", failure: "", ended: "",
});
export const usePeople = create(() => EMPTY);

const personOf = (firstId) => (link) => ({
  id: link.id,
  name: link.name,
  relationship: link.relationship ?? "",
  role: link.role,
  isMine: link.is_mine,
  isFirst: link.id === firstId,
  canManage: link.can_manage,
  since: dayText(link.created_at),
  lastUsed: dayText(link.last_used_at),
  until: dayText(link.expires_at),
  endedOn: dayText(link.revoked_at),
});

const isOver = (link) => link.revoked_at || new Date(link.expires_at) < new Date();

// The link with which a response was begun has its id.
const show = (links, firstId) =>
  usePeople.setState({
    state: "ready",
    people: links.filter((link) => !isOver(link)).map(personOf(firstId)),
    past: links.filter(isOver).map(personOf(firstId)),
  });

// What is on the screen already stays there while it is asked for again.
export const loadPeople = async (questionnaire) => {
  if (usePeople.getState().state !== "ready") usePeople.setState({ state: "loading" });
  const { id, secret } = recordOf(questionnaire);
  try {
    const reply = await call(`/responses/${id}/links`, { secret });
    show((await reply.json()).links, id);
  } catch (error) {
    if (!(error instanceof CallProblem)) throw error;
    usePeople.setState({ state: error.kind });
  }
};

export const addHelper = async (questionnaire, useResponse, form) => {
  usePeople.setState({ ended: "", failure: "" });
  if (await makeHelperLink(questionnaire, useResponse, form)) await loadPeople(questionnaire);
};

export const askToEnd = (id) => {
  usePeople.setState({ asked: id, failure: "", ended: "" });
  focusOn(`end-${id}`);
};

export const keepLink = (id) => {
  usePeople.setState({ asked: "" });
  focusOn(`person-${id}`);
};

export const endLink = async (questionnaire, id) => {
  if (usePeople.getState().ending) return;
  usePeople.setState({ ending: id, failure: "" });
  const { id: response, secret } = recordOf(questionnaire);
  const { name, role } = usePeople.getState().people.find((person) => person.id === id);
  try {
    await call(`/responses/${response}/links/${id}`, { method: "DELETE", secret });
  } catch (error) {
    usePeople.setState({ ending: "", failure: error.kind ?? "busy" });
    if (!(error instanceof CallProblem)) throw error;
    return;
  }
  forgetMadeLink();
  // It may have been the one to come back with.
  if (role === "patient") noteKey(questionnaire, false);
  usePeople.setState({ ending: "", asked: "", ended: name });
  focusOn("people");
  await loadPeople(questionnaire);
};

export const usePeoplePage = (useResponse, questionnaire) => {
  const mayAsk = useResponse((state) => state.hasConsent && state.canManage);
  useEffect(() => {
    if (mayAsk) loadPeople(questionnaire);
    return () => usePeople.setState(EMPTY);
  }, [mayAsk, questionnaire]);
};
