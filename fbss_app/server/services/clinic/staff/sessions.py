"""Sessions of staff: they begin with a ticket, and end by themselves, at once, or all together.

A session is known by a cookie that pages cannot read. The database has only its hash.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import LogInTicketRow, StaffRow, StaffSessionRow

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
TICKET_LASTS = timedelta(seconds=60)
# How often it is written down that somebody is still there.
_NOTED_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32


class SignedOut(StrEnum):
    """Why somebody is no longer logged in."""

    IDLE = "idle"
    OVER = "over"
    ENDED = "ended"
    UNKNOWN = "unknown"


_WHY = {
    SignedOut.IDLE: "You were logged out, because nothing happened for 15 minutes.",
    SignedOut.OVER: "You were logged out, because a log-in lasts 8 hours at most.",
    SignedOut.ENDED: "You were logged out.",
    SignedOut.UNKNOWN: "You are not logged in.",
}


class SignedOutError(RefusedError):
    """Nobody is logged in here, or no longer."""

    def __init__(self, reason: SignedOut) -> None:
        super().__init__("signed-out", f"{_WHY[reason]} Log in to go on.", status_code=401)
        self.reason = reason


class UnknownTicketError(RefusedError):
    """No ticket like this: never given, taken already, or too late."""

    def __init__(self) -> None:
        super().__init__(
            "unknown-ticket", "This log-in took too long. Log in again.", status_code=404
        )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of the places where somebody is logged in."""

    token_sha256: str
    began_at: datetime
    last_seen_at: datetime


def give_ticket(
    unit: UnitOfWork, staff_id: str, now: datetime, lasts: timedelta = TICKET_LASTS
) -> str:
    """Make what begins a session, for whoever has just shown who they are."""
    ticket = secrets.token_urlsafe(_TOKEN_BYTES)
    unit.log_ins.add(
        LogInTicketRow(ticket_sha256=hash_secret(ticket), staff_id=staff_id, expires_at=now + lasts)
    )
    return ticket


def begin_session(database: Database, ticket: str, now: datetime) -> str:
    """Take a ticket, and give what the cookie holds.

    Raises:
        UnknownTicketError: The ticket begins nothing.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with database.unit_of_work() as unit:
        taken = unit.log_ins.take_ticket(hash_secret(ticket))
        staff = unit.log_ins.staff(taken.staff_id, lock=True) if taken else None
        if taken is None or taken.expires_at <= now or staff is None or staff.ended_at:
            raise UnknownTicketError
        unit.log_ins.add(
            StaffSessionRow(
                token_sha256=hash_secret(token),
                staff_id=staff.id,
                created_at=now,
                last_seen_at=now,
            )
        )
        staff.last_log_in_at = now
        record(unit, staff.clinic_id, staff.id, Action.LOGGED_IN, now)
    return token


def check_session(
    database: Database, token_sha256: str, now: datetime, *, touch: bool = True
) -> Staff:
    """Say who is logged in.

    Args:
        database: Where sessions are kept.
        token_sha256: The hash of what the cookie holds.
        now: The time.
        touch: Whether this shows that somebody is there; not so for what a page does by itself.

    Raises:
        SignedOutError: Nobody is, for the reason it gives.
    """
    with database.unit_of_work(reads_only=not touch) as unit:
        session = unit.log_ins.session(token_sha256)
        staff = unit.log_ins.staff(session.staff_id) if session else None
        if session is None or staff is None:
            raise SignedOutError(SignedOut.UNKNOWN)
        if reason := _why_over(session, staff, now):
            raise SignedOutError(reason)
        if touch and now - session.last_seen_at >= _NOTED_EVERY:
            session.last_seen_at = now
        return staff_of(staff)


def end_session(database: Database, token_sha256: str, now: datetime) -> None:
    """End a session; nothing happens where there is none."""
    with database.unit_of_work() as unit:
        session = unit.log_ins.session(token_sha256)
        staff = unit.log_ins.staff(session.staff_id) if session else None
        if session and staff and session.ended_at is None:
            session.ended_at = now
            record(unit, staff.clinic_id, staff.id, Action.LOGGED_OUT, now)


def end_all_sessions(database: Database, staff: Staff, now: datetime) -> int:
    """Log somebody out everywhere, and say from how many places."""
    with database.unit_of_work() as unit:
        ended = unit.log_ins.end_sessions(staff.id, now)
        record(unit, staff.clinic_id, staff.id, Action.LOGGED_OUT_EVERYWHERE, now, sessions=ended)
    return ended


def open_sessions(database: Database, staff: Staff, now: datetime) -> Sequence[OpenSession]:
    """List the places where somebody is logged in, the newest first."""
    with database.unit_of_work() as unit:
        row = unit.log_ins.staff(staff.id)
        return [
            OpenSession(each.token_sha256, each.created_at, each.last_seen_at)
            for each in unit.log_ins.sessions(staff.id)
            if row and not _why_over(each, row, now)
        ]


def staff_of(row: StaffRow) -> Staff:
    """Give a member of staff as the use cases know them."""
    return Staff(row.id, row.clinic_id, row.name, row.email, Role(row.role))


def _why_over(session: StaffSessionRow, staff: StaffRow, now: datetime) -> SignedOut | None:
    if session.ended_at or staff.ended_at:
        return SignedOut.ENDED
    if now - session.created_at >= LONGEST:
        return SignedOut.OVER
    return SignedOut.IDLE if now - session.last_seen_at >= IDLE else None
