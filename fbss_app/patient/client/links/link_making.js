// Makes an access link: the phone makes its id and its secret, the server gets only a hash.
import { create } from "zustand";
import { CallProblem, call } from "../page/calls.js";
import { areNone, dayText, focusOn } from "../page/form_page.js";
import { forgetMadeLink, showMadeLink } from "./made_link.js";
import { newId, newSecret } from "../crypto/random.js";
import { noteKey, recordOf } from "../saving/server_copy.js";
import { sha256 } from "../crypto/sha256.js";

const LONGEST_NAME = 60;
const RETURN_LINK = { name: "My other phone", relationship: "", days: 30, is_return: true };

// `failure`: "" or the kind of a CallProblem.
export const useLinkMaking = create(() => ({ isBusy: false, failure: "", problems: [] }));

// Whoever opens the link should find what was answered just now. Where that cannot be sent, the link is
// still good: it is sent later.
const sendFirst = (useResponse) => useResponse.getState().send(true);

export const makeLink = async (questionnaire, useResponse, wanted) => {
  if (useLinkMaking.getState().isBusy) return null;
  useLinkMaking.setState({ isBusy: true, failure: "", problems: [] });
  forgetMadeLink();
  const secret = newSecret();
  try {
    await sendFirst(useResponse);
    const { id, secret: own } = recordOf(questionnaire);
    const reply = await call(`/responses/${id}/links/${newId()}`, {
      method: "PUT",
      secret: own,
      body: { ...wanted, secret_sha256: sha256(secret) },
    });
    const link = await reply.json();
    useLinkMaking.setState({ isBusy: false });
    // The reply names who takes part from now on: their answers are looked for.
    useResponse.getState().send(true);
    showMadeLink({ secret, title: link.name, role: link.role, until: dayText(link.expires_at) });
    return link;
  } catch (error) {
    useLinkMaking.setState({ isBusy: false, failure: error.kind ?? "busy" });
    if (!(error instanceof CallProblem)) throw error;
    return null;
  }
};

const MISSING = {
  name: "Enter the name of the person",
  long: `Use ${LONGEST_NAME} characters or fewer`,
  role: "Choose what they may do",
  days: "Choose how long the link works",
  agreed: "Tick the box once the person you are helping has agreed",
};

// It has the role of this phone's link: the other phone answers as the same person. A helper who began
// says, as for every link they make, that the patient agrees; their answers bear no phone's name.
export const makeReturnLink = async (questionnaire, useResponse) => {
  const { role } = useResponse.getState();
  const byHelper = role === "helper";
  const agreed = byHelper && document.getElementById("return-agreed").checked;
  const problems = byHelper && !agreed ? [{ href: "#return-agreed", message: MISSING.agreed }] : [];
  useLinkMaking.setState({ problems, failure: "" });
  if (problems.length) return focusOn("return-agreed");
  const link = await makeLink(questionnaire, useResponse, {
    ...RETURN_LINK,
    role,
    ...(byHelper && { name: "" }),
    patient_agreed: agreed,
  });
  if (link) noteKey(questionnaire, true);
  return link;
};

const problemsIn = (form, mustAgree) => {
  const { name, relationship, role, days, agreed } = form;
  return [
    !name && { href: "#helper-name", message: MISSING.name },
    name.length > LONGEST_NAME && { href: "#helper-name", message: MISSING.long },
    relationship.length > LONGEST_NAME && { href: "#helper-relationship", message: MISSING.long },
    !role && { href: "#helper-role", message: MISSING.role },
    !days && { href: "#helper-days", message: MISSING.days },
    mustAgree && !agreed && { href: "#helper-agreed", message: MISSING.agreed },
  ].filter(Boolean);
};

const read = (element) => {
  const data = Object.fromEntries(new FormData(element));
  const text = (name) => (data[name] ?? "").trim();
  return { ...data, name: text("name"), relationship: text("relationship") };
};

// The form keeps what was typed until the link is made.
export const makeHelperLink = async (questionnaire, useResponse, element) => {
  const form = read(element);
  const problems = problemsIn(form, useResponse.getState().role === "helper");
  useLinkMaking.setState({ problems, failure: "" });
  if (!areNone(problems)) return null;
  const { name, relationship, role, days, agreed } = form;
  const wanted = { role, name, relationship, days: Number(days), patient_agreed: Boolean(agreed) };
  const link = await makeLink(questionnaire, useResponse, wanted);
  if (link) element.reset();
  return link;
};
