// The patient confirms what a helper answered. A confirmation is an event of its own; it changes no
// answer.
import { useEffect } from "react";
import { create } from "zustand";
import { answerKey } from "../rules/answers.js";
import { focusOn } from "../page/form_page.js";

// `done`: how many the last tap confirmed, and their events before, for "Undo".
const EMPTY = Object.freeze({ done: 0, before: [], undone: false });
export const useConfirming = create(() => EMPTY);

const newestOf = (events, key) =>
  events.findLast((event) => answerKey(event.link_id, event.path) === key);

const keysShown = (useResponse) =>
  useResponse.getState().unconfirmed.sections.flatMap(({ rows }) => rows.map(({ key }) => key));

// The answer after those that drop out, so that a person goes on where they were.
const nextAfter = (shown, keys) => {
  const last = Math.max(...keys.map((key) => shown.indexOf(key)));
  const left = shown.filter((key) => !keys.includes(key));
  return shown.slice(last + 1).find((key) => left.includes(key)) ?? left.at(-1);
};

export const confirmAnswers = (useResponse, keys) => {
  const { events, giveEvents } = useResponse.getState();
  const next = nextAfter(keysShown(useResponse), keys);
  const before = keys.map((key) => newestOf(events(), key)).filter(Boolean);
  giveEvents(
    before.map(({ id, link_id, path, value }) => ({
      linkId: link_id,
      path,
      value,
      by: { role: "patient", perspective: "self", confirms: id },
    })),
  );
  useConfirming.setState({ done: before.length, before, undone: false });
  focusOn(next ? `answer-${next}` : "confirmed");
};

export const confirmRows = (useResponse, rows) =>
  confirmAnswers(useResponse, rows.map(({ key }) => key));

export const confirmAll = (useResponse) => confirmAnswers(useResponse, keysShown(useResponse));

// The history only grows: an event in the helper's role says that their answer stands as they gave it.
export const undoConfirming = (useResponse) => {
  const { before } = useConfirming.getState();
  useResponse.getState().giveEvents(
    before.map(({ id, link_id, path, value, author_id, perspective }) => ({
      linkId: link_id,
      path,
      value,
      by: { role: "helper", perspective: perspective ?? "proxy-own-view", author_id, confirms: id },
    })),
  );
  useConfirming.setState({ ...EMPTY, undone: true });
  focusOn("confirmed");
};

export const useConfirmingPage = () => useEffect(() => () => useConfirming.setState(EMPTY), []);
