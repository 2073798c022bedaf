// Problem codes as plain sentences: content/en/messages.yaml with the item's own limits filled in.
import { dateText } from "../rules/format.js";
import { words } from "../words/questions.js";

const limitText = (item, limit) => {
  if (limit === undefined) return "";
  if (limit === "today") return "today";
  return item.type === "date" ? dateText(limit) : String(limit);
};

export const messageFor = (item, { code }, helper) => {
  const own = (helper && item.helperMissing) || item.missing;
  if (code === "missing" && own) return own;
  const message = words.problem[code];
  const text = message.by_type?.[item.type] ?? message.default;
  const values = {
    min: limitText(item, item.min),
    max: limitText(item, item.max),
    max_length: item.maxLength,
    min_occurs: item.minOccurs,
    max_occurs: item.maxOccurs,
  };
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
};
