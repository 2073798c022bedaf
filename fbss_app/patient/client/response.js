// One questionnaire response on this phone: a zustand store whose state is what the pages show and
// whose functions are what a person can do. All rules are in the modules it imports.
import { create } from "zustand";
import { addressOf, stepNamed } from "./address.js";
import { MASKED, answerKey, deviceOf, foldEvents, parseKey } from "./answers.js";
import { EMPTY_DRAFT, draftFrom, draftOfValue, valueOfDraft } from "./drafts.js";
import { adoptEarlyInput, earlySubmit } from "./early.js";
import { createEventLog } from "./event_log.js";
import { evaluate } from "./views.js";
import * as views from "./views.js";
import { interruptionView } from "./interruption.js";
import { firstUnanswered, isAnswered, steps } from "./navigation.js";
import { newId } from "./random.js";
import { createSaving } from "./saving.js";
import { phone } from "./storage.js";
import { placeOf, pushPlace, replacePlace, titlePage, toPage } from "./place.js";
import { validateValue } from "./validation.js";
import { messageFor } from "./messages.js";
import { words } from "./words.js";

const NO_URGENT = Object.freeze({
  key: "", urgency: "", signs: [], actions: [], calls: [], advice: "", relay: "", relayAdvice: "",
});
const NO_INTERRUPTION = Object.freeze({
  key: "", title: "", text: "", detail: "", label: "", answers: [], caption: "",
});
const NO_LIST = Object.freeze({
  key: "", linkId: "", title: "", text: "", name: "", caption: "", rows: [], canRemove: false, canAdd: false,
});
const NO_SUMMARY = Object.freeze({
  blocks: [], flags: [], questions: [], moreQuestions: [], by: "", marks: "", signsAnsweredOn: "", version: "",
  instruments: "", credits: [],
});

