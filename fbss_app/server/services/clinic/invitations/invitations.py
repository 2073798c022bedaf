"""Invitations: asking patients by a link each, seeing what became of it, ending and renewing it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.invitations.invitation_list import MOST_LINES, read_one
from fbss_app.server.services.clinic.invitations.new_invitation import (
    USUAL_DAYS,
    NewInvitation,
    add_invitation,
)
from fbss_app.server.services.clinic.labels import marks_of_search
from fbss_app.server.services.clinic.permission import not_found, require
from fbss_app.server.services.clinic.roles import Staff, may_invite
from fbss_app.server.services.clinic.submissions.inbox import MOST_COUNTED
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import InvitationRow
from fbss_app.server.storage.repositories.clinic.invitations import Invitee, StoredInvitation
from fbss_app.server.storage.repositories.clinic.label_marks import Marked

logger = get_logger(__name__)

LEAST_DAYS, MOST_DAYS = 1, 180
PAGE_SIZE = 25
STATES = ("not-opened", "opened", "sent", "expired", "revoked", "erased")
# What can still be sent with it, or could again under a new link.
_RENEWABLE = ("not-opened", "opened", "expired", "revoked")


@dataclass(frozen=True, slots=True)
class InvitationSeen:
    """An invitation as the list shows it; `days` is how long a new link of it would work."""

    id: str
    label: str
    email: str
    is_uninvited: bool
    state: str
    created_at: datetime
    mailed_at: datetime | None
    answered_at: datetime | None
    expires_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class InvitationQuery:
    """What somebody wants to see: a state or "" for all, words of a label, a page from 1 on."""

    state: str = ""
    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """One page of invitations, with how many there are in each state.

    A count above `counted_to` means that there are more than so many, as in the inbox.
    """

    rows: tuple[InvitationSeen, ...]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int
    counted_to: int | None = None


def invite(
    database: Database,
    staff: Staff,
    questionnaire: str,
    invitees: Sequence[Invitee],
    days: int,
    now: datetime,
) -> tuple[NewInvitation, ...]:
    """Invite patients: all of them, or nobody.

    Args:
        database: Where it is kept.
        staff: Who invites.
        questionnaire: The name of the questionnaire.
        invitees: Whom; each with a label of 1 to 80 characters.
        days: How long the links work, from 1 to 180.
        now: The time.

    Raises:
        RefusedError: Something is wrong; its problems name the fields.
        StaffNotAllowedError: They may not.
    """
    require(database, staff, may_invite, now)
    invitees = [Invitee(" ".join(one.label.split()), one.email.strip()) for one in invitees]
    _require_valid(invitees, days)
    made: list[NewInvitation] = []
    with database.unit_of_work() as unit:
        for place, invitee in enumerate(invitees):
            new = add_invitation(
                unit,
                staff.clinic_id,
                questionnaire,
                invitee,
                now,
                days=days,
                created_by=staff.id,
                place=place,
            )
            record(unit, staff.clinic_id, staff.id, Action.PATIENT_INVITED, now, new.id, days=days)
            made.append(new)
    logger.info("patients-invited", count=len(made))
    return tuple(made)


def list_invitations(
    database: Database, staff: Staff, query: InvitationQuery, now: datetime
) -> InvitationPage:
    """List invitations, the newest first, and tell the trail as the inbox does."""
    require(database, staff, may_invite, now)
    with database.unit_of_work() as unit:
        clinic = unit.clinic(staff.clinic_id)
        invitations = clinic.invitations
        words = marks_of_search(unit.keys, staff.clinic_id, query.search)
        found = clinic.label_marks.find(words) if words else None
        counted_to = MOST_COUNTED if isinstance(found, Marked) else None
        if isinstance(found, Marked):
            counts = {
                each: invitations.count_up_to(MOST_COUNTED, each, found, now) for each in STATES
            }
        else:
            counts = dict.fromkeys(STATES, 0) | dict(invitations.counts(found, now))
        total = counts.get(query.state, 0) if query.state else sum(counts.values())
        pages = max(1, -(-min(total, counted_to or total) // PAGE_SIZE))
        page = min(max(1, query.page), pages)
        rows = invitations.page(query.state, found, now, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        seen = tuple(_seen(each, now) for each in rows)
        facts = {
            # From a browser anything could come instead of a state, and a search could be a name.
            "state": query.state if query.state in STATES else "",
            "searched": "yes" if query.search.strip() else "no",
            "page": str(page),
        }
        tell_view(unit, staff, Action.INVITATIONS_VIEWED, now, **facts)
        return InvitationPage(seen, counts, total, page, pages, counted_to)


def revoke_invitation(database: Database, staff: Staff, invitation_id: str, now: datetime) -> None:
    """End an invitation: its link opens nothing any more. What was sent stays."""
    require(database, staff, may_invite, now, invitation_id)
    with database.unit_of_work() as unit:
        found = unit.clinic(staff.clinic_id).invitations.get(invitation_id, lock=True)
        if found:
            if found.row.revoked_at is None:
                found.row.revoked_at = now
                record(
                    unit, staff.clinic_id, staff.id, Action.INVITATION_REVOKED, now, invitation_id
                )
            return
    raise not_found(database, staff, "invitation", invitation_id, now)


def renew_invitation(
    database: Database, staff: Staff, invitation_id: str, now: datetime
) -> NewInvitation:
    """Give an invitation a new link, which works as long as the first; that opens nothing any more.

    Raises:
        RefusedError: It was answered already.
    """
    require(database, staff, may_invite, now, invitation_id)
    with database.unit_of_work() as unit:
        found = unit.clinic(staff.clinic_id).invitations.get(invitation_id, lock=True)
        if found:
            row = found.row
            if _state(row, now) not in _RENEWABLE:
                raise RefusedError(
                    "already-answered",
                    "Answers were sent with this invitation. Make a new one for new answers.",
                    status_code=409,
                )
            secret, days = secrets.token_urlsafe(32), row.days or USUAL_DAYS
            row.secret_sha256 = hash_secret(secret)
            row.expires_at = now + timedelta(days=days)
            row.revoked_at = row.opened_at = row.sent_at = None
            record(
                unit, staff.clinic_id, staff.id, Action.INVITATION_RENEWED, now, row.id, days=days
            )
            return NewInvitation(
                row.id, found.invitee.label, found.invitee.email, secret, row.expires_at
            )
    raise not_found(database, staff, "invitation", invitation_id, now)


def _require_valid(invitees: Sequence[Invitee], days: int) -> None:
    problems: list[FieldProblem] = []
    if not LEAST_DAYS <= days <= MOST_DAYS:
        message = f"Enter a number of days from {LEAST_DAYS} to {MOST_DAYS}"
        problems.append(FieldProblem("days", "range", message))
    if len(invitees) > MOST_LINES:
        message = f"Invite {MOST_LINES} people at most at once"
        problems.append(FieldProblem("people", "too-many", message))
    for number, each in enumerate(invitees, 1):
        problems.extend(
            FieldProblem("people", "label", f"Person {number}: {found}")
            for found in read_one(each.label, each.email).problems
        )
    if problems:
        raise RefusedError("invalid-content", "Nobody was invited.", problems=problems)


def _seen(stored: StoredInvitation, now: datetime) -> InvitationSeen:
    row = stored.row
    return InvitationSeen(
        row.id,
        stored.invitee.label,
        stored.invitee.email,
        row.created_by is None,
        _state(row, now),
        row.created_at,
        row.sent_at,
        row.answered_at,
        row.expires_at,
        row.days or USUAL_DAYS,
    )


def _state(row: InvitationRow, now: datetime) -> str:
    """Say what has become of an invitation; the repository says the same in the database."""
    if row.erased_at:
        return "erased"
    if row.answered_at:
        return "sent"
    if row.revoked_at:
        return "revoked"
    if row.expires_at <= now:
        return "expired"
    return "opened" if row.opened_at else "not-opened"
