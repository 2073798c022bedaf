"""Months as people choose and read them; a month is written like `2026-03`, and is of UTC."""

from __future__ import annotations

from datetime import UTC, datetime

LENGTHS = (3, 6, 12)
_MONTHS_TO_CHOOSE = 60


def month_of(time: datetime) -> str:
    """Give the month of a time."""
    return f"{time.astimezone(UTC):%Y-%m}"


def shifted(month: str, months: int) -> str:
    """Give the month so many months later, or earlier."""
    year, number = map(int, month.split("-"))
    total = year * 12 + number - 1 + months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def beginning_of(month: str) -> datetime:
    """Give the first moment of a month."""
    year, number = map(int, month.split("-"))
    return datetime(year, number, 1, tzinfo=UTC)


def months_to_choose(now: datetime) -> list[str]:
    """List the months that can be chosen, the newest first."""
    newest = month_of(now)
    return [shifted(newest, -back) for back in range(_MONTHS_TO_CHOOSE)]


def month_words(month: str) -> str:
    """Write a month out, such as `March 2026`."""
    return f"{beginning_of(month):%B %Y}"


def short_month(month: str) -> str:
    """Write a month as it fits under a chart and into a narrow table, such as `Mar 2026`."""
    return f"{beginning_of(month):%b %Y}"


def period_words(first: str, last: str) -> str:
    """Write a time out from its first to its last month."""
    if first == last:
        return month_words(first)
    return f"{month_words(first)} to {month_words(last)}"
