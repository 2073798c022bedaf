"""Turns files for research that were asked for into words. Knows nothing of Reflex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fbss_app import routes
from fbss_app.clinic.day_words import day_words
from fbss_app.clinic.exports.words import ALL, STATUSES, URGENCIES
from fbss_app.server.services.clinic.exports.research_requests import ResearchRequest
from fbss_app.server.services.clinic.roles import Staff, may_approve_research


@dataclass
class RequestView:
    """A file that somebody asked for.

    Attributes:
        id: Its id.
        purpose: What it is for.
        about: Who asked, when, and which answers it is about.
        state: What was decided, and until when that holds.
        can_decide: Whether whoever looks may approve or refuse it.
        href: Where they can take the file; "" where they cannot.
    """

    id: str
    purpose: str
    about: str
    state: str
    can_decide: bool
    href: str


def request_views(found: Sequence[ResearchRequest], me: Staff) -> list[RequestView]:
    """Put what was asked for into words, as `me` sees it."""
    return [_view(each, me) for each in found]


def _view(asked: ResearchRequest, me: Staff) -> RequestView:
    is_mine = asked.asked_by == me.id
    can_take = is_mine and asked.decision == "approved"
    return RequestView(
        id=asked.id,
        purpose=asked.purpose,
        about=f"{_who(asked, is_mine=is_mine)}, {day_words(asked.asked_at)}. {_which(asked)}",
        state=_state(asked),
        can_decide=may_approve_research(me) and not is_mine and not asked.decision,
        href=f"{routes.CLINIC_EXPORTS_API}/research.csv?request={asked.id}" if can_take else "",
    )


def _who(asked: ResearchRequest, *, is_mine: bool) -> str:
    if is_mine:
        return "Asked by you"
    return f"Asked by {asked.asked_by_name or 'somebody who is no longer known'}"


def _which(asked: ResearchRequest) -> str:
    status, urgency = asked.query.status, asked.query.urgency
    return f"Status: {STATUSES[status]}. Warning signs: {URGENCIES[str(urgency or ALL)]}."


def _state(asked: ResearchRequest) -> str:
    until = day_words(asked.expires_at)
    by = f" by {asked.decided_by_name}" if asked.decided_by_name else ""
    if asked.decision == "approved":
        return f"Approved{by}. Can be taken until {until}"
    if asked.decision == "refused":
        return f"Refused{by}"
    return f"Waits for an administrator until {until}"
