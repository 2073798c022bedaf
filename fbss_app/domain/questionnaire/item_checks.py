"""What can be wrong with an item by itself, whatever the rules say."""

from collections.abc import Iterator

from fbss_app.domain.questionnaire.answers import OTHER, Perspective
from fbss_app.domain.questionnaire.comparing import compare_dates
from fbss_app.domain.questionnaire.expressions import NOT_SURE, FieldPath, Operator
from fbss_app.domain.questionnaire.findings import Finding, repeated
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    NUMBERS,
    WRITTEN,
    Item,
    Questionnaire,
)
from fbss_app.domain.questionnaire.validation import TODAY, is_partial_date
from fbss_app.domain.questionnaire.vocabulary import (
    AppRole,
    EnableBehavior,
    ItemControl,
    ItemType,
)

_NOT_ASKED = frozenset({ItemType.GROUP, ItemType.DISPLAY})
_CONTROLS = {
    ItemControl.RADIO: CHOICES | {ItemType.BOOLEAN},
    ItemControl.CHECK_BOX: CHOICES | {ItemType.BOOLEAN},
    ItemControl.BODY_MAP: frozenset({ItemType.CHOICE}),
    ItemControl.NRS: frozenset({ItemType.INTEGER}),
    ItemControl.TEXT_BOX: NUMBERS | {ItemType.STRING},
    ItemControl.TEXT_AREA: WRITTEN,
    ItemControl.DATE: frozenset({ItemType.DATE}),
}
_SEVERAL = frozenset({ItemControl.CHECK_BOX, ItemControl.BODY_MAP})
_QUESTIONS = frozenset(ItemType) - _NOT_ASKED
_ONLY_FOR = {
    "min_value": NUMBERS | {ItemType.DATE},
    "max_value": NUMBERS | {ItemType.DATE},
    "max_length": WRITTEN | {ItemType.OPEN_CHOICE},
    "max_decimal_places": frozenset({ItemType.DECIMAL}),
    "unit": NUMBERS,
    "answer_option": CHOICES,
    "not_sure": _QUESTIONS,
    "missing": _QUESTIONS,
    "helper_missing": _QUESTIONS,
    "app_role": _QUESTIONS,
    "unobservable": _QUESTIONS,
    "sensitive": _QUESTIONS,
    "absent_reason": _QUESTIONS,
    "repeats_for": frozenset({ItemType.GROUP}),
    "options_from": frozenset({ItemType.CHOICE}),
    "suggestions": frozenset({ItemType.STRING}),
    "service": frozenset({ItemType.DISPLAY}),
    "link": frozenset({ItemType.DISPLAY}),
    "instrument": frozenset({ItemType.GROUP}),
    "item": frozenset({ItemType.GROUP}),
}


def located_items(questionnaire: Questionnaire) -> Iterator[tuple[FieldPath, Item]]:
    """Yield every item in reading order, with its field path."""
    yield from _located(questionnaire.item, ())


def _located(items: tuple[Item, ...], at: FieldPath) -> Iterator[tuple[FieldPath, Item]]:
    for index, item in enumerate(items):
        here = (*at, "item", index)
        yield here, item
        yield from _located(item.item, here)


