// Looks for what others have added while somebody can see it: now and then where others take part, and
// once when a page is opened or returned to, for a code may have let somebody in unheard.

const SOONEST = 10_000;
const LATEST = 60_000;
const SLOWER = 1.5;

// `isPossible` says whether to look at all, `hasCompany` whether to go on; `pull` looks, and says whether
// anything came.
export const createReceiving = ({ isPossible, hasCompany, pull }) => {
  let timer = null;
  let wait = SOONEST;

  const plan = () => {
    clearTimeout(timer);
    timer = isPossible() && hasCompany() ? setTimeout(look, wait) : null;
  };

  const look = async () => {
    clearTimeout(timer);
    timer = null;
    if (!isPossible()) return;
    const hasNews = await pull();
    wait = hasNews ? SOONEST : Math.min(wait * SLOWER, LATEST);
    plan();
  };

  return {
    // Goes on as planned; begins where it was not wanted before.
    follow: () => {
      if (!timer || !hasCompany()) plan();
    },
    now: () => {
      wait = SOONEST;
      return look();
    },
    stop: () => {
      clearTimeout(timer);
      timer = null;
    },
  };
};
