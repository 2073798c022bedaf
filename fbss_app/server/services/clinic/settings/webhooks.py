"""Tells a clinic's own system that answers came: queued with them, called soon after."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from fbss_app.server.encryption import Sealed
from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_change_settings
from fbss_app.server.services.clinic.settings.webhook_address import target_of
from fbss_app.server.services.clinic.settings.webhook_call import Caller, Message, Webhook, call
from fbss_app.server.services.clinic.told_views import tell_view
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import ClinicRow, WebhookDeliveryRow

logger = get_logger(__name__)

ANSWERS_SENT = "answers-sent"
TEST = "test"
GIVEN_UP_AFTER = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=4)
_AT_ONCE = 5
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Delivery:
    """A call as the settings page shows it; with neither time after `created_at`, given up."""

    id: str
    event: str
    submission_id: str
    created_at: datetime
    tries: int
    delivered_at: datetime | None
    next_try_at: datetime | None
    last_problem: str


def queue_webhook(unit: UnitOfWork, clinic: ClinicRow, submission_id: str, now: datetime) -> None:
    """Queue a call in the transaction of a submission, where the clinic wants to be called."""
    if clinic.sealed_webhook:
        _add(unit, clinic.id, ANSWERS_SENT, submission_id, now)


def deliver_due(database: Database, now: datetime, caller: Caller) -> int:
    """Make every call whose time has come, and say how many were taken.

    No transaction is open during a call. The next try is written down before it, so that a crash
    does not lose it; a system may be told twice, and knows a call again by its id.
    """
    delivered = 0
    while claimed := _claim(database, now):
        for webhook, message in claimed:
            problem = call(caller, webhook, message, now) if webhook else "no-webhook"
            delivered += not problem
            _note_outcome(database, message.delivery_id, problem, now)
    return delivered


def forget_old_deliveries(database: Database, now: datetime) -> int:
    """Delete what was queued long ago."""
    with database.unit_of_work() as unit:
        return unit.webhook_queue.forget(now - KEPT_FOR)


def read_webhook(database: Database, staff: Staff, now: datetime) -> str:
    """Give the address that is called, or "", and tell the trail; never its secret."""
    require(database, staff, may_change_settings, now)
    with database.unit_of_work() as unit:
        tell_view(unit, staff, Action.SETTINGS_VIEWED, now)
        webhook = _open(unit, _clinic(unit, staff))
        return webhook.url if webhook else ""


def set_webhook(
    database: Database, staff: Staff, url: str, now: datetime, *, allow_private: bool = False
) -> str:
    """Say where to call when answers come.

    Args:
        database: Where it is kept.
        staff: Who says so.
        url: The address; "" to call nobody.
        now: The time.
        allow_private: As the setting says.

    Returns:
        The new secret, to be shown this once; "" without an address.
    """
    require(database, staff, may_change_settings, now)
    address = url.strip()
    if address:
        target_of(address, allow_private=allow_private)
    secret = secrets.token_urlsafe(32) if address else ""
    with database.unit_of_work() as unit:
        clinic = _clinic(unit, staff)
        if address:
            plain = json.dumps(asdict(Webhook(address, secret))).encode()
            sealed = unit.keys.seal(plain, _place(clinic))
            clinic.key_id, clinic.sealed_webhook = sealed.key_id, sealed.sealed
        else:
            clinic.key_id, clinic.sealed_webhook = "", b""
        facts = {"what": "webhook", "is_set": bool(address)}
        record(unit, clinic.id, staff.id, Action.SETTINGS_CHANGED, now, clinic.id, **facts)
    return secret


def test_webhook(database: Database, staff: Staff, now: datetime, caller: Caller) -> str:
    """Call at once with a made-up event, and give what went wrong in a word, or ""."""
    require(database, staff, may_change_settings, now)
    with database.unit_of_work() as unit:
        clinic = _clinic(unit, staff)
        webhook = _open(unit, clinic)
        if webhook is None:
            raise RefusedError("no-webhook", "Set an address first.")
        row = _add(unit, clinic.id, TEST, "", now)
        row.tries, row.next_try_at = 1, None
        message = Message(row.id, TEST, "", clinic.slug, now)
    problem = call(caller, webhook, message, now)
    _note_outcome(database, message.delivery_id, problem, now)
    return problem


# By its name alone a test runner would take it for a test of its own.
test_webhook.__test__ = False  # pyright: ignore[reportFunctionMemberAccess]


def recent_deliveries(database: Database, staff: Staff, now: datetime) -> tuple[Delivery, ...]:
    """List the last calls, the newest first, and tell the trail."""
    require(database, staff, may_change_settings, now)
    with database.unit_of_work() as unit:
        tell_view(unit, staff, Action.SETTINGS_VIEWED, now)
        return tuple(
            Delivery(
                row.id,
                row.event,
                row.submission_id,
                row.created_at,
                row.tries,
                row.delivered_at,
                row.next_try_at,
                row.last_problem,
            )
            for row in unit.clinic(staff.clinic_id).webhooks.recent(_SHOWN)
        )


def pause_after(tries: int) -> timedelta:
    """Say how long to wait after so many tries: twice as long each time."""
    return min(_FIRST_PAUSE * 2 ** min(tries - 1, 16), _LONGEST_PAUSE)


def _claim(database: Database, now: datetime) -> list[tuple[Webhook | None, Message]]:
    claimed: list[tuple[Webhook | None, Message]] = []
    with database.unit_of_work() as unit:
        for row in unit.webhook_queue.due(now, _AT_ONCE):
            row.tries += 1
            row.next_try_at = now + pause_after(row.tries)
            clinic = unit.clinics.get(row.clinic_id)
            is_there = unit.clinic(row.clinic_id).submissions.exists(row.submission_id)
            webhook = _open(unit, clinic) if clinic and is_there else None
            slug = clinic.slug if clinic else ""
            message = Message(row.id, row.event, row.submission_id, slug, row.created_at)
            claimed.append((webhook, message))
    return claimed


def _note_outcome(database: Database, delivery_id: str, problem: str, now: datetime) -> None:
    with database.unit_of_work() as unit:
        row = unit.webhook_queue.get(delivery_id)
        if row is None:
            return
        row.last_problem = problem
        if not problem:
            row.delivered_at, row.next_try_at = now, None
        elif problem == "no-webhook" or (
            row.next_try_at and row.next_try_at - row.created_at > GIVEN_UP_AFTER
        ):
            row.next_try_at = None
            logger.warning("webhook-given-up", problem=problem, tries=row.tries)


def _add(
    unit: UnitOfWork, clinic_id: str, event: str, submission_id: str, now: datetime
) -> WebhookDeliveryRow:
    row = WebhookDeliveryRow(
        id=str(uuid4()),
        clinic_id=clinic_id,
        submission_id=submission_id,
        event=event,
        created_at=now,
        next_try_at=now,
    )
    unit.clinic(clinic_id).webhooks.add(row)
    return row


def _clinic(unit: UnitOfWork, staff: Staff) -> ClinicRow:
    clinic = unit.clinics.get(staff.clinic_id)
    assert clinic
    return clinic


def _open(unit: UnitOfWork, clinic: ClinicRow) -> Webhook | None:
    if not clinic.sealed_webhook:
        return None
    plain = unit.keys.open(Sealed(clinic.key_id, bytes(clinic.sealed_webhook)), _place(clinic))
    return Webhook(**json.loads(plain))


def seal_webhook_anew(unit: UnitOfWork, clinic: ClinicRow) -> int:
    """Seal a clinic's webhook with the newest key, if another one sealed it; say how many."""
    webhook = _open(unit, clinic)
    if webhook is None or clinic.key_id == unit.keys.newest.key_id:
        return 0
    sealed = unit.keys.seal(json.dumps(asdict(webhook)).encode(), _place(clinic))
    clinic.key_id, clinic.sealed_webhook = sealed.key_id, sealed.sealed
    return 1


def _place(clinic: ClinicRow) -> str:
    return f"clinic:{clinic.id}:webhook"
