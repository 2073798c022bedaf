// A page that reads all answers back fetches what works them out: a first visit to the questions does
// without it.
import { useEffect } from "react";

export const useReview = (useResponse) => {
  useEffect(() => {
    const { reviewWith } = useResponse.getState();
    import("./review.js").then(({ reviewOf }) => reviewWith(reviewOf));
  }, [useResponse]);
};
