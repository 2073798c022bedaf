"""When what patients read was last checked, and when it must be checked again.

Everything is checked at least every 12 months (experience-standards DA-C4).
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

CHECKED_EVERY_MONTHS = 12
_SAID_MONTHS_BEFORE = 1


class ReviewState(StrEnum):
    """Whether a text may still be shown as checked."""

    CHECKED = "checked"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"


def next_check(reviewed_on: Iterable[date]) -> date:
    """Give the day by which all must be checked again: 12 months after the oldest check.

    Args:
        reviewed_on: The days of the last checks; at least one.
    """
    return _months_after(min(reviewed_on), CHECKED_EVERY_MONTHS)


def review_state(reviewed_on: date, today: date) -> ReviewState:
    """Say how a check stands.

    Args:
        reviewed_on: The day of the last check.
        today: The day on which the question is asked.

    Returns:
        Overdue from 12 months on, due soon in the month before.
    """
    if today >= _months_after(reviewed_on, CHECKED_EVERY_MONTHS):
        return ReviewState.OVERDUE
    if today >= _months_after(reviewed_on, CHECKED_EVERY_MONTHS - _SAID_MONTHS_BEFORE):
        return ReviewState.DUE_SOON
    return ReviewState.CHECKED


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    # The 31st is the last of the month where the month is shorter.
    return date(year, month, min(day.day, monthrange(year, month)[1]))
