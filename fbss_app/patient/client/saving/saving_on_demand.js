// The way to the server as far as it matters before there is any. What is behind it is loaded once a
// person agrees, or comes back with a response that the server knows.

// Longer than a moment without a connection lasts.
const AGAIN = 15_000;

// Whether answers may leave this phone: somebody consented here, or opened a link to a saved response.
export const isAgreed = ({ consent, isKnown }) => Boolean(consent || isKnown);

// `context` is what saving.js works with.
export const createSavingOnDemand = (context) => {
  const { record, say } = context;
  let saving = null;
  let loading = null;
  let again = null;

  const load = async () => {
    loading ??= import("./saving.js");
    try {
      const { createSaving } = await loading;
      saving ??= createSaving(context);
    } catch {
      loading = null;
    }
    return saving;
  };

  const send = async (isAsked = false) => {
    clearTimeout(again);
    if (!isAgreed(record()) && !record().ended) return say("local");
    if (saving ?? (await load())) return saving.send({ isAsked: isAsked === true });
    again = setTimeout(send, AGAIN);
    return say("offline");
  };

  return {
    load,
    send,
    followOtherTab: () => (saving ? saving.followOtherTab() : send()),
    erase: async () => ((await load()) ? saving.erase() : false),
    stop: () => {
      clearTimeout(again);
      saving?.stop();
    },
  };
};
