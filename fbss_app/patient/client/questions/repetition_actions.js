// What a person can do on the page that lists the repetitions of a group.
import { answerKey, parseKey } from "../rules/answers.js";
import { steps } from "../rules/navigation.js";
import { newId } from "../crypto/random.js";
import { repetitionsView } from "../rules/views.js";

// `evaluated` gives the evaluation as it is at that moment: every answer makes a new one.
export const repetitionActions = ({
  get, set, append, evaluated, stepAt, moveTo, noteNewSteps, keysOfSteps,
}) => ({
  openRepetition: (key) => moveTo({ view: "", mode: get().mode, key }),

  addRepetition: () => {
    const { linkId, key } = get().repetitions;
    const { path } = parseKey(key);
    const ids = evaluated().repetitions(linkId, path);
    for (const id of ids)
      if (evaluated().answer(linkId, [...path, id]) === undefined)
        append(linkId, [...path, id], true);
    const id = newId().slice(0, 8);
    const before = keysOfSteps();
    append(linkId, [...path, id], true);
    noteNewSteps(before);
    get().send();
    set({ removed: "" });
    const inside = answerKey(linkId, [...path, id]).split("@")[1];
    const first = steps(evaluated()).find((step) => step.path.join(".").startsWith(inside));
    return moveTo({ view: "", mode: get().mode, key: first.key });
  },

  removeRepetition: (id) => {
    const { linkId, key } = get().repetitions;
    const { path } = parseKey(key);
    for (const one of evaluated().repetitions(linkId, path))
      if (one !== id && evaluated().answer(linkId, [...path, one]) === undefined)
        append(linkId, [...path, one], true);
    append(linkId, [...path, id], null);
    set({ removed: id, repetitions: repetitionsView(evaluated(), stepAt(key)) });
    get().send();
  },

  undoRemove: () => {
    const { removed, repetitions } = get();
    append(repetitions.linkId, [...parseKey(repetitions.key).path, removed], true);
    set({ removed: "", repetitions: repetitionsView(evaluated(), stepAt(repetitions.key)) });
    get().send();
  },
});
