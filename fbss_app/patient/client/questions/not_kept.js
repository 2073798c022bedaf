// The question of whose phone it is, on a phone that keeps no answers of whoever answers: it offers no more
// than can be done, and says what happens instead. Most phones never load this.
import { optionText } from "../rules/format.js";
import { phone } from "../storage/storage.js";
import { words } from "../words/not_kept.js";

const withShortLabels = (rows, { options }) =>
  rows.map((row) => ({ ...row, label: optionText(options.find(({ value }) => value === row.value), true) }));

// `question` as views.js gives it, `item` as the definition has it.
export const saidOpenly = (question, item, { name }) => ({
  ...question,
  hint: words[phone.device.isApart ? "apart" : "blocked"] + (name === words.saves ? words.to_keep : ""),
  options: withShortLabels(question.options, item),
});
