"""The log-in of staff: an address and a password, then a second factor, then a ticket.

Nobody learns at the door whether there is a log-in for an address: a wrong address, a wrong
password and an account that has ended are answered alike, after the same work.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.clinic.audit import DEPLOYMENT, NOBODY, Action, record, record_alone
from fbss_app.server.services.clinic.staff import second_factor
from fbss_app.server.services.clinic.staff.at_the_door import (
    DOOR_OPEN,
    AtTheDoor,
    LogInAgainError,
    WrongCodeError,
    WrongLogInError,
    tidy_address,
)
from fbss_app.server.services.clinic.staff.passwords import verify_password
from fbss_app.server.services.clinic.staff.second_factor import SecondFactorSetUp, has_second_factor
from fbss_app.server.services.clinic.staff.sessions import give_ticket
from fbss_app.server.services.clinic.staff.tries import CODE, NETWORK, PASSWORD, Tries
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import StaffRow
from fbss_app.settings import Settings


@dataclass(frozen=True)
class Door:
    """Where staff come in.

    Attributes:
        database: Where log-ins are kept.
        settings: Whether a second factor is required, and with what tries are hashed.
        counter: Where failed tries are counted; one for the whole process.
        now: The clock.
    """

    database: Database
    settings: Settings
    counter: CallCounter
    now: Callable[[], datetime]

    def check_password(self, email: str, password: str, network: str = "") -> AtTheDoor:
        """Take an address and a password.

        Args:
            email: As it was typed.
            password: As it was typed.
            network: Where the call comes from, as `client_network` has it, if that is known.

        Raises:
            WrongLogInError: They open nothing.
            TooManyTriesError: Too many failed before.
        """
        address = tidy_address(email)
        with self._tries.against_guessing((PASSWORD, address or "none"), (NETWORK, network)):
            return self._checked(address, password)

    def enter(self, at_the_door: AtTheDoor) -> str:
        """Give a ticket to somebody without a second factor, where none is required."""
        with self._let_in(at_the_door) as (unit, row):
            if self.settings.second_factor == "required" or has_second_factor(row):
                raise LogInAgainError
            return give_ticket(unit, row.id, self.now())

    def check_code(self, at_the_door: AtTheDoor, code: str) -> str:
        """Take a code of the app or a recovery code, and give a ticket.

        Raises:
            WrongCodeError: The code is wrong, or was used before.
            LogInAgainError: The password was shown too long ago.
            TooManyTriesError: Too many codes failed before.
        """
        now = self.now()
        with self._tries.against_guessing((CODE, at_the_door.staff_id)):
            with self._let_in(at_the_door) as (unit, row):
                if not has_second_factor(row):
                    raise LogInAgainError
                if second_factor.take_app_code(row, code, now, unit.keys):
                    return give_ticket(unit, row.id, now)
                if second_factor.take_recovery_code(unit, row.id, code, now):
                    record(unit, row.clinic_id, row.id, Action.RECOVERY_CODE_USED, now)
                    return give_ticket(unit, row.id, now)
                clinic_id = row.clinic_id
            self._tell_failed(clinic_id, at_the_door.staff_id, "code")
            raise WrongCodeError

    def begin_second_factor(self, at_the_door: AtTheDoor) -> SecondFactorSetUp:
        """Give what an authenticator app needs. Nothing is kept before a code shows it works."""
        with self._let_in(at_the_door) as (_, row):
            if has_second_factor(row):
                raise LogInAgainError
            return second_factor.new_set_up(row.email)

    def finish_second_factor(
        self, at_the_door: AtTheDoor, secret: str, code: str
    ) -> tuple[str, Sequence[str]]:
        """Keep the secret that `begin_second_factor` gave, once a code shows that the app has it.

        Returns:
            A ticket, and the recovery codes, which are told this one time only.
        """
        now = self.now()
        with (
            self._tries.against_guessing((CODE, at_the_door.staff_id)),
            self._let_in(at_the_door) as (unit, row),
        ):
            if has_second_factor(row):
                raise LogInAgainError
            step = second_factor.step_of_code(secret, code, now)
            if step is None:
                raise WrongCodeError
            second_factor.store_secret(row, secret, step, unit.keys)
            codes = second_factor.new_recovery_codes(unit, row.id)
            record(unit, row.clinic_id, row.id, Action.SECOND_FACTOR_SET_UP, now)
            # It is used once the codes were put away, and that takes its time.
            return give_ticket(unit, row.id, now, DOOR_OPEN), codes

    @property
    def _tries(self) -> Tries:
        return Tries(self.counter, self.settings.rate_limit_key)

    def _checked(self, address: str, password: str) -> AtTheDoor:
        with self.database.unit_of_work() as unit:
            row = unit.log_ins.staff_by_email(address)
            known = (row.id, row.clinic_id, row.name, row.password_hash) if row else None
            may_enter = row is not None and row.ended_at is None
            has_factor = row is not None and has_second_factor(row)
        # Outside the transaction: it takes long, and nobody else should wait for it.
        verified = verify_password(password, known[3] if known else None)
        if known is None or not (verified.is_right and may_enter):
            clinic_id, staff_id = (known[1], known[0]) if known else (DEPLOYMENT, "")
            reason = "unknown" if not known else "password" if may_enter else "ended"
            self._tell_failed(clinic_id, staff_id, reason)
            raise WrongLogInError
        if verified.newer_hash:
            self._renew_hash(known[0], known[3], verified.newer_hash)
        return AtTheDoor(known[0], known[2], has_factor, self.now())

    def _renew_hash(self, staff_id: str, old_hash: str, new_hash: str) -> None:
        with self.database.unit_of_work() as unit:
            row = unit.log_ins.staff(staff_id, lock=True)
            if row and row.password_hash == old_hash:
                row.password_hash = new_hash

    def _tell_failed(self, clinic_id: str, staff_id: str, reason: str) -> None:
        record_alone(
            self.database,
            clinic_id,
            NOBODY,
            Action.LOG_IN_FAILED,
            self.now(),
            staff_id,
            reason=reason,
        )

    @contextmanager
    def _let_in(self, at_the_door: AtTheDoor) -> Generator[tuple[UnitOfWork, StaffRow]]:
        """Find who is at the door and lock their row, or raise `LogInAgainError`."""
        with self.database.unit_of_work() as unit:
            row = unit.log_ins.staff(at_the_door.staff_id, lock=True)
            if (
                row is None
                or row.ended_at is not None
                or self.now() - at_the_door.checked_at >= DOOR_OPEN
            ):
                raise LogInAgainError
            yield unit, row
