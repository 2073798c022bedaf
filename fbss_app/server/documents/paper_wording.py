"""A definition in the words of its paper version: `paper_text` in place of `text`, and so on."""

from fbss_app.domain.questionnaire.model import (
    AnswerOption,
    AppRole,
    Item,
    ItemType,
    Questionnaire,
    RedFlag,
)

_APP_ONLY = frozenset({AppRole.DEVICE_OWNER, AppRole.COUNTRY})


def in_paper_words(questionnaire: Questionnaire) -> Questionnaire:
    """Give the same questionnaire as paper words it. What is not on paper stays, for the rules."""
    # Made anew, not copied: a copy would keep what the first one has worked out of its own words.
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    changes = {
        "item": tuple(map(_item, questionnaire.item)),
        "red_flag": tuple(map(_red_flag, questionnaire.red_flag)),
    }
    return Questionnaire.model_validate(fields | changes)


def is_on_paper(item: Item) -> bool:
    """Say whether an item is printed: not what asks about the device, nor what says so itself."""
    return item.on_paper and item.app_role not in _APP_ONLY


def _item(item: Item) -> Item:
    # A text with words for paper says itself whom it is for.
    says_for_whom = item.type is ItemType.DISPLAY and item.paper_text
    return item.model_copy(
        update={
            "text": item.paper_text or item.text,
            "hint": item.paper_hint or item.hint,
            "detail": item.paper_detail or item.detail,
            "answer_option": tuple(map(_option, item.answer_option)),
            "enable_when": () if says_for_whom else item.enable_when,
            "item": tuple(map(_item, item.item)),
        }
    )


def _option(option: AnswerOption) -> AnswerOption:
    if option.paper_display is None:
        return option
    return option.model_copy(
        update={"display": option.paper_display, "short_display": option.paper_display}
    )


def _red_flag(flag: RedFlag) -> RedFlag:
    return flag.model_copy(update={"action": flag.paper_action or flag.action})
