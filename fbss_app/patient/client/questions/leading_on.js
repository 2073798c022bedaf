// Takes an answer in and leads on from it: to the next question, to what it gives rise to, or back.
import { MASKED } from "../rules/answers.js";
import { valueOfDraft } from "../rules/drafts.js";
import { messageFor } from "./messages.js";
import { isAnswered, steps } from "../rules/navigation.js";
import { titlePage, toPage } from "../rules/place.js";
import { phone } from "../storage/storage.js";
import { validateValue } from "../rules/validation.js";
import { urgentView } from "../rules/views.js";

// `showing` is of showing.js, `append` adds an answer. `actions` is what a person can do.
export const createLeadingOn = ({
  pages, get, set, named, record, keepRecord, append, evaluated, stepAt, country, showing,
}) => {
  const { keptAs, moveTo, resumePlace, showInPlace, unlikely } = showing;
  let newlyEnabled = new Set();

  const next = (key) => {
    const list = steps(evaluated());
    newlyEnabled.delete(key);
    if (get().mode === "change") {
      const extra = list.find((step) => newlyEnabled.has(step.key) && !isAnswered(evaluated(), step));
      if (extra) return moveTo({ view: "", mode: "change", key: extra.key });
      newlyEnabled = new Set();
      return toPage(pages.checkAnswers);
    }
    const index = list.findIndex((step) => step.key === key);
    // Another tab's answer may have taken the question away.
    if (index < 0) return moveTo(resumePlace());
    const after = list[index + 1];
    return after ? moveTo({ view: "", mode: "", key: after.key }) : toPage(pages.checkAnswers);
  };

  const keysOfSteps = () => new Set(steps(evaluated()).map((one) => one.key));

  // What a change gives rise to is asked before it leads back to the answers.
  const noteNewSteps = (before) => {
    for (const one of steps(evaluated())) if (!before.has(one.key)) newlyEnabled.add(one.key);
  };

  const dropDraft = (key) => {
    const drafts = { ...phone.get(named("draft")) };
    delete drafts[key];
    phone.write(named("draft"), drafts);
  };

  const commit = (step, value) => {
    const before = keysOfSteps();
    const current = evaluated().answer(step.linkId, step.path);
    if (JSON.stringify(current ?? null) !== JSON.stringify(value))
      append(step.linkId, step.path, value);
    dropDraft(step.key);
    noteNewSteps(before);
    get().send();
  };

  const refuse = (item, problem) => {
    const message = messageFor(item, problem, get().helper);
    set((state) => ({
      problem: message,
      refusals: state.refusals + 1,
    }));
    titlePage(get());
  };

  return {
    keysOfSteps,
    noteNewSteps,
    forgetNewSteps: () => {
      newlyEnabled = new Set();
    },

    actions: {
      continueOn: () => {
        const { question, draft, view } = get();
        const step = stepAt(question.key);
        if (view !== "question" || !step) return next(question.key);
        const item = evaluated().item(step.linkId);
        const { value, problem } = valueOfDraft(item, draft);
        const found = problem ?? validateValue(item, value);
        if (found) return refuse(item, found);
        commit(step, value);
        const isUrgent = urgentView(evaluated(), step, country());
        if (isUrgent) return moveTo({ view: "urgent", mode: get().mode, key: step.key });
        if (unlikely(step))
          return moveTo({ view: "interruption", mode: get().mode, key: step.key });
        return next(step.key);
      },

      // Puts the question aside for the patient alone: no answer, and never a "no".
      maskQuestion: () => {
        const { key } = get().question;
        const list = steps(evaluated());
        const passed = new Set(list.slice(0, list.findIndex((one) => one.key === key) + 1).map((one) => one.key));
        const step = stepAt(key);
        if (step) commit(step, MASKED);
        if (stepAt(key) || get().mode === "change") return next(key);
        // A helper is not asked it again: it has no place from which to go on.
        const after = steps(evaluated()).find((one) => !passed.has(one.key));
        return after ? moveTo({ view: "", mode: "", key: after.key }) : toPage(pages.checkAnswers);
      },

      continueAfterUrgent: () => next(get().urgent.key),

      keepUnlikelyAnswer: () => {
        const { key } = get().interruption;
        keepRecord({ kept: { ...record().kept, [key]: keptAs(stepAt(key)) } });
        return next(key);
      },
      changeUnlikelyAnswer: () => get().back(),

      continueAfterList: () => next(get().repetitions.key),

      back: () => {
        // A browser drops the oldest of some fifty entries, and then has none to go back to.
        const isKept = window.navigation?.canGoBack !== false;
        if (window.history.state?.moves && isKept) return window.history.back();
        const { view, mode, question, urgent, interruption, repetitions } = get();
        const isAfterAnswer = view === "urgent" || view === "interruption";
        if (mode === "change" && !isAfterAnswer) return toPage(pages.checkAnswers);
        const { key } = { urgent, interruption, repetitions }[view] ?? question;
        const list = steps(evaluated());
        const before = isAfterAnswer ? stepAt(key) : list[list.findIndex((s) => s.key === key) - 1];
        if (!before) return toPage(pages.start);
        showInPlace({ view: "", mode, key: before.key });
        return set((state) => ({ moves: state.moves + 1 }));
      },
    },
  };
};
