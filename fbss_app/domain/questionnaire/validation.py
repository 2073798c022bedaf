"""Says whether a value suits a question. The phone's `validation.js` mirrors it.

One value has at most one problem: the first, in the order in which the checks stand here. The words
for each code are content, not code.
"""

import math
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from fbss_app.domain.questionnaire.answers import (
    ABSENT,
    OTHER,
    AnswerEvent,
    AnswerValue,
    is_absent,
    is_masked,
    is_repetition_id,
)
from fbss_app.domain.questionnaire.comparing import compare_dates
from fbss_app.domain.questionnaire.expressions import Operator
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    Item,
    ItemType,
    Questionnaire,
)

TODAY = "today"
# What JavaScript's trim() takes off; Python's own strip() takes off a few others.
_TRIMMED = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class ProblemCode(StrEnum):
    """Everything that can be wrong with an answer."""

    MISSING = "missing"
    WRONG_TYPE = "wrong-type"
    UNKNOWN_OPTION = "unknown-option"
    EXCLUSIVE_WITH_OTHERS = "exclusive-with-others"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    TOO_MANY_DECIMALS = "too-many-decimals"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    NOT_A_DATE = "not-a-date"
    NOT_OFFERED = "not-offered"
    DUPLICATE = "duplicate"
    UNKNOWN_LINK_ID = "unknown-link-id"
    WRONG_PATH = "wrong-path"
    NOT_ANSWERABLE = "not-answerable"


class Problem(NamedTuple):
    """What is wrong, and the limit that was passed where there is one."""

    code: ProblemCode
    limit: int | float | str | None = None

    @property
    def placeholders(self) -> dict[str, int | float | str]:
        """The limit under the name by which the message for this code asks for it."""
        return {} if self.limit is None else {_LIMIT_NAMES[self.code]: self.limit}


_LIMIT_NAMES = {
    ProblemCode.TOO_SMALL: "min",
    ProblemCode.TOO_LARGE: "max",
    ProblemCode.TOO_LONG: "max_length",
    ProblemCode.TOO_MANY_DECIMALS: "max_decimal_places",
    ProblemCode.TOO_FEW: "min_occurs",
    ProblemCode.TOO_MANY: "max_occurs",
}


def validate_value(item: Item, value: AnswerValue, *, today: date | None = None) -> Problem | None:
    """Check a value for a question.

    Args:
        item: The question.
        value: The answer as stored; None stands for no answer.
        today: The day that the word "today" means; without it, the latest it can be anywhere on
            Earth, so that no phone is ahead of the server.
    """
    if value is None:
        return Problem(ProblemCode.MISSING) if item.required else None
    if value in ("", []):
        return Problem(ProblemCode.MISSING)
    if isinstance(value, dict) and ABSENT in value:
        if not is_absent(value) or len(value) > 1:
            return Problem(ProblemCode.WRONG_TYPE)
        way_out = item.not_sure and value[ABSENT] == item.absent_reason
        is_offered = item.sensitive if is_masked(value) else way_out
        return None if is_offered else Problem(ProblemCode.NOT_OFFERED)
    latest = today or latest_today()
    if not item.repeats:
        return _validate_one(item, value, latest)
    if not isinstance(value, list):
        return Problem(ProblemCode.WRONG_TYPE)
    for element in value:
        if problem := _validate_one(item, element, latest):
            return problem
    return _validate_together(item, value)


