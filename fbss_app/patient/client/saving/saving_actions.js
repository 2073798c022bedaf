// What a person can decide about where the answers are: save them, erase them, take them along, clear
// the phone.
import { newId, newSecret } from "../crypto/random.js";
import { phone } from "../storage/storage.js";

// What is left of a link that has ended begins a response of its own.
const NO_LINK = Object.freeze({ ended: undefined, role: undefined, can_manage: undefined });

// `unsent` gives the evaluation and the events that the server does not have.
export const savingActions = ({ set, saving, record, keepRecord, name, unsent }) => ({
  // Consent, then the first sync: the moment at which answers may leave the phone.
  saveToServer: (consent) => {
    const { id = newId(), secret = newSecret(), ended } = record();
    const given = { ...consent, given_at: new Date().toISOString() };
    keepRecord({ ...(ended && NO_LINK), id, secret, consent: given });
    return saving.send(true);
  },

  send: saving.send,

  // Says whether it worked.
  eraseFromServer: saving.erase,

  // As a last resort: the answers that the server does not have, as a file.
  exportUnsent: async () => {
    const { offerUnsent } = await import("./unsent_file.js");
    offerUnsent(...unsent());
  },

  // This response alone; others that wait on this phone stay.
  removeHere: async () => {
    saving.stop();
    const { removeShown } = await import("../storage/shelf.js");
    removeShown(name);
  },

  askToClear: () => set({ isClearing: true, cleared: false }),
  keepPhone: () => set({ isClearing: false }),

  clearPhone: () => {
    saving.stop();
    phone.clear();
    set({ cleared: true, isClearing: false, removed: "" });
  },
});
