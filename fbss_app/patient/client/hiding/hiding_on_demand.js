// Whether the answers are hidden because nobody used the app for a while, as far as it matters before
// there is anything to hide. What watches over it is loaded once there is.
import { LAST_USE, phone } from "../storage/storage.js";

// `worksOut` works everything out anew, `revealed` is called when the answers are shown again.
export const createHidingOnDemand = ({ log, record, set, atFirst, worksOut, revealed }) => {
  let isHidden = false;
  let watching = null;

  const holdsAnswers = () => Boolean(log.all().length || record().id);

  const setHidden = (value) => {
    isHidden = value;
    set({ hidden: value });
    worksOut();
  };

  const reveal = () => {
    setHidden(false);
    revealed();
  };

  const load = async () => {
    try {
      const { watchUse } = await import("./hiding.js");
      return watchUse({ holdsAnswers, isHidden: () => isHidden, setHidden, reveal, set, atFirst });
    } catch {
      watching = null;
      return null;
    }
  };

  const checkUse = () => watching?.then((watch) => watch?.check());

  return {
    isHidden: () => isHidden,

    // What this phone holds has just been read.
    start: () => {
      isHidden = phone.isIdle && holdsAnswers();
    },

    watchUse: () => {
      if (holdsAnswers()) watching ??= load();
    },

    checkUse,

    // The person is there.
    reveal: () => {
      phone.write(LAST_USE, { at: Date.now() });
      reveal();
      checkUse();
    },
  };
};
