// Whom the pages offer to call: the numbers of the person's country, or of one that they look at.
import { callsFor, countryOf } from "../rules/views.js";
import { words } from "../words/questions.js";

// `evaluated` gives the evaluation, `invitation` what is kept of the clinic that asked.
export const createHelpNumbers = (evaluated, invitation) => {
  let chosen = null;
  const country = () =>
    words.countries.find((one) => one.code === chosen) ??
    countryOf(evaluated(), words.countries, [invitation()?.country, words.defaultCountry]);

  return {
    country,

    helpNumbers: () => ({
      country: country(),
      helpCalls: {
        emergency: callsFor(country(), ["emergency"]),
        urgent: callsFor(country(), ["surgical-team"]),
        crisis: callsFor(country(), ["crisis"]),
      },
      helpAdvice: country().urgent?.advice ?? "",
    }),

    choose: (code) => {
      chosen = code;
    },
  };
};
