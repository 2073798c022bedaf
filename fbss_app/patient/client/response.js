// One questionnaire response on this phone: a zustand store whose state is what the pages show and
// whose functions are what a person can do. It holds the answers and works everything out anew when they
// change; what follows from that is in the modules it puts together.
//
// showing.js comes first: in another order the bundler cuts the first visit into more pieces.
import { create } from "zustand";
import { createShowing } from "./questions/showing.js";
import { answerKey, deviceOf, foldEvents } from "./rules/answers.js";
import { invitationHere, ownPath } from "./page/base.js";
import { draftActions } from "./questions/draft_actions.js";
import { EMPTY_DRAFT } from "./rules/drafts.js";
import { createEventLog } from "./storage/event_log.js";
import { createHelpNumbers } from "./questions/help_numbers.js";
import { createHidingOnDemand } from "./hiding/hiding_on_demand.js";
import { createLeadingOn } from "./questions/leading_on.js";
import { firstUnanswered, steps } from "./rules/navigation.js";
import { NO_LIST, NO_URGENT, stateAtFirst } from "./questions/response_state.js";
import { repetitionActions } from "./questions/repetition_actions.js";
import { savingActions } from "./saving/saving_actions.js";
import { createSavingOnDemand } from "./saving/saving_on_demand.js";
import { createStatusLine } from "./questions/status_line.js";
import { phone } from "./storage/storage.js";
import { evaluate, givenAs, isHelper, leftOutBy, questionView, stages } from "./rules/views.js";

export const createResponse = (questionnaire, pages) => {
  const named = (name) => `${questionnaire.name}:${name}`;
  const log = createEventLog(questionnaire);
  const nothing = evaluate(questionnaire, new Map());
  // What is shown; `whole` is what is here, the same unless the answers are hidden.
  let evaluation = nothing;
  let whole = nothing;
  let review = null;

  const evaluated = () => evaluation;
  const stepAt = (key) => steps(evaluation).find((step) => step.key === key);
  const invitation = () => invitationHere(phone.get(named("invitation")));
  const { country, helpNumbers, choose } = createHelpNumbers(() => whole, invitation);

  // The first question without any answer: what the page was prerendered with.
  const prerendered = questionView(evaluation, steps(evaluation)[0], country());

  const atFirst = stateAtFirst(questionnaire, prerendered, helpNumbers());

  return create((set, get) => {
    const record = () => phone.get(named("response")) ?? {};
    const keepRecord = (changes) => {
      const before = record();
      const after = { ...before, ...changes };
      if (JSON.stringify(before) !== JSON.stringify(after)) phone.write(named("response"), after);
    };

    const device = () => deviceOf(questionnaire, phone.device.authors);

    // Works everything out anew from the events.
    const refresh = () => {
      const leftOut = leftOutBy(questionnaire, invitation());
      const events = log.all();
      whole = evaluate(questionnaire, foldEvents(events, device()), record().role, leftOut, events);
      evaluation = isHidden() ? nothing : whole;
      set({
        hasAnswers: !isHidden() && log.all().length > 0,
        isComplete: !firstUnanswered(evaluation),
        conditions: Object.fromEntries(
          questionnaire.conditionNames.map((name) => [name, evaluation.condition(name)]),
        ),
        helper: isHelper(evaluation),
        ...helpNumbers(),
      });
      watchUse();
    };

    // What only other pages than a question show; working it out on every tap would cost a frame.
    const present = () =>
      set({
        stages: stages(evaluation, pages.questionnaire),
        ...review?.(evaluation, {
          events: isHidden() ? [] : log.all(), device: device(), participants: record().participants, pages,
        }),
      });

    const isOnQuestions = () => ownPath() === pages.questionnaire;

    const { isHidden, watchUse, checkUse, ...hiding } = createHidingOnDemand({
      log, record, set, atFirst,
      worksOut: () => {
        refresh();
        present();
      },
      revealed: () => {
        if (isOnQuestions()) get().openPlace(window.location.hash);
        saving.send();
      },
    });

    const { notices, setSync } = createStatusLine({ set, log, record, isHidden });

    // `by`: role, perspective and, for a confirmation, the id of the event it confirms.
    const append = (linkId, path, value, by = givenAs(evaluation, linkId, value)) => {
      if (record().role === "read") return;
      log.append(linkId, path, value, by);
      notices();
      refresh();
    };

    const parts = { get, set, named, record, keepRecord, evaluated, stepAt, country, pages, append };
    const showing = createShowing({ ...parts, questionnaire, log, isHidden, present });
    const leading = createLeadingOn({ ...parts, showing });

    const changed = () => {
      refresh();
      showing.refreshDraft();
      present();
    };

    const saving = createSavingOnDemand({
      questionnaire, log, record, keepRecord, changed, say: setSync,
      announce: (arrived) => set({ arrived: isHidden() ? "" : arrived }),
    });

    // Another response than before, or none: what was on the screen belongs to the one that is gone.
    const showAnother = () => {
      leading.forgetNewSteps();
      set({ draft: EMPTY_DRAFT, urgent: NO_URGENT, repetitions: NO_LIST, removed: "", arrived: "" });
      if (get().isOpen && isOnQuestions() && log.all().length) showing.showInPlace(showing.resumePlace());
    };

    // Another tab has added answers, saved, or cleared the phone; or a person changed over to another
    // response.
    const reload = () => {
      const before = log.all();
      log.load();
      const held = new Set(log.all().map(({ id }) => id));
      refresh();
      if (before.length && !before.some(({ id }) => held.has(id))) showAnother();
      showing.refreshDraft();
      present();
      notices();
      saving.followOtherTab();
      sendShelf();
    };

    const sendShelf = async () => {
      if (!phone.holdsOthers()) return;
      const { sendShelf } = await import("./saving/shelf_sending.js").catch(() => ({}));
      sendShelf?.(questionnaire, createEventLog);
    };

    return {
      ...atFirst,
      ...draftActions(parts),
      ...savingActions({
        set, saving, record, keepRecord, name: questionnaire.name,
        unsent: () => [evaluation, log.pending()],
      }),
      ...repetitionActions({ ...parts, ...leading, moveTo: showing.moveTo }),
      ...leading.actions,
      openPlace: showing.openPlace,
      reveal: hiding.reveal,

      // Called once React has taken over the page: reads what this phone holds.
      start: () => {
        if (get().ready) {
          checkUse();
          return present();
        }
        phone.start();
        log.load();
        hiding.start();
        phone.onChange(reload);
        set({
          ready: true,
          hidden: isHidden(),
          printedOn: new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date()),
        });
        notices();
        refresh();
        present();
        saving.send();
        sendShelf();
      },

      // The pages that read all answers back bring what works them out.
      reviewWith: (pageReview) => {
        review = pageReview;
        present();
      },

      // Every event that may be seen here, and further ones given by somebody who reads the answers back.
      events: () =>
        log.all().filter(({ link_id, path }) => !evaluation.alone.has(answerKey(link_id, path))),
      giveEvents: (list) => {
        for (const { linkId, path, value, by } of list) append(linkId, path, value, by);
        present();
        get().send();
      },

      record,

      // For the numbers of another country, without changing an answer.
      chooseCountry: (code) => {
        choose(code);
        set(helpNumbers());
      },
    };
  });
};
