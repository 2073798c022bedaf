// Turns values into drafts and back, and drafts into values, with the phone's own code. One JSON line
// in: {module, cases: [{link_id, value} or {link_id, draft}]}; one JSON line out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { EMPTY_DRAFT, draftOfValue, valueOfDraft } = await load("rules/drafts.js");
const { validateValue } = await load("rules/validation.js");
const { messageFor } = await load("questions/messages.js");

const read = (item, draft) => {
  const { value, problem } = valueOfDraft(item, { ...EMPTY_DRAFT, ...draft });
  const found = problem ?? validateValue(item, value);
  return found ? { problem: found.code, message: messageFor(item, found, false) } : { value };
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const { questionnaire } = await load(module);
  const results = cases.map(({ link_id, value, draft }) => {
    const item = questionnaire.items[link_id];
    return read(item, draft ?? draftOfValue(item, value));
  });
  console.log(JSON.stringify(results));
}
