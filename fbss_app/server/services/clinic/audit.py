"""The audit trail: who did and saw what, in entries that each vouch for the one before.

Every use case of the staff side records here, in its own transaction, so that nothing is done
that is not told. What an entry says is the keyed mark of all it holds and of the mark before it:
whoever changes, drops or slips in a row without the keys breaks the chain.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from fbss_app.server.encryption import KeyRing
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import AuditEntryRow
from fbss_app.server.storage.repositories.clinic.audit_entries import AuditEntryRepository

# What belongs to no clinic, such as a log-in with an address that nobody has.
DEPLOYMENT = "deployment"
PATIENT = "patient"
SYSTEM = "system"
# Whoever runs the app, from its command line.
OPERATOR = "operator"
NOBODY = "nobody"
_BEGINNING = "0" * 64


class Action(StrEnum):
    """What can be told in the trail."""

    CLINIC_FOUNDED = "clinic-founded"
    SETTINGS_VIEWED = "settings-viewed"
    SETTINGS_CHANGED = "settings-changed"
    LOGO_CHANGED = "logo-changed"
    LOGO_REMOVED = "logo-removed"
    LOGGED_IN = "logged-in"
    LOG_IN_FAILED = "log-in-failed"
    LOGGED_OUT = "logged-out"
    LOGGED_OUT_EVERYWHERE = "logged-out-everywhere"
    SECOND_FACTOR_SET_UP = "second-factor-set-up"
    SECOND_FACTOR_REMOVED = "second-factor-removed"
    RECOVERY_CODES_RENEWED = "recovery-codes-renewed"
    RECOVERY_CODE_USED = "recovery-code-used"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 (what happened, no password)
    PASSWORD_LINK_MADE = "password-link-made"  # noqa: S105 (what happened, no password)
    STAFF_VIEWED = "staff-viewed"
    STAFF_INVITED = "staff-invited"
    STAFF_LINK_ENDED = "staff-link-ended"
    STAFF_LINK_RENEWED = "staff-link-renewed"
    STAFF_JOINED = "staff-joined"
    STAFF_ROLE_CHANGED = "staff-role-changed"
    STAFF_ENDED = "staff-ended"
    STAFF_RESTORED = "staff-restored"
    OPERATOR_LET_IN = "operator-let-in"
    INVITATIONS_VIEWED = "invitations-viewed"
    PATIENT_INVITED = "patient-invited"
    CAME_UNINVITED = "came-uninvited"
    INVITATION_REVOKED = "invitation-revoked"
    INVITATION_RENEWED = "invitation-renewed"
    INVITATION_SENT = "invitation-sent"
    INVITATION_PRINTED = "invitation-printed"
    INVITATION_OPENED = "invitation-opened"
    ANSWERS_SENT = "answers-sent"
    ANSWERS_ERASED = "answers-erased"
    ANSWERS_REMOVED = "answers-removed"
    INBOX_VIEWED = "inbox-viewed"
    RESPONSE_VIEWED = "response-viewed"
    STATUS_CHANGED = "status-changed"
    ASSIGNED = "assigned"
    NOTE_WRITTEN = "note-written"
    EXPORTED = "exported"
    RESEARCH_VIEWED = "research-viewed"
    RESEARCH_ASKED = "research-asked"
    RESEARCH_APPROVED = "research-approved"
    RESEARCH_REFUSED = "research-refused"
    DASHBOARD_VIEWED = "dashboard-viewed"
    AUDIT_VIEWED = "audit-viewed"
    REFUSED = "refused"
    EXPIRED_DELETED = "expired-deleted"


@dataclass(frozen=True)
class Entry:
    """One entry as it is shown."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str | int | bool]


@dataclass(frozen=True)
class BrokenTrail:
    """Where a trail does not hold, and what is wrong there."""

    clinic_id: str
    sequence: int
    problem: str


def record(
    unit: UnitOfWork,
    clinic_id: str,
    actor: str,
    action: Action,
    now: datetime,
    subject: str = "",
    **details: str | int | bool,
) -> None:
    """Add an entry in the caller's transaction.

    Args:
        unit: The transaction; the trail of the clinic is locked until it ends.
        clinic_id: The clinic, or `DEPLOYMENT`.
        actor: The id of a member of staff, or `PATIENT`, `SYSTEM`, `OPERATOR` or `NOBODY`.
        action: What was done.
        now: When.
        subject: The id of what it was done to.
        details: Plain facts; never an answer, a label, a name, an address or a secret.
    """
    trail = unit.clinic(clinic_id).audit
    head = trail.lock_head()
    row = AuditEntryRow(
        clinic_id=clinic_id,
        sequence=head.sequence + 1,
        # As the database gives it back: the mark must come out the same.
        at=now.astimezone(UTC),
        actor=actor,
        action=action.value,
        subject=subject,
        details=json.dumps(details, sort_keys=True),
        key_id=unit.keys.newest.key_id,
        mark="",
    )
    row.mark = unit.keys.newest.mark(_told(row, head.mark or _BEGINNING))
    trail.add(row)
    head.sequence, head.key_id, head.mark = row.sequence, row.key_id, row.mark


def record_alone(
    database: Database,
    clinic_id: str,
    actor: str,
    action: Action,
    now: datetime,
    subject: str = "",
    **details: str | int | bool,
) -> None:
    """Add an entry in a transaction of its own, for what happens beside a refused one."""
    with database.unit_of_work() as unit:
        record(unit, clinic_id, actor, action, now, subject, **details)


def verify_trails(database: Database) -> Sequence[BrokenTrail]:
    """Check all trails, also of clinics that are no more; say where each is broken first."""
    broken: list[BrokenTrail] = []
    # With 100,000 entries it takes its time, in which nobody else should have to wait.
    with database.unit_of_work(reads_only=True) as unit:
        for clinic_id in unit.trails.clinic_ids():
            problem = _first_problem(unit.clinic(clinic_id).audit, unit.keys)
            if problem:
                broken.append(BrokenTrail(clinic_id, *problem))
    return broken


def entry_of(row: AuditEntryRow) -> Entry:
    """Give an entry as it is shown."""
    return Entry(row.sequence, row.at, row.actor, row.action, row.subject, json.loads(row.details))


def _first_problem(trail: AuditEntryRepository, keys: KeyRing) -> tuple[int, str] | None:
    end, end_mark = trail.end()
    mark, expected = _BEGINNING, 1
    for row in trail.in_order():
        if row.sequence != expected:
            return expected, "an entry is missing"
        if not keys.knows(row.key_id):
            return row.sequence, f"the key {row.key_id} that it was made with is missing"
        if keys.marks(_told(row, mark)).get(row.key_id) != row.mark:
            return row.sequence, "this entry, or the one before it, was changed"
        if row.sequence == end and row.mark != end_mark:
            return end, "the end of the trail is missing"
        mark, expected = row.mark, expected + 1
    last = expected - 1
    # Nobody is kept from adding entries meanwhile.
    if not end <= last <= trail.end()[0]:
        return last, "the end of the trail is missing"
    return None


def _told(row: AuditEntryRow, mark_before: str) -> str:
    return json.dumps(
        [
            mark_before,
            row.clinic_id,
            row.sequence,
            row.at.isoformat(),
            row.actor,
            row.action,
            row.subject,
            row.details,
        ]
    )
