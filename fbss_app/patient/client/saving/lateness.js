// Whether answers have waited so long to be sent that a person should be able to keep them otherwise.

const LATE = 10 * 60 * 1000;

// A clock that is wrong can only offer a file too soon; without it, the time this page is open counts.
export const createLateness = ({ unsent, record, onLate }) => {
  let timer = null;
  let isLate = false;

  const hasWaited = ({ answered_at: answeredAt }) => {
    const agreedAt = record().consent?.given_at ?? "";
    return Date.now() - Date.parse(answeredAt > agreedAt ? answeredAt : agreedAt) > LATE;
  };

  return () => {
    if (!unsent().length) {
      clearTimeout(timer);
      timer = null;
      isLate = false;
      return false;
    }
    timer ??= setTimeout(() => {
      isLate = true;
      onLate();
    }, LATE);
    return isLate || unsent().some(hasWaited);
  };
};
