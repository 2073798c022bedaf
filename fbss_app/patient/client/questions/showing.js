// Shows a place of the questionnaire: a question, a list of repetitions, what to do about a warning
// sign, or the overview of the sections.
import { addressOf, stepNamed } from "../rules/address.js";
import { parseKey } from "../rules/answers.js";
import { draftFrom, draftOfValue } from "../rules/drafts.js";
import { adoptEarlyInput, earlySubmit } from "../page/early.js";
import { interruptionView } from "./interruption.js";
import { firstUnanswered, isAnswered, steps } from "../rules/navigation.js";
import { placeOf, pushPlace, replacePlace, titlePage } from "../rules/place.js";
import { phone } from "../storage/storage.js";
import { questionView, repetitionsView, urgentView } from "../rules/views.js";

// `evaluated` gives the evaluation of what is shown, `present` works out what other pages show.
export const createShowing = ({
  questionnaire, log, get, set, named, record, keepRecord, evaluated, stepAt, isHidden, country, present,
}) => {
  const firstStep = () => steps(evaluated())[0];
  const answerOf = (step) => evaluated().answer(step.linkId, step.path);
  const keptDraft = (step) => phone.get(named("draft"))?.[step.key];
  const draftOf = (step) => draftOfValue(evaluated().item(step.linkId), answerOf(step));

  const showCurtain = async (question) => {
    set({ view: "display", question: { ...question, control: "display" } });
    const { behindCurtain } = await import("../hiding/hiding.js");
    if (get().question.key === question.key) set({ question: behindCurtain(question, evaluated()) });
  };

  // Without it a phone that keeps nothing would offer to keep the answers.
  const showOpenly = async (question) => {
    const { saidOpenly } = await import("./not_kept.js");
    if (get().question.key === question.key)
      set({ question: saidOpenly(question, evaluated().item(question.linkId), questionnaire) });
  };

  const showQuestion = (step) => {
    const question = questionView(evaluated(), step, country());
    if (evaluated().alone.has(step.key)) return showCurtain(question);
    const kept = keptDraft(step);
    set({ view: step.kind, question, draft: kept ? draftFrom(kept) : draftOf(step) });
    if (phone.keepsNothing && step.linkId === questionnaire.roles["device-owner"]) showOpenly(question);
  };

  // An unlikely answer is asked about until exactly this answer was kept.
  const keptAs = (step) => JSON.stringify(answerOf(step));
  const unlikely = (step) => {
    const isKept = record().kept?.[step.key] === keptAs(step);
    return isKept ? null : interruptionView(evaluated(), step);
  };

  const show = (place) => {
    if (isHidden()) return;
    const step = place.key ? stepAt(place.key) : null;
    const isFirst = step && step.key === firstStep().key;
    // An old address may name a warning that is over: its question is shown instead.
    const urgent = place.view === "urgent" && urgentView(evaluated(), step, country());
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
      set({ view: "repetitions", repetitions: repetitionsView(evaluated(), step) });
    } else {
      showQuestion(step);
    }
    if (step) keepRecord({ place: step.key });
    titlePage(get());
  };

  const resumePlace = () => {
    // Whoever is here for the first time begins with the first page, though it may ask nothing.
    const kept = stepAt(record().place) ?? (log.all().length ? undefined : firstStep());
    const next = firstUnanswered(evaluated()) ?? kept;
    const step = kept && !isAnswered(evaluated(), kept) ? kept : next;
    return step ? { view: "", mode: "", key: step.key } : { view: "sections", mode: "", key: "" };
  };

  const addressed = (place) => {
    const step = stepAt(place.key);
    return { ...place, address: step ? addressOf(evaluated(), step) : "" };
  };

  const showInPlace = (place) => {
    show(place);
    replacePlace(addressed(place));
  };

  return {
    keptAs, unlikely, resumePlace, showInPlace,

    moveTo: (place) => {
      pushPlace(addressed(place));
      show(place);
      set((state) => ({ moves: state.moves + 1 }));
    },

    // Fields that nobody has touched show the answer as it is now, whoever gave it.
    refreshDraft: () => {
      const { view, question, draft } = get();
      const step = stepAt(question.key);
      if (view !== "question" || !step || keptDraft(step)) return;
      const fresh = draftOf(step);
      if (JSON.stringify(fresh) !== JSON.stringify(draft)) set({ draft: fresh });
    },

    // Called on the questionnaire page, at first and whenever its address changes.
    openPlace: (hash) => {
      if (isHidden()) return;
      const place = placeOf(hash);
      // A fragment that never was a question, such as the skip link's, leaves the page as it is.
      const isOurs = (address) => parseKey(address).linkId in questionnaire.items;
      if (get().isOpen && place?.address && !isOurs(place.address)) return;
      const step = place && stepNamed(evaluated(), place.address);
      const isResuming = !step && place?.view !== "sections";
      const wanted = isResuming ? resumePlace() : { ...place, key: step?.key ?? "" };
      show(wanted);
      set({ isOpen: true });
      if (isResuming) replacePlace(addressed(wanted));
      const early = adoptEarlyInput(get().question);
      if (early) get().setDraft(early);
      if (earlySubmit(get().question)) get().continueOn();
    },
  };
};
