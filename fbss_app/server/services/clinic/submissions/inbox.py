"""The list of what patients have sent: filtered, sorted and paged by the database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.domain.safety.red_flag import MOST_URGENT_FIRST, NO_URGENCY, urgency_rank
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.labels import marks_of_search
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_see_answers, may_see_inbox
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.saved_answers import Definitions
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import SubmissionRow
from fbss_app.server.storage.repositories.clinic.inbox import NOBODY, InboxRepository, Wanted
from fbss_app.server.storage.repositories.clinic.invitations import StoredInvitation
from fbss_app.server.storage.repositories.clinic.label_marks import Invitations, Marked
from fbss_app.server.storage.repositories.clinic.submissions import Findings

Status = Literal["new", "in-progress", "reviewed"]
Sort = Literal["urgency", "newest", "oldest"]
Came = Literal["invited", "uninvited"]

ASSIGNED_TO_NOBODY = NOBODY
STATUSES: tuple[Status, ...] = ("new", "in-progress", "reviewed")
WAYS: tuple[Came, ...] = ("invited", "uninvited")
PAGE_SIZE = 25
# After each of these something is no longer in the inbox.
_LEAVING = (Action.ANSWERS_ERASED, Action.ANSWERS_REMOVED, Action.EXPIRED_DELETED)
# Of a search that finds more, only so many are counted, and can be paged through.
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """What somebody wants to see of the inbox.

    Attributes:
        status: Only those of this status.
        urgency: Only those of this urgency; `none` for those that raised nothing.
        assigned_to: Only those of this member of staff, or those of `nobody`.
        came: Only those of whoever was invited, or of whoever came by themselves, through the
            clinic's own pages.
        search: Beginnings of words of the label.
        sort: The order. Of the same urgency, whoever waits longest comes first.
        page: Which page, from 1 on; one beyond the last shows the last.
    """

    status: Status | Literal["all"] = "all"
    urgency: Urgency | Literal["none"] | None = None
    assigned_to: str | None = None
    came: Came | None = None
    search: str = ""
    sort: Sort = "urgency"
    page: int = 1


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox. Whoever may not see answers sees no urgency and no warning signs.

    `is_uninvited`: a patient wrote the label, so nobody has checked whose answers these are.
    """

    submission_id: str
    label: str
    urgency: Urgency | None
    red_flags: tuple[str, ...]
    status: str
    assigned_to_name: str
    submitted_at: datetime
    first_submitted_at: datetime
    was_updated: bool
    is_uninvited: bool = False


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of the inbox.

    Attributes:
        rows: Its lines.
        counts: How many there are of each status, with the other filters as they are.
        total: How many there are in all.
        page: Which page this is.
        pages: How many there are; 1 where there is nothing.
        counted_to: A count above this means that there are more than so many, and the pages end
            there; None where everything was counted.
    """

    rows: tuple[InboxRow, ...]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int
    counted_to: int | None = None


def read_inbox(
    database: Database,
    staff: Staff,
    query: InboxQuery,
    now: datetime,
    definitions: Definitions = MappingProxyType({}),
) -> InboxPage:
    """Read a page of the inbox.

    The trail is told at most once a minute of the same look by the same person, so that a page
    that refreshes itself does not flood it.

    Args:
        database: Where it lies.
        staff: Who looks.
        query: What they want to see.
        now: The time.
        definitions: Where warning signs get their titles from; without it they show their names.
    """
    require(database, staff, may_see_inbox, now)
    sees_answers = may_see_answers(staff)
    with database.unit_of_work() as unit:
        clinic = unit.clinic(staff.clinic_id)
        wanted = wanted_of(unit, staff, query)
        counted_to = MOST_COUNTED if isinstance(wanted.invitations, Marked) else None
        counts = _counts(clinic.inbox, wanted, counted_to)
        total = counts[query.status] if query.status != "all" else sum(counts.values())
        pages = max(1, -(-min(total, counted_to or total) // PAGE_SIZE))
        page = min(max(query.page, 1), pages)
        sort = query.sort if sees_answers or query.sort != "urgency" else "newest"
        found = clinic.inbox.page(wanted, sort, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        labels = clinic.invitations.find({row.invitation_id for row in found if row.invitation_id})
        names = {each.id: each.name for each in clinic.staff.all()}
        rows = tuple(
            _line(
                row,
                invitation=labels[row.invitation_id] if row.invitation_id else None,
                name=names.get(row.assigned_to or "", ""),
                findings=clinic.submissions.open(row).findings if sees_answers else None,
                definitions=definitions,
            )
            for row in found
        )
        facts = {**facts_of(query), "sort": query.sort, "page": str(page)}
        tell_view(unit, staff, Action.INBOX_VIEWED, now, **facts)
    return InboxPage(rows, counts, total, page, pages, counted_to)


def newest_change(database: Database, staff: Staff) -> tuple[datetime | None, int]:
    """Say how far the inbox has come, for pages that keep themselves up to date.

    Returns:
        When anything in it was last sent or changed, and the number that the trail has for what
        last left it. Whoever finds others than before should look at the inbox again.
    """
    with database.unit_of_work(reads_only=True) as unit:
        clinic = unit.clinic(staff.clinic_id)
        left = max(clinic.audit.newest_of(each) for each in _LEAVING)
        return clinic.inbox.newest_change(), left


def wanted_of(unit: UnitOfWork, staff: Staff, query: InboxQuery) -> Wanted:
    """Turn a query into a filter. Whoever may not see an urgency cannot filter by it either."""
    rank = NO_URGENCY if query.urgency == "none" else None
    if isinstance(query.urgency, Urgency):
        rank = urgency_rank(query.urgency)
    return Wanted(
        status="" if query.status == "all" else query.status,
        urgency=rank if may_see_answers(staff) else None,
        assigned_to=query.assigned_to,
        is_uninvited=query.came == "uninvited" if query.came else None,
        invitations=_found_by_label(unit, staff.clinic_id, query.search),
    )


def facts_of(query: InboxQuery) -> dict[str, str]:
    """Say for the trail what was filtered; the words of a search could be a name."""
    return {
        "status": query.status,
        "urgency": str(query.urgency or ""),
        # From an address anything could come instead of an id.
        "assigned_to": (query.assigned_to or "")[:36],
        "came": query.came if query.came in WAYS else "",
        "searched": "yes" if query.search.strip() else "no",
    }


def _found_by_label(unit: UnitOfWork, clinic_id: str, search: str) -> Invitations | None:
    """Find the invitations whose label has words that begin like those of a search."""
    words = marks_of_search(unit.keys, clinic_id, search)
    return unit.clinic(clinic_id).label_marks.find(words) if words else None


def _counts(inbox: InboxRepository, wanted: Wanted, counted_to: int | None) -> dict[str, int]:
    if counted_to is None:
        found = inbox.counts(wanted)
        return {each: found.get(each, 0) for each in STATUSES}
    return {each: inbox.count_up_to(counted_to, replace(wanted, status=each)) for each in STATUSES}


def _line(
    row: SubmissionRow,
    *,
    invitation: StoredInvitation | None,
    name: str,
    findings: Findings | None,
    definitions: Definitions,
) -> InboxRow:
    known = definitions.get((row.questionnaire, row.questionnaire_version))
    titles = {flag.id: flag.heading for flag in known.red_flag} if known else {}
    urgency = MOST_URGENT_FIRST[row.urgency] if row.urgency < NO_URGENCY else None
    return InboxRow(
        submission_id=row.id,
        label=invitation.invitee.label if invitation else "",
        urgency=urgency if findings else None,
        red_flags=tuple(titles.get(each, each) for each in findings.red_flags) if findings else (),
        status=row.status,
        assigned_to_name=name,
        submitted_at=row.submitted_at,
        first_submitted_at=row.first_submitted_at,
        was_updated=row.submitted_at != row.first_submitted_at,
        is_uninvited=row.is_uninvited,
    )
