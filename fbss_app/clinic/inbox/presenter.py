"""Turns what the inbox found into the words that the page shows. Knows nothing of Reflex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app import routes
from fbss_app.clinic.day_words import day_words
from fbss_app.clinic.found_words import found_words, tab_count
from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.submissions.inbox import InboxPage, InboxRow

URGENCY_WORDS = {
    Urgency.EMERGENCY: "Emergency signs",
    Urgency.SAME_DAY: "Same-day signs",
    Urgency.SOON: "Signs to look at soon",
}
STATUS_WORDS = {"new": "New", "in-progress": "In progress", "reviewed": "Reviewed", "all": "All"}

CAME_WORDS = {"invited": "Invited", "uninvited": "By themselves"}


@dataclass
class RowView:
    """One line of the inbox."""

    id: str
    href: str
    label: str
    urgency: str
    urgency_words: str
    flags: list[str]
    status: str
    status_words: str
    assigned: str
    time: str
    iso_time: str
    note: str


@dataclass
class Tab:
    """One of the lists, and how many are in it."""

    status: str
    words: str
    count: str


@dataclass
class InboxView:
    """A page of the inbox."""

    rows: list[RowView]
    tabs: list[Tab]
    total: int
    page: int
    pages: int
    found: str


def inbox_view(page: InboxPage, now: datetime, *, is_search: bool) -> InboxView:
    """Put a page of the inbox into words.

    Args:
        page: What was found.
        now: The time, for words such as "12 minutes ago".
        is_search: Whether somebody looked for something.
    """
    counts = {**page.counts, "all": sum(page.counts.values())}
    tabs = [
        Tab(status, words, tab_count(counts.get(status, 0), page.counted_to))
        for status, words in STATUS_WORDS.items()
    ]
    return InboxView(
        rows=[row_view(row, now) for row in page.rows],
        tabs=tabs,
        total=page.total,
        page=page.page,
        pages=page.pages,
        found=found_words(page.total, page.counted_to, "answer set", is_search=is_search),
    )


def row_view(row: InboxRow, now: datetime) -> RowView:
    """Put one line into words."""
    return RowView(
        id=row.submission_id,
        href=f"{routes.CLINIC_RESPONSE}?id={row.submission_id}",
        label=row.label or "No label",
        urgency=row.urgency.value if row.urgency else "",
        urgency_words=URGENCY_WORDS.get(row.urgency, "") if row.urgency else "",
        flags=list(row.red_flags),
        status=row.status,
        status_words=STATUS_WORDS[row.status],
        assigned=row.assigned_to_name,
        time=ago(row.submitted_at, now),
        iso_time=row.submitted_at.isoformat(),
        note=", ".join(_notes(row)),
    )


def _notes(row: InboxRow) -> Iterator[str]:
    if row.is_uninvited:
        yield "Not invited: the name is their own word"
    if row.was_updated:
        yield "Sent again, changed"


def ago(time: datetime, now: datetime) -> str:
    """Say when something was: how long ago within a day, and the day after that."""
    passed = now - time
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return _plural(int(passed.total_seconds() // 60), "minute")
    if passed < timedelta(days=1):
        return _plural(int(passed.total_seconds() // 3600), "hour")
    return day_words(time)


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"
