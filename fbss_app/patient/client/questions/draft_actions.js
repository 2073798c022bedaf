// What a person can do in the fields of a question before Continue. Each change is kept at once.
import { EMPTY_DRAFT } from "../rules/drafts.js";
import { phone } from "../storage/storage.js";

export const draftActions = ({ get, set, named }) => ({
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
});
