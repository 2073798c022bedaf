// Lets the phone take replies from stdin into its event log, one JSON a line: {module, cases}, where a case
// is {own, order, replies}: the phone's own answers [link_id, path, value]; everything in the server's
// order, a number for an own answer and an event for another's; and which places of it each reply
// confirms or brings. Prints the places as the phone then has them, and its answers.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { StorageArea } from "../faults/phone/storage_area.mjs";

globalThis.window = globalThis;
const areas = ["localStorage", "sessionStorage"].map((name) => {
  const area = new StorageArea({ onEvent: () => {} });
  Object.defineProperty(globalThis, name, { value: area.seenBy(null) });
  return area;
});
globalThis.addEventListener = () => {};
globalThis.document = { documentElement: { dataset: {} } };

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { createEventLog } = await load("storage/event_log.js");
const { createIntake } = await load("storage/event_intake.js");
const { foldEvents } = await load("rules/answers.js");
const { phone } = await load("storage/storage.js");
phone.start();

const emptyPhone = () => {
  areas.forEach((area) => area.clear());
  phone.clear();
  phone.setOwner("mine");
};

const afterReplies = (questionnaire, { own, order, replies }) => {
  emptyPhone();
  const log = createEventLog(questionnaire);
  const intake = createIntake(log);
  log.load();
  for (const [linkId, path, value] of own)
    log.append(linkId, path, value, { role: "patient", perspective: "self" });
  const ids = log.all().map(({ id }) => id);
  const isOwn = (place) => typeof order[place] === "number";
  const idAt = (place) => (isOwn(place) ? ids[order[place]] : order[place].id);
  for (const places of replies) {
    const confirmed = places.filter(isOwn);
    const brought = places.filter((place) => !isOwn(place));
    intake.takeIn({
      confirmed: confirmed.map(idAt),
      sequences: confirmed.map((place) => place + 1),
      events: brought.map((place) => ({ ...order[place], sequence: place + 1, participant: "other" })),
      me: "me",
      cursor: order.length,
    });
  }
  const places = order.map((_, place) => idAt(place));
  return {
    places: log.all().map(({ id }) => places.indexOf(id)),
    pending: log.pending().length,
    answers: [...foldEvents(log.all())],
  };
};

for await (const line of createInterface({ input: process.stdin })) {
  const { module, cases } = JSON.parse(line);
  const { questionnaire } = await load(module);
  console.log(JSON.stringify(cases.map((one) => afterReplies(questionnaire, one))));
}
