"""Refuses what a member of staff may not do or reach, and tells the audit trail of it."""

from collections.abc import Callable
from datetime import datetime

from fbss_app.server.services.clinic.audit import Action, record_alone
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database


class NotFoundError(RefusedError):
    """There is nothing of this id in the clinic. Must not tell whether another clinic has it."""

    def __init__(self) -> None:
        super().__init__(
            "not-found",
            "This is not here. It may have been deleted, or the address may be wrong.",
            status_code=404,
        )


class StaffNotAllowedError(RefusedError):
    """Their role does not include this."""

    def __init__(self) -> None:
        super().__init__(
            "staff-not-allowed",
            "Your role does not include this. An administrator of your clinic can change roles.",
            status_code=403,
        )


def require(
    database: Database,
    staff: Staff,
    may: Callable[[Staff], bool],
    now: datetime,
    subject: str = "",
) -> None:
    """Raise `StaffNotAllowedError` unless they may, and tell the audit trail."""
    if may(staff):
        return
    wanted = may.__name__.removeprefix("may_").replace("_", "-")
    record_alone(database, staff.clinic_id, staff.id, Action.REFUSED, now, subject, wanted=wanted)
    raise StaffNotAllowedError


def not_found(
    database: Database, staff: Staff, what: str, subject: str, now: datetime
) -> NotFoundError:
    """Tell the audit trail of an id that is not the clinic's, and give what to raise.

    Args:
        database: Where the trail is kept.
        staff: Who asked.
        what: The kind of thing, such as `submission`.
        subject: The id that was asked for, from wherever.
        now: When.
    """
    record_alone(
        database,
        staff.clinic_id,
        staff.id,
        Action.REFUSED,
        now,
        # Only ids are kept: what came instead of one could be anything.
        subject if len(subject) == 36 and subject.isascii() else "",
        wanted=what,
        reason="not-found",
    )
    return NotFoundError()
