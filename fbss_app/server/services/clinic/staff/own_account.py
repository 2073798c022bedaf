"""What a member of staff does to their own log-in."""

from collections.abc import Sequence
from datetime import datetime

from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.clinic.audit import Action, record, record_alone
from fbss_app.server.services.clinic.fields import require_none
from fbss_app.server.services.clinic.roles import Staff, may_change_own_log_in
from fbss_app.server.services.clinic.staff import second_factor
from fbss_app.server.services.clinic.staff.colleagues import colleague
from fbss_app.server.services.clinic.staff.passwords import (
    hash_password,
    known_about,
    password_problems,
    verify_password,
)
from fbss_app.server.services.clinic.staff.tries import PASSWORD, Tries
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.unit_of_work import Database

# Whoever finds a session open must not be able to try out passwords in it.
_TRIES = Tries(CallCounter())


class WrongPasswordError(RefusedError):
    """The password they have now was typed wrongly."""

    def __init__(self) -> None:
        problem = FieldProblem("old_password", "wrong-password", "This is not your password.")
        super().__init__(
            "wrong-password", "This is not your password.", status_code=401, problems=[problem]
        )


class NoSecondFactorError(RefusedError):
    """Recovery codes stand in for a second factor; there is none."""

    def __init__(self) -> None:
        super().__init__(
            "no-second-factor",
            "Recovery codes stand in for an authenticator app. Set one up first.",
            status_code=409,
        )


def renew_recovery_codes(database: Database, staff: Staff, now: datetime) -> Sequence[str]:
    """Make new recovery codes for oneself; the earlier ones work no more."""
    with colleague(database, staff, staff.id, now, may_change_own_log_in) as (unit, row):
        if not second_factor.has_second_factor(row):
            raise NoSecondFactorError
        record(unit, staff.clinic_id, staff.id, Action.RECOVERY_CODES_RENEWED, now)
        return second_factor.new_recovery_codes(unit, row.id)


def change_own_password(
    database: Database, staff: Staff, old: str, new: str, now: datetime, *, keep: str = ""
) -> None:
    """Change one's own password, which logs out everywhere else.

    Args:
        database: Where it is kept.
        staff: Who.
        old: The password they have.
        new: The one they want.
        now: The time.
        keep: The hash of the cookie of the session that goes on.

    Raises:
        WrongPasswordError: The old one is wrong.
        FieldsError: The new one cannot be taken.
        TooManyTriesError: The old one was wrong too often.
    """
    with _TRIES.against_guessing((PASSWORD, staff.id)):
        with database.unit_of_work() as unit:
            row = unit.log_ins.staff(staff.id)
            stored = row.password_hash if row else None
            clinic = unit.clinics.get(staff.clinic_id)
            clinic_name = clinic.name if clinic else ""
        if not verify_password(old, stored).is_right:
            record_alone(
                database,
                staff.clinic_id,
                staff.id,
                Action.LOG_IN_FAILED,
                now,
                staff.id,
                reason="old-password",
            )
            raise WrongPasswordError
    known = known_about(staff.name, staff.email, clinic_name)
    require_none(password_problems(new, known, "new_password"))
    new_hash = hash_password(new)
    with colleague(database, staff, staff.id, now, may_change_own_log_in) as (unit, row):
        row.password_hash = new_hash
        unit.log_ins.delete_ways_in(row.id)
        ended = unit.log_ins.end_sessions(row.id, now, but=keep)
        record(
            unit, staff.clinic_id, staff.id, Action.PASSWORD_CHANGED, now, row.id, sessions=ended
        )
