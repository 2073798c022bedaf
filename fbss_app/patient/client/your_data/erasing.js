// Taking back the agreement, and deleting everything: each asks once, then it is done at once.
import { useEffect } from "react";
import { create } from "zustand";
import { focusOn } from "../page/form_page.js";

// `asked`: "" | "withdraw" | "delete" | "remove". `state`: "" | "working" | "failed" | "withdrawn" |
// "deleted" | "removed".
const EMPTY = Object.freeze({ asked: "", state: "" });
export const useErasing = create(() => EMPTY);

export const askToErase = (what) => {
  useErasing.setState({ asked: what, state: "" });
  focusOn(`ask-${what}`);
};

export const keepEverything = () => {
  useErasing.setState(EMPTY);
  focusOn("erasing");
};

const finish = (state) => {
  useErasing.setState({ asked: state === "failed" ? useErasing.getState().asked : "", state });
  focusOn("erasing");
};

const eraseOnServer = (useResponse) => useResponse.getState().eraseFromServer();

const isWorking = () => useErasing.getState().state === "working";

export const withdraw = async (useResponse) => {
  if (isWorking()) return;
  useErasing.setState({ state: "working" });
  finish((await eraseOnServer(useResponse)) ? "withdrawn" : "failed");
};

// The server first: the phone holds the only key to what is there.
export const deleteEverything = async (useResponse) => {
  if (isWorking()) return;
  useErasing.setState({ state: "working" });
  const { hasConsent } = useResponse.getState();
  if (hasConsent && !(await eraseOnServer(useResponse))) return finish("failed");
  useResponse.getState().clearPhone();
  return finish("deleted");
};

export const removeFromPhone = async (useResponse) => {
  await useResponse.getState().removeHere();
  finish("removed");
};

export const useErasingPage = () => useEffect(() => () => useErasing.setState(EMPTY), []);
