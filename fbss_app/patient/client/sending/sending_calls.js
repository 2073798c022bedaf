// What is asked of the server about sending: who has the answers, send them, take them back. With the
// words that are agreed to.
import { call } from "../page/calls.js";
import {
  changeInvitation, dropOtherGiven, endInvitation, invitationsOf, isGiven, isSent, keepInvitation,
} from "./invitations.js";
import { recordOf } from "../saving/server_copy.js";
import { words } from "../words/sending.js";
import { sha256 } from "../crypto/sha256.js";

const filled = (text, { clinic, days }) => text.replaceAll("{clinic}", clinic).replaceAll("{days}", days);

// The words that are agreed to, with this clinic's name and time in them.
export const agreedText = (invitation) =>
  words.blocks.map((block) => ({ ...block, items: block.items.map((text) => filled(text, invitation)) }));

const hashOf = (text) => sha256(text.flatMap(({ items }) => items).join("\n"));

// What became of it at each clinic, the one that got it first at the top, and which clinics removed it.
export const fetchSent = async (questionnaire) => {
  const { id, secret } = recordOf(questionnaire);
  const reply = await call(`/responses/${id}/submissions`, { secret });
  const { submissions, removed = [] } = await reply.json();
  return { submissions, removed };
};

// The invitation itself; where a clinic's own pages ask without one, one that is given under a name. Nothing
// is kept, and null given, where `isStillHere` says that other answers are shown meanwhile.
export const invitationUnder = async (questionnaire, invitation, label, isStillHere) => {
  if (invitation.secret) return invitation;
  const path = `/clinics/${invitation.slug}/invitations`;
  const reply = await (await call(path, { method: "POST", body: { questionnaire, label } })).json();
  if (!isStillHere()) return null;
  const { secret, expires_at: until } = reply;
  const given = { ...invitation, secret, until, isUsed: false, sentFor: undefined };
  keepInvitation(questionnaire, given);
  dropOtherGiven(questionnaire, given);
  return given;
};

// Gives what became of it at the clinic of the invitation.
export const sendWith = async (questionnaire, invitation, agreed_by) => {
  const { id, secret, cursor } = recordOf(questionnaire);
  const consent = {
    version: words.version,
    text_sha256: hashOf(agreedText(invitation)),
    given_at: new Date().toISOString(),
    agreed_by,
  };
  const reply = await call(`/responses/${id}/submission`, {
    method: "PUT",
    secret,
    invitation: invitation.secret,
    // What this clinic was said to ask; of other parts it gets nothing.
    body: { consent, last_sequence: cursor, optional_parts: invitation.parts },
  });
  changeInvitation(questionnaire, invitation.secret, { sentFor: id });
  dropOtherGiven(questionnaire, invitation);
  return reply.json();
};

// The name that was given went with what was sent: to send again takes another one.
export const partFromRemoved = (questionnaire, slug) => {
  const sentThere = invitationsOf(questionnaire).filter((one) => one.slug === slug && isSent(questionnaire, one));
  for (const one of sentThere) endInvitation(questionnaire, one);
};

// `sentId` is what the server calls what was sent.
export const takeBackSent = async (questionnaire, sentId, slug) => {
  const { id, secret } = recordOf(questionnaire);
  await call(`/responses/${id}/submissions/${sentId}`, { method: "DELETE", secret });
  for (const one of invitationsOf(questionnaire).filter((each) => each.slug === slug)) {
    if (isGiven(one)) endInvitation(questionnaire, one);
    else changeInvitation(questionnaire, one.secret, { sentFor: undefined });
  }
};
