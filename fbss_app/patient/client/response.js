// One questionnaire response on this phone: a zustand store whose state is what the pages show and
// whose functions are what a person can do. All rules are in the modules it imports.
import { create } from "zustand";
import { addressOf, stepNamed } from "./address.js";
import { MASKED, answerKey, deviceOf, foldEvents, parseKey } from "./answers.js";
import { draftActions } from "./draft_actions.js";
import { EMPTY_DRAFT, draftFrom, draftOfValue, valueOfDraft } from "./drafts.js";
import { adoptEarlyInput, earlySubmit } from "./early.js";
import { invitationHere, ownPath } from "./base.js";
import { createEventLog } from "./event_log.js";
import { evaluate } from "./views.js";
import * as views from "./views.js";
import { interruptionView } from "./interruption.js";
import { firstUnanswered, isAnswered, steps } from "./navigation.js";
import { NO_LIST, NO_URGENT, stateAtFirst } from "./response_state.js";
import { repetitionActions } from "./repetition_actions.js";
import { savingActions } from "./saving_actions.js";
import { createSavingOnDemand, isAgreed } from "./saving_on_demand.js";
import { LAST_USE, phone } from "./storage.js";
import { placeOf, pushPlace, replacePlace, titlePage, toPage } from "./place.js";
import { validateValue } from "./validation.js";
import { messageFor } from "./messages.js";
import { words } from "./words.js";

