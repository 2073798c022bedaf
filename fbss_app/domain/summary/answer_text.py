"""Writes an answer as a person would, in neutral words."""

from decimal import Decimal

from fbss_app.domain.questionnaire.answers import (
    OTHER,
    AnswerValue,
    is_absent,
    occurrences_of,
)
from fbss_app.domain.questionnaire.model import CHOICES, AnswerOption, Item, ItemType

YES = "Yes"
NO = "No"
NOT_SURE = "Not sure"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def answer_text(item: Item, value: AnswerValue, *, short: bool = False) -> list[str]:
    """Write an answer, one text per thing answered; none for no answer.

    Args:
        item: The question.
        value: Its answer.
        short: Whether chosen options stand with their short wording, where they have one.
    """
    if value is None:
        return []
    if is_absent(value):
        return [item.not_sure or NOT_SURE]
    return [_one(item, each, short=short) for each in occurrences_of(value)]


def option_text(option: AnswerOption, *, short: bool) -> str:
    """Write an option, with its short wording where that is wanted and there is one."""
    return (short and option.short_display) or option.display


def _one(item: Item, value: AnswerValue, *, short: bool) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return _with_unit(item, number_text(value))
    if isinstance(value, dict):
        return str(value.get(OTHER, ""))
    if item.type is ItemType.DATE:
        return date_text(str(value))
    if item.type in CHOICES:
        option = item.option(value)
        return option_text(option, short=short) if option else str(value)
    return str(value)


def _with_unit(item: Item, number: str) -> str:
    if item.unit is None:
        return number
    gap = "" if item.unit.display == "%" else " "
    return f"{number}{gap}{item.unit.display}"


def number_text(number: int | float) -> str:
    """Write a number with the digits that were entered: 7, not 7.0."""
    exact = Decimal(repr(number))
    whole = exact.to_integral_value()
    return f"{whole:f}" if exact == whole else f"{exact.normalize():f}"


def date_text(partial_date: str) -> str:
    """Write a partial date: `2018-08-06` as "6 August 2018", `2019-03` as "March 2019"."""
    year, *rest = partial_date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"