export const createResponse = (questionnaire, pages) => {
  const named = (name) => `${questionnaire.name}:${name}`;
  const { roles } = questionnaire;
  const log = createEventLog(questionnaire);
  let evaluation = evaluate(questionnaire, new Map());
  let newlyEnabled = new Set();
  let review = null;

  const firstStep = () => steps(evaluation)[0];
  const stepAt = (key) => steps(evaluation).find((step) => step.key === key);
  const isOurs = (address) => parseKey(address).linkId in questionnaire.items;
  let chosenCountry = null;
  const country = () =>
    words.countries.find((one) => one.code === chosenCountry) ??
    views.countryOf(evaluation, words.countries, words.defaultCountry);
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

  return create((set, get) => {
    const record = () => phone.get(named("response")) ?? {};
    const keepRecord = (changes) => phone.write(named("response"), { ...record(), ...changes });

    const notices = () =>
      set({
        owner: phone.device.owner,
        storageNotice: phone.problem ? words.storage[phone.problem] : "",
        expiredNotice: phone.expired ? words.storage.expired : "",
      });

    const device = () => deviceOf(questionnaire, phone.device.authors, log.all());

    // Works everything out anew from the events.
    const refresh = () => {
      evaluation = evaluate(questionnaire, foldEvents(log.all(), device()), record().role);
      const list = steps(evaluation);
      set({
        hasAnswers: log.all().length > 0,
        isComplete: !firstUnanswered(evaluation, list),
        conditions: Object.fromEntries(
          questionnaire.conditionNames.map((name) => [name, evaluation.condition(name)]),
        ),
        helper: views.isHelper(evaluation),
        ...helpNumbers(),
      });
    };

    // What only other pages than a question show; working it out on every tap would cost a frame.
    const present = () =>
      set({
        stages: views.stages(evaluation, pages.questionnaire),
        ...review?.(evaluation, {
          events: log.all(), device: device(), participants: record().participants, pages,
        }),
      });

    const append = (linkId, path, value, by = views.givenAs(evaluation, linkId, value)) => {
      log.append(linkId, path, value, by);
      notices();
      refresh();
    };

    const showQuestion = (step) => {
      const item = evaluation.item(step.linkId);
      const kept = phone.get(named("draft"))?.[step.key];
      set({
        view: step.kind,
        question: views.questionView(evaluation, step, country()),
        draft: kept
          ? draftFrom(kept)
          : draftOfValue(item, evaluation.answer(step.linkId, step.path)),
      });
    };

    const show = (place) => {
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
    const setSync = (status, message = "") => {
      const place = phone.device.owner === "mine" ? "mine" : "shared";
      const kept = log.all().length ? words.sync[`local_${phone.problem || place}`] : "";
      const text = message || (status === "local" ? kept : words.sync[status]);
      const { consent, role = "patient", can_manage: canManage = true } = record();
      set({ sync: status, statusText: text, hasConsent: Boolean(consent), role, canManage });
    };

    const takeIn = (reply) => {
      log.takeIn(reply);
      refresh();
      present();
    };

    const unconfirm = () => {
      log.unconfirm();
      refresh();
      present();
    };

    const saving = createSaving({
      questionnaire, record, keepRecord, pending: log.pending, takeIn, unconfirm, say: setSync,
    });

    // Another tab has added answers, saved, or cleared the phone.
    const reload = () => {
      log.load();
      if (!log.all().length) set({ draft: EMPTY_DRAFT, urgent: NO_URGENT, repetitions: NO_LIST });
      refresh();
      present();
      notices();
      if (!record().consent || !log.pending().length) saving.send();
    };

    return {
      ready: false,
      isOpen: false,
      view: "question",
      mode: "",
      isFirst: true,
      question: prerendered,
      draft: EMPTY_DRAFT,
      problem: "",
      refusals: 0,
      moves: 0,
      urgent: NO_URGENT,
      interruption: NO_INTERRUPTION,
      repetitions: NO_LIST,
      removed: "",
      stages: [],
      checkSections: [],
      summary: NO_SUMMARY,
      conditions: Object.fromEntries(questionnaire.conditionNames.map((name) => [name, false])),
      helper: false,
      ...helpNumbers(),
      hasAnswers: false,
      isComplete: false,
      owner: "",
      storageNotice: "",
      expiredNotice: "",
      isClearing: false,
      cleared: false,
      erased: false,
      agrees: false,
      consentProblem: "",
      hasConsent: false,
      role: "patient",
      canManage: true,
      isReadOnly: false,
      linkEnded: false,
      canExportUnsent: false,
      unconfirmed: { count: 0, sections: [] },
      sync: "local",
      statusText: "",
      printedOn: "",

      // Called once React has taken over the page: reads what this phone holds.
      start: () => {
        if (get().ready) return present();
        phone.start();
        log.load();
        phone.onChange(reload);
        set({
          ready: true,
          printedOn: new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date()),
        });
        notices();
        refresh();
        present();
        window.addEventListener("online", () => saving.send());
        saving.send();
      },

      // Called on the questionnaire page, at first and whenever its address changes.
      openPlace: (hash) => {
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

      setDraft: (changes) => {
        const { draft, question } = get();
        const changed = { ...draft, ...changes };
        set({ draft: changed });
        phone.write(named("draft"), { ...phone.get(named("draft")), [question.key]: changed });
      },

      setField: (name, value) => get().setDraft({ [name]: value, not_sure: false }),

      // "Not sure" and an answer clear each other.
      setFlag: (name, isSet) =>
        get().setDraft(isSet ? { ...EMPTY_DRAFT, [name]: true } : { [name]: false }),

      // A box is ticked or cleared; "none of these" and the others clear each other.
      toggle: (value) => {
        const { draft, question } = get();
        const isExclusive = (code) =>
          question.options.some((option) => option.value === code && option.exclusive);
        if (draft.values.includes(value))
          return get().setDraft({ values: draft.values.filter((one) => one !== value) });
        const kept = isExclusive(value) ? [] : draft.values.filter((one) => !isExclusive(one));
        return get().setDraft({ values: [...kept, value], not_sure: false });
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

      // Every event that is here, and further ones given by somebody who reads the answers back.
      events: () => log.all(),
      giveEvents: (list) => {
        for (const { linkId, path, value, by } of list) append(linkId, path, value, by);
        present();
        get().send();
      },

      continueAfterList: () => next(get().repetitions.key),

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

      openRepetition: (key) => moveTo({ view: "", mode: get().mode, key }),

      addRepetition: () => {
        const { linkId, key } = get().repetitions;
        const { path } = parseKey(key);
        const ids = evaluation.repetitions(linkId, path);
        for (const id of ids)
          if (evaluation.answer(linkId, [...path, id]) === undefined)
            append(linkId, [...path, id], true);
        const id = newId().slice(0, 8);
        const before = keysOfSteps();
        append(linkId, [...path, id], true);
        noteNewSteps(before);
        set({ removed: "" });
        const inside = answerKey(linkId, [...path, id]).split("@")[1];
        const first = steps(evaluation).find((step) => step.path.join(".").startsWith(inside));
        return moveTo({ view: "", mode: get().mode, key: first.key });
      },

      removeRepetition: (id) => {
        const { linkId, key } = get().repetitions;
        const { path } = parseKey(key);
        for (const one of evaluation.repetitions(linkId, path))
          if (one !== id && evaluation.answer(linkId, [...path, one]) === undefined)
            append(linkId, [...path, one], true);
        append(linkId, [...path, id], null);
        set({ removed: id, repetitions: views.repetitionsView(evaluation, stepAt(key)) });
        get().send();
      },

      undoRemove: () => {
        const { removed, repetitions } = get();
        append(repetitions.linkId, [...parseKey(repetitions.key).path, removed], true);
        set({ removed: "", repetitions: views.repetitionsView(evaluation, stepAt(repetitions.key)) });
        get().send();
      },

      // Consent, then the first sync: the moment at which answers may leave the phone.
      saveToServer: (consent) => {
        if (!get().agrees)
          return set((state) => ({
            consentProblem: words.consent_missing,
            refusals: state.refusals + 1,
          }));
        set({ erased: false });
        return saving.save(consent);
      },

      setAgrees: (agrees) => set({ agrees, consentProblem: "" }),

      // For the numbers of another country, without changing an answer.
      chooseCountry: (code) => {
        chosenCountry = code;
        set(helpNumbers());
      },

      send: saving.send,

      eraseFromServer: async () => {
        if (await saving.erase()) set({ erased: true, agrees: false });
      },

      askToClear: () => set({ isClearing: true, cleared: false }),
      keepPhone: () => set({ isClearing: false }),

      clearPhone: () => {
        saving.stop();
        phone.clear();
        set({ cleared: true, isClearing: false, removed: "", agrees: false });
      },
    };
  });
};