def check_items(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Check every item."""
    located = list(located_items(questionnaire))
    for place in repeated(item.link_id for _, item in located):
        at, item = located[place]
        yield Finding(
            (*at, "link_id"),
            f"the link_id `{item.link_id}` is used twice",
            "Give this item a link_id of its own.",
        )
    roles = [(at, item.app_role) for at, item in located if item.app_role]
    for place in repeated(role for _, role in roles):
        at, role = roles[place]
        yield Finding(
            (*at, "app_role"),
            f"a second question has the role `{role}`",
            "Leave the role on one question only.",
        )
    for at, item in located:
        yield from _check_place(item, at)
        yield from _check_keys(item, at)
        yield from _check_options(item, at)
        yield from _check_perspectives(item, at)
        yield from _check_bounds(item, at)
        yield from _check_repeats(item, at)
        yield from _check_control(item, at)


def _check_place(item: Item, at: FieldPath) -> Iterator[Finding]:
    if len(at) == 2 and item.type is not ItemType.GROUP:
        yield Finding(
            (*at, "type"),
            f"`{item.link_id}` stands at the top level but has the type {item.type}",
            "Put it inside a group: the groups at the top are the sections.",
        )
    if item.type is ItemType.GROUP and not item.item:
        yield Finding(at, f"the group `{item.link_id}` is empty", "Put items under `item:`.")


def _check_keys(item: Item, at: FieldPath) -> Iterator[Finding]:
    if item.type in _QUESTIONS and not item.why:
        yield Finding(
            at,
            f"`{item.link_id}` does not say why it is asked",
            "Add `why:` with one sentence for the person answering.",
        )
    for key, types in _ONLY_FOR.items():
        if key in item.model_fields_set and getattr(item, key) and item.type not in types:
            yield Finding(
                (*at, key),
                f"`{key}` has no meaning for the type {item.type}",
                f"Take it out, or use one of these types: {', '.join(sorted(types))}.",
            )
    if len(item.enable_when) > 1 and item.enable_behavior is None:
        both = " or ".join(f"`{each}`" for each in EnableBehavior)
        yield Finding(
            (*at, "enable_when"),
            "there are several rules, but not whether all or any must hold",
            f"Add `enable_behavior:` with {both}.",
        )


def _check_options(item: Item, at: FieldPath) -> Iterator[Finding]:
    if item.type in CHOICES and not (item.answer_option or item.options_from):
        yield Finding(
            at,
            f"`{item.link_id}` offers nothing to choose",
            "List the options in `answer_option:`.",
        )
    for place in repeated(option.code for option in item.answer_option):
        yield Finding(
            (*at, "answer_option", place, "code"),
            f"the code `{item.answer_option[place].code}` is used twice",
            "Give each option a code of its own.",
        )
    for place, option in enumerate(item.answer_option):
        here = (*at, "answer_option", place)
        if option.code == NOT_SURE:
            yield Finding(
                (*here, "code"),
                f"the code `{NOT_SURE}` is kept for the way out",
                "Take the option out and write its words under `not_sure:`.",
            )
        if option.code == OTHER and item.type is ItemType.OPEN_CHOICE:
            yield Finding(
                (*here, "code"),
                f"the code `{OTHER}` is kept for the person's own words",
                "Take the option out: an open-choice offers it by itself.",
            )
        if option.exclusive and not item.repeats:
            yield Finding(
                (*here, "exclusive"),
                "only one option can be chosen here anyway",
                "Take `exclusive` out, or add `repeats: true` to the question.",
            )


def _check_perspectives(item: Item, at: FieldPath) -> Iterator[Finding]:
    for place, option in enumerate(item.answer_option):
        here = (*at, "answer_option", place)
        if item.app_role is AppRole.AUTHOR and option.perspective is None:
            yield Finding(
                here,
                f"`{option.code}` does not say whose view the answers are then",
                f"Add `perspective:` with one of: {', '.join(Perspective)}.",
            )
        elif option.perspective and item.app_role is not AppRole.AUTHOR:
            yield Finding(
                (*here, "perspective"),
                "only the answer to who is answering is a perspective",
                f"Take it out, or add `app_role: {AppRole.AUTHOR}` to the question.",
            )


def _check_bounds(item: Item, at: FieldPath) -> Iterator[Finding]:
    sound = True
    for key, value in (("min_value", item.min_value), ("max_value", item.max_value)):
        if value is None or item.type not in _ONLY_FOR[key]:
            continue
        expected = _expected_bound(item, key, value)
        if expected:
            sound = False
            yield Finding((*at, key), f"{value!r} is not {expected}", f"Write {expected}.")
    if sound and _crossed(item.min_value, item.max_value):
        yield Finding(
            (*at, "min_value"),
            f"the least value, {item.min_value}, is above the greatest, {item.max_value}",
            "Exchange the two or correct one.",
        )


def _expected_bound(item: Item, key: str, value: int | float | str) -> str | None:
    """Say what the bound should have been; None when it is right."""
    if item.type is ItemType.DATE:
        if isinstance(value, str) and is_partial_date(value):
            return None
        if key == "max_value":
            return None if value == TODAY else 'a date in quotes such as "1990", or today'
        return 'a date in quotes such as "1990"'
    if item.type is ItemType.INTEGER:
        return None if isinstance(value, int) else "a whole number"
    return "a number" if isinstance(value, str) else None


def _crossed(least: int | float | str | None, most: int | float | str | None) -> bool:
    if isinstance(least, str) and isinstance(most, str):
        return most != TODAY and compare_dates(least, Operator.GREATER, most)
    return isinstance(least, int | float) and isinstance(most, int | float) and least > most


def _check_repeats(item: Item, at: FieldPath) -> Iterator[Finding]:
    if item.repeats and item.type in (ItemType.BOOLEAN, ItemType.DISPLAY):
        yield Finding((*at, "repeats"), f"a {item.type} cannot repeat", "Take `repeats` out.")
    for key in ("min_occurs", "max_occurs"):
        if getattr(item, key) is not None and not item.repeats:
            yield Finding(
                (*at, key),
                f"`{key}` needs an item that repeats",
                f"Add `repeats: true` or take `{key}` out.",
            )
    if item.max_occurs is not None and item.least_occurs > item.max_occurs:
        yield Finding(
            (*at, "max_occurs"),
            f"at most {item.max_occurs}, but at least {item.least_occurs}",
            "Correct `min_occurs` or `max_occurs`.",
        )


def _check_control(item: Item, at: FieldPath) -> Iterator[Finding]:
    control = item.item_control
    if control and item.type not in _CONTROLS[control]:
        fitting = ", ".join(each for each, types in _CONTROLS.items() if item.type in types)
        yield Finding(
            (*at, "item_control"),
            f"`{control}` does not suit the type {item.type}",
            f"Use one of: {fitting}." if fitting else "Take it out.",
        )
    elif control and item.type in CHOICES and item.repeats != (control in _SEVERAL):
        answers = "several answers" if item.repeats else "one answer"
        yield Finding(
            (*at, "item_control"),
            f"`{control}` does not suit a question with {answers}",
            "Use check-box or body-map with `repeats: true` and radio without.",
        )
    if control is ItemControl.NRS and (item.min_value is None or item.max_value is None):
        yield Finding(
            (*at, "item_control"),
            "a numeric rating scale needs both ends",
            "Add `min_value:` and `max_value:`.",
        )
    for key in ("low_label", "high_label"):
        if getattr(item, key) and control is not ItemControl.NRS:
            yield Finding(
                (*at, key),
                f"`{key}` is for the ends of a numeric rating scale",
                "Add `item_control: nrs` or take it out.",
            )
