// Looks now and then for what others have added, while somebody can see it and others take part.

const SOONEST = 10_000;
const LATEST = 60_000;
const SLOWER = 1.5;

// `isWanted` says whether to look at all; `pull` looks, and says whether anything came.
export const createReceiving = ({ isWanted, pull }) => {
  let timer = null;
  let wait = SOONEST;

  const plan = () => {
    clearTimeout(timer);
    timer = isWanted() ? setTimeout(look, wait) : null;
  };

  const look = async () => {
    clearTimeout(timer);
    timer = null;
    if (!isWanted()) return;
    const hasNews = await pull();
    wait = hasNews ? SOONEST : Math.min(wait * SLOWER, LATEST);
    plan();
  };

  return {
    // Goes on as planned; begins where it was not wanted before.
    follow: () => {
      if (!timer || !isWanted()) plan();
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
