// The invitations that the answers on this phone belong to, in one entry beside them: the one that was
// opened last, with those before it in `earlier`. Each has: secret, slug, clinic, phone, days, country,
// parts, until, isUsed, and sentFor, the id of the response once that was sent with it.
import { clinic, invitationHere } from "../page/base.js";
import { phone } from "../storage/storage.js";

const nameIn = (place) => `${place}invitation`;
const shown = (questionnaire) => `${questionnaire}:`;

// Of a clinic without one.
export const NO_LOGO = Object.freeze({ address: "", width: 0, height: 0 });

const keptIn = (questionnaire) => phone.get(nameIn(shown(questionnaire)));

// The one that counts on these pages: the one that was opened last, or null.
export const invitationOf = (questionnaire) => invitationHere(keptIn(questionnaire));

// All of them, the one that was opened last at the top.
export const invitationsOf = (questionnaire) => {
  const kept = keptIn(questionnaire);
  if (!kept) return [];
  const { earlier = [], ...last } = kept;
  return [last, ...earlier];
};

// Those that the page of sending may offer: a clinic's own pages speak of that clinic alone.
export const waitingInvitations = (questionnaire) =>
  clinic ? [invitationOf(questionnaire)] : invitationsOf(questionnaire);

// `place` is that of the response: the one that the pages show, or one on the shelf.
export const keepInvitationsIn = (place, [last, ...earlier]) => {
  if (last) phone.write(nameIn(place), earlier.length ? { ...last, earlier } : last);
  else phone.remove(nameIn(place));
  // What is asked depends on it.
  phone.changed();
};

export const keepInvitation = (questionnaire, invitation) => {
  const kept = invitationsOf(questionnaire);
  const isSame = ({ secret }) => secret === invitation.secret;
  keepInvitationsIn(shown(questionnaire), [
    { ...kept.find(isSame), ...invitation },
    ...kept.filter((one) => !isSame(one)),
  ]);
};

export const changeInvitation = (questionnaire, secret, changes) =>
  keepInvitationsIn(
    shown(questionnaire),
    invitationsOf(questionnaire).map((one) => (one.secret === secret ? { ...one, ...changes } : one)),
  );

// Whether a clinic's own pages gave it, under a name: with what was sent, and unused after a week, it is gone
// from the server, and another one is given.
export const isGiven = ({ kind }) => Boolean(kind);

// Of those that were given for a clinic this one alone is left.
export const dropOtherGiven = (questionnaire, { secret, slug }) =>
  keepInvitationsIn(
    shown(questionnaire),
    invitationsOf(questionnaire).filter(
      (one) => one.secret === secret || one.slug !== slug || !isGiven(one),
    ),
  );

// It sends nothing any more.
export const endInvitation = (questionnaire, { secret }) =>
  changeInvitation(questionnaire, secret, {
    sentFor: undefined,
    until: new Date(Date.now() - 1).toISOString(),
  });

// Whether it brought the response that is shown to its clinic.
export const isSent = (questionnaire, { sentFor }) => {
  const { id } = phone.get(`${shown(questionnaire)}response`) ?? {};
  return Boolean(sentFor) && sentFor === id;
};