export const createResponse = (questionnaire, pages) => {
  const named = (name) => `${questionnaire.name}:${name}`;
  const log = createEventLog(questionnaire);
  const nothing = evaluate(questionnaire, new Map());
  // What is shown; `whole` is what is here, the same unless the answers are hidden.
  let evaluation = nothing;
  let whole = nothing;
  let isHidden = false;
  let watching = null;
  let newlyEnabled = new Set();
  let review = null;

  const firstStep = () => steps(evaluation)[0];
  const stepAt = (key) => steps(evaluation).find((step) => step.key === key);
  const isOurs = (address) => parseKey(address).linkId in questionnaire.items;
  const invitation = () => invitationHere(phone.get(named("invitation")));
  let chosenCountry = null;
  const country = () =>
    words.countries.find((one) => one.code === chosenCountry) ??
    views.countryOf(whole, words.countries, [invitation()?.country, words.defaultCountry]);
  const helpNumbers = () => ({
    country: country(),
    helpCalls: {
      emergency: views.callsFor(country(), ["emergency"]),
      urgent: views.callsFor(country(), ["surgical-team"]),
      crisis: views.callsFor(country(), ["crisis"]),
    },
    helpAdvice: country().urgent?.advice ?? "",
  });

  // The first question without any answer: what the page was prerendered with.
  const prerendered = views.questionView(evaluation, firstStep(), country());

  const atFirst = stateAtFirst(questionnaire, prerendered, helpNumbers());

  return create((set, get) => {
    const record = () => phone.get(named("response")) ?? {};
    const keepRecord = (changes) => {
      const before = record();
      const after = { ...before, ...changes };
      if (JSON.stringify(before) !== JSON.stringify(after)) phone.write(named("response"), after);
    };

    const notices = () =>
      set({
        owner: phone.device.owner,
        storageNotice: phone.problem ? words.storage[phone.problem] : "",
        expiredNotice: words.storage[phone.expired] ?? "",
      });

    const device = () => deviceOf(questionnaire, phone.device.authors);

    // Works everything out anew from the events.
    const refresh = () => {
      const leftOut = views.leftOutBy(questionnaire, invitation());
      const events = log.all();
      whole = evaluate(questionnaire, foldEvents(events, device()), record().role, leftOut, events);
      evaluation = isHidden ? nothing : whole;
      const list = steps(evaluation);
      set({
        hasAnswers: !isHidden && log.all().length > 0,
        isComplete: !firstUnanswered(evaluation, list),
        conditions: Object.fromEntries(
          questionnaire.conditionNames.map((name) => [name, evaluation.condition(name)]),
        ),
        helper: views.isHelper(evaluation),
        ...helpNumbers(),
      });
      if (holdsAnswers()) watching ??= watchUse();
    };

    const holdsAnswers = () => Boolean(log.all().length || record().id);
    const setHidden = (value) => {
      isHidden = value;
      set({ hidden: value });
      refresh();
      present();
    };

    // Loaded once there is something to hide.
    const watchUse = async () => {
      try {
        const { watchUse } = await import("./hiding.js");
        return watchUse({ holdsAnswers, isHidden: () => isHidden, setHidden, reveal, set, atFirst });
      } catch {
        watching = null;
        return null;
      }
    };

    const checkUse = () => watching?.then((watch) => watch?.check());

    const reveal = () => {
      setHidden(false);
      if (ownPath() === pages.questionnaire) get().openPlace(window.location.hash);
      saving.send();
    };

    // What only other pages than a question show; working it out on every tap would cost a frame.
    const present = () =>
      set({
        stages: views.stages(evaluation, pages.questionnaire),
        ...review?.(evaluation, {
          events: isHidden ? [] : log.all(), device: device(), participants: record().participants, pages,
        }),
      });

    // `by`: role, perspective and, for a confirmation, the id of the event it confirms.
    const append = (linkId, path, value, by = views.givenAs(evaluation, linkId, value)) => {
      if (record().role === "read") return;
      log.append(linkId, path, value, by);
      notices();
      refresh();
    };

    const showCurtain = async (question) => {
      set({ view: "display", question: { ...question, control: "display" } });
      const { behindCurtain } = await import("./hiding.js");
      if (get().question.key === question.key) set({ question: behindCurtain(question, evaluation) });
    };

    const showQuestion = (step) => {
      const item = evaluation.item(step.linkId);
      const question = views.questionView(evaluation, step, country());
      if (evaluation.alone.has(step.key)) return showCurtain(question);
      const kept = phone.get(named("draft"))?.[step.key];
      set({
        view: step.kind,
        question,
        draft: kept
          ? draftFrom(kept)
          : draftOfValue(item, evaluation.answer(step.linkId, step.path)),
      });
    };

    const show = (place) => {
      if (isHidden) return;
      const step = place.key ? stepAt(place.key) : null;
      const isFirst = step && step.key === firstStep().key;
      // An old address may name a warning that is over: its question is shown instead.
      const urgent = place.view === "urgent" && views.urgentView(evaluation, step, country());
      const interruption = place.view === "interruption" && unlikely(step);
      set({ mode: place.mode, problem: "", isFirst: Boolean(isFirst) });
      if (place.view === "sections") {
        present();
        set({ view: "sections" });
      } else if (urgent) {
        set({ view: "urgent", urgent });
      } else if (interruption) {
        set({ view: "interruption", interruption });
      } else if (step.kind === "repetitions") {
        set({ view: "repetitions", repetitions: views.repetitionsView(evaluation, step) });
      } else {
        showQuestion(step);
      }
      if (step) keepRecord({ place: step.key });
      titlePage(get());
    };

    const resumePlace = () => {
      // Whoever is here for the first time begins with the first page, though it may ask nothing.
      const kept = stepAt(record().place) ?? (log.all().length ? undefined : firstStep());
      const next = firstUnanswered(evaluation) ?? kept;
      const step = kept && !isAnswered(evaluation, kept) ? kept : next;
      return step ? { view: "", mode: "", key: step.key } : { view: "sections", mode: "", key: "" };
    };

    // An unlikely answer is asked about until exactly this answer was kept.
    const keptAs = (step) => JSON.stringify(evaluation.answer(step.linkId, step.path));
    const unlikely = (step) => {
      const isKept = record().kept?.[step.key] === keptAs(step);
      return isKept ? null : interruptionView(evaluation, step);
    };

    const addressed = (place) => {
      const step = stepAt(place.key);
      return { ...place, address: step ? addressOf(evaluation, step) : "" };
    };

    const moveTo = (place) => {
      pushPlace(addressed(place));
      show(place);
      set((state) => ({ moves: state.moves + 1 }));
    };

    const dropDraft = (key) => {
      const drafts = { ...phone.get(named("draft")) };
      delete drafts[key];
      phone.write(named("draft"), drafts);
    };

    const refuse = (item, problem) => {
      const message = messageFor(item, problem, get().helper);
      set((state) => ({
        problem: message,
        refusals: state.refusals + 1,
      }));
      titlePage(get());
    };

    const next = (key) => {
      const list = steps(evaluation);
      newlyEnabled.delete(key);
      if (get().mode === "change") {
        const extra = list.find((step) => newlyEnabled.has(step.key) && !isAnswered(evaluation, step));
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

    const keysOfSteps = () => new Set(steps(evaluation).map((one) => one.key));

    // What a change gives rise to is asked before it leads back to the answers.
    const noteNewSteps = (before) => {
      for (const one of steps(evaluation)) if (!before.has(one.key)) newlyEnabled.add(one.key);
    };

    const commit = (step, value) => {
      const before = keysOfSteps();
      const current = evaluation.answer(step.linkId, step.path);
      if (JSON.stringify(current ?? null) !== JSON.stringify(value))
        append(step.linkId, step.path, value);
      dropDraft(step.key);
      noteNewSteps(before);
      get().send();
    };

    // What the status line says: only what the server has confirmed is "saved".
    const setSync = (status, message = "", canExportUnsent = false) => {
      const place = phone.device.owner === "mine" ? "mine" : "shared";
      const kept = log.all().length ? words.sync[`local_${phone.problem || place}`] : "";
      const text = message || (status === "local" ? kept : words.sync[status]);
      const { role = "patient", can_manage: canManage = true, participants = [], ended } = record();
      set({
        sync: status,
        statusText: text,
        canExportUnsent: canExportUnsent && !isHidden,
        hasConsent: isAgreed(record()),
        role,
        canManage,
        participants,
        isReadOnly: role === "read",
        linkEnded: Boolean(ended),
      });
    };

    // Fields that nobody has touched show the answer as it is now, whoever gave it.
    const refreshDraft = () => {
      const { view, question, draft } = get();
      const step = stepAt(question.key);
      if (view !== "question" || !step || phone.get(named("draft"))?.[step.key]) return;
      const answered = evaluation.answer(step.linkId, step.path);
      const fresh = draftOfValue(evaluation.item(step.linkId), answered);
      if (JSON.stringify(fresh) !== JSON.stringify(draft)) set({ draft: fresh });
    };

    const changed = () => {
      refresh();
      refreshDraft();
      present();
    };

    const saving = createSavingOnDemand({
      questionnaire, log, record, keepRecord, changed, say: setSync,
      announce: (arrived) => set({ arrived: isHidden ? "" : arrived }),
    });

    // Another response than before, or none: what was on the screen belongs to the one that is gone.
    const showAnother = () => {
      newlyEnabled = new Set();
      set({ draft: EMPTY_DRAFT, urgent: NO_URGENT, repetitions: NO_LIST, removed: "", arrived: "" });
      if (!get().isOpen || ownPath() !== pages.questionnaire) return;
      const place = log.all().length ? resumePlace() : null;
      if (!place) return;
      show(place);
      replacePlace(addressed(place));
    };

    // Another tab has added answers, saved, or cleared the phone; or a person changed over to another
    // response.
    const reload = () => {
      const before = log.all();
      log.load();
      const held = new Set(log.all().map(({ id }) => id));
      refresh();
      if (before.length && !before.some(({ id }) => held.has(id))) showAnother();
      refreshDraft();
      present();
      notices();
      saving.followOtherTab();
      sendShelf();
    };

    const sendShelf = async () => {
      if (!phone.holdsOthers()) return;
      const { sendShelf } = await import("./shelf_sending.js").catch(() => ({}));
      sendShelf?.(questionnaire, createEventLog);
    };

    return {
      ...atFirst,
      ...draftActions({ get, set, named }),
      ...savingActions({
        set, saving, record, keepRecord, name: questionnaire.name,
        unsent: () => [evaluation, log.pending()],
      }),
      ...repetitionActions({
        get, set, append, evaluated: () => evaluation, stepAt, moveTo, noteNewSteps, keysOfSteps,
      }),

      // Called once React has taken over the page: reads what this phone holds.
      start: () => {
        if (get().ready) {
          checkUse();
          return present();
        }
        phone.start();
        log.load();
        isHidden = phone.isIdle && holdsAnswers();
        phone.onChange(reload);
        set({
          ready: true,
          hidden: isHidden,
          printedOn: new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date()),
        });
        notices();
        refresh();
        present();
        saving.send();
        sendShelf();
      },

      // Called on the questionnaire page, at first and whenever its address changes.
      openPlace: (hash) => {
        if (isHidden) return;
        const place = placeOf(hash);
        // A fragment that never was a question, such as the skip link's, leaves the page as it is.
        if (get().isOpen && place?.address && !isOurs(place.address)) return;
        const step = place && stepNamed(evaluation, place.address);
        const isResuming = !step && place?.view !== "sections";
        const wanted = isResuming ? resumePlace() : { ...place, key: step?.key ?? "" };
        show(wanted);
        set({ isOpen: true });
        if (isResuming) replacePlace(addressed(wanted));
        const early = adoptEarlyInput(get().question);
        if (early) get().setDraft(early);
        if (earlySubmit(get().question)) get().continueOn();
      },

      continueOn: () => {
        const { question, draft, view } = get();
        const step = stepAt(question.key);
        if (view !== "question" || !step) return next(question.key);
        const item = evaluation.item(step.linkId);
        const { value, problem } = valueOfDraft(item, draft);
        const found = problem ?? validateValue(item, value);
        if (found) return refuse(item, found);
        commit(step, value);
        const isUrgent = views.urgentView(evaluation, step, country());
        if (isUrgent) return moveTo({ view: "urgent", mode: get().mode, key: step.key });
        if (unlikely(step))
          return moveTo({ view: "interruption", mode: get().mode, key: step.key });
        return next(step.key);
      },

      // Puts the question aside for the patient alone: no answer, and never a "no".
      maskQuestion: () => {
        const { key } = get().question;
        const list = steps(evaluation);
        const passed = new Set(list.slice(0, list.findIndex((one) => one.key === key) + 1).map((one) => one.key));
        const step = stepAt(key);
        if (step) commit(step, MASKED);
        if (stepAt(key) || get().mode === "change") return next(key);
        // A helper is not asked it again: it has no place from which to go on.
        const after = steps(evaluation).find((one) => !passed.has(one.key));
        return after ? moveTo({ view: "", mode: "", key: after.key }) : toPage(pages.checkAnswers);
      },

      // The pages that read all answers back bring what works them out.
      reviewWith: (pageReview) => {
        review = pageReview;
        present();
      },

      continueAfterUrgent: () => next(get().urgent.key),

      keepUnlikelyAnswer: () => {
        const { key } = get().interruption;
        keepRecord({ kept: { ...record().kept, [key]: keptAs(stepAt(key)) } });
        return next(key);
      },
      changeUnlikelyAnswer: () => get().back(),

      continueAfterList: () => next(get().repetitions.key),

      // Every event that may be seen here, and further ones given by somebody who reads the answers back.
      events: () =>
        log.all().filter(({ link_id, path }) => !evaluation.alone.has(answerKey(link_id, path))),
      giveEvents: (list) => {
        for (const { linkId, path, value, by } of list) append(linkId, path, value, by);
        present();
        get().send();
      },

      record,

      // Shows the answers again that were hidden; the person is there.
      reveal: () => {
        phone.write(LAST_USE, { at: Date.now() });
        reveal();
        checkUse();
      },

      back: () => {
        // A browser drops the oldest of some fifty entries, and then has none to go back to.
        const isKept = window.navigation?.canGoBack !== false;
        if (window.history.state?.moves && isKept) return window.history.back();
        const { view, mode, question, urgent, interruption, repetitions } = get();
        const isAfterAnswer = view === "urgent" || view === "interruption";
        if (mode === "change" && !isAfterAnswer) return toPage(pages.checkAnswers);
        const { key } = { urgent, interruption, repetitions }[view] ?? question;
        const list = steps(evaluation);
        const before = isAfterAnswer ? stepAt(key) : list[list.findIndex((s) => s.key === key) - 1];
        if (!before) return toPage(pages.start);
        const place = { view: "", mode, key: before.key };
        replacePlace(addressed(place));
        show(place);
        return set((state) => ({ moves: state.moves + 1 }));
      },

      // For the numbers of another country, without changing an answer.
      chooseCountry: (code) => {
        chosenCountry = code;
        set(helpNumbers());
      },
    };
  });
};