def latest_today() -> date:
    """Give the date where the day begins first (UTC+14)."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def _validate_together(item: Item, values: list[AnswerValue]) -> Problem | None:
    if item.type in CHOICES:
        if any(value in values[:index] for index, value in enumerate(values)):
            return Problem(ProblemCode.DUPLICATE)
        exclusive = {option.code for option in item.answer_option if option.exclusive}
        if len(values) > 1 and any(isinstance(v, str) and v in exclusive for v in values):
            return Problem(ProblemCode.EXCLUSIVE_WITH_OTHERS)
    if item.min_occurs is not None and len(values) < item.min_occurs:
        return Problem(ProblemCode.TOO_FEW, item.min_occurs)
    if item.max_occurs is not None and len(values) > item.max_occurs:
        return Problem(ProblemCode.TOO_MANY, item.max_occurs)
    return None


def _validate_one(item: Item, value: AnswerValue, today: date) -> Problem | None:
    check = _CHECKS.get(item.type)
    return check(item, value, today) if check else Problem(ProblemCode.NOT_ANSWERABLE)


def _boolean(_item: Item, value: AnswerValue, _today: date) -> Problem | None:
    return None if isinstance(value, bool) else Problem(ProblemCode.WRONG_TYPE)


def _number(item: Item, value: AnswerValue, _today: date) -> Problem | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Problem(ProblemCode.WRONG_TYPE)
    if not abs(value) <= sys.float_info.max:
        return Problem(ProblemCode.WRONG_TYPE)
    if item.type is ItemType.INTEGER and value != math.floor(value):
        return Problem(ProblemCode.WRONG_TYPE)
    if isinstance(item.min_value, int | float) and value < item.min_value:
        return Problem(ProblemCode.TOO_SMALL, item.min_value)
    if isinstance(item.max_value, int | float) and value > item.max_value:
        return Problem(ProblemCode.TOO_LARGE, item.max_value)
    places = item.max_decimal_places
    if places is not None and float(f"{value:.{places}f}") != value:
        return Problem(ProblemCode.TOO_MANY_DECIMALS, places)
    return None


def _date(item: Item, value: AnswerValue, today: date) -> Problem | None:
    if not isinstance(value, str):
        return Problem(ProblemCode.WRONG_TYPE)
    if not is_partial_date(value):
        return Problem(ProblemCode.NOT_A_DATE)
    least, most = item.min_value, item.max_value
    if isinstance(least, str) and compare_dates(value, Operator.LESS, least):
        return Problem(ProblemCode.TOO_SMALL, least)
    if isinstance(most, str):
        bound = today.isoformat() if most == TODAY else most
        if compare_dates(value, Operator.GREATER, bound):
            return Problem(ProblemCode.TOO_LARGE, most)
    return None


def is_partial_date(text: str) -> bool:
    """Say whether this is a year, a month of a year, or a day that the calendar has."""
    match = _PARTIAL_DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def _written(item: Item, value: AnswerValue, _today: date) -> Problem | None:
    if not isinstance(value, str):
        return Problem(ProblemCode.WRONG_TYPE)
    if not value.strip(_TRIMMED):
        return Problem(ProblemCode.MISSING)
    if len(value) > item.length_limit:
        return Problem(ProblemCode.TOO_LONG, item.length_limit)
    return None


def _choice(item: Item, value: AnswerValue, today: date) -> Problem | None:
    if isinstance(value, dict) and set(value) == {OTHER}:
        if item.type is not ItemType.OPEN_CHOICE:
            return Problem(ProblemCode.NOT_OFFERED)
        return _written(item, value[OTHER], today)
    if not isinstance(value, str):
        return Problem(ProblemCode.WRONG_TYPE)
    return None if item.option(value) else Problem(ProblemCode.UNKNOWN_OPTION)


_CHECKS: dict[ItemType, Callable[[Item, AnswerValue, date], Problem | None]] = {
    ItemType.BOOLEAN: _boolean,
    ItemType.INTEGER: _number,
    ItemType.DECIMAL: _number,
    ItemType.DATE: _date,
    ItemType.STRING: _written,
    ItemType.TEXT: _written,
    ItemType.CHOICE: _choice,
    ItemType.OPEN_CHOICE: _choice,
}


def validate_event(
    questionnaire: Questionnaire, event: AnswerEvent, *, today: date | None = None
) -> Problem | None:
    """Check an event against the questionnaire. Removing an answer is always allowed."""
    placement = questionnaire.placements.get(event.link_id)
    if placement is None:
        return Problem(ProblemCode.UNKNOWN_LINK_ID)
    item = placement.item
    is_group = item.type is ItemType.GROUP
    if item.type is ItemType.DISPLAY or (is_group and (not item.repeats or item.repeats_for)):
        return Problem(ProblemCode.NOT_ANSWERABLE)
    groups = (*placement.repeating, *([item.link_id] if is_group else []))
    if len(event.path) != len(groups) or not all(
        _may_repeat(questionnaire, group, each)
        for group, each in zip(groups, event.path, strict=True)
    ):
        return Problem(ProblemCode.WRONG_PATH)
    if event.value is None:
        return None
    if is_group:
        return None if event.value is True else Problem(ProblemCode.WRONG_TYPE)
    return validate_value(item, event.value, today=today)


def _may_repeat(questionnaire: Questionnaire, link_id: str, repetition: str) -> bool:
    """Say whether a group can have a repetition of this id."""
    source = questionnaire.find(questionnaire.placements[link_id].item.repeats_for or "")
    if source is None:
        return is_repetition_id(repetition)
    if repetition == OTHER and source.type is ItemType.OPEN_CHOICE:
        return True
    option = source.option(repetition)
    return option is not None and not option.exclusive
