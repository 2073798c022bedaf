// Values in words, for check-answers and the summary. Mirrors answer_text in
// fbss_app/domain/summary/answer_text.py.
import { isAbsent } from "./answers.js";

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
];

export const dateText = (text) => {
  const [year, month, day] = text.split("-");
  if (!month) return year;
  const named = `${MONTHS[Number(month) - 1]} ${year}`;
  return day ? `${Number(day)} ${named}` : named;
};

export const optionText = (option, short) => (short && option.short) || option.label;

const oneText = (item, value, short) => {
  if (isAbsent(value)) return item.notSure;
  if (item.type === "boolean") return value ? "Yes" : "No";
  if (item.type === "date") return dateText(value);
  if (typeof value === "object") return value.other;
  if (item.codes.length) {
    const option = item.options.find((one) => one.value === value);
    return option ? optionText(option, short) : value;
  }
  return item.unit ? `${value} ${item.unit}` : String(value);
};

export const FOR_THE_PATIENT_ALONE = "To be answered by the patient alone";
export const ANSWERED_ALONE = "Answered by the patient alone";

export const answerTexts = (item, value, short = false) =>
  (Array.isArray(value) ? value : [value]).map((one) => oneText(item, one, short));

// Rounds half up on the digits the number is written with, as scoring.py does.
export const scoreText = (number, decimals) => {
  const [digits, exponent = "0"] = String(number).split("e");
  const rounded = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  return Number(`${rounded}e-${decimals}`).toFixed(decimals);
};
