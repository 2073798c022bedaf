import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import httpx
import pytest

from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings import webhooks
from fbss_app.server.services.clinic.settings.webhook_address import may_be_called, target_of
from fbss_app.server.services.clinic.settings.webhook_call import Caller, make_client
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import make_submission


class System:
    """A clinic's own system: notes what it is told, and answers as it is told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.pause = 0.0
        self.location = ""
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                system.calls.append((dict(self.headers), body))
                time.sleep(system.pause)
                self.send_response(system.status)
                if system.location:
                    self.send_header("Location", system.location)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://localhost:{self.port}/new?from=app"


@pytest.fixture
def system() -> Iterator[System]:
    system = System()
    thread = threading.Thread(target=system.server.serve_forever, args=(0.05,))
    thread.start()
    yield system
    system.server.shutdown()
    thread.join()
    system.server.server_close()


@pytest.fixture
def caller() -> Iterator[Caller]:
    with make_client() as client:
        yield Caller(client, "https://app.example", allow_private=True)


@pytest.fixture
def clinic_id(database: Database) -> str:
    return make_clinic(database)


@pytest.fixture
def administrator(database: Database, clinic_id: str) -> Staff:
    return make_staff(database, clinic_id)


def send(database: Database, clinic_id: str) -> str:
    sent = make_submission(database, clinic_id)
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(clinic_id)
        assert clinic
        webhooks.queue_webhook(unit, clinic, sent.id, START)
    return sent.id


def test_clinic_is_told_that_answers_came_and_nothing_of_them(
    database: Database, administrator: Staff, system: System, caller: Caller
):
    secret = webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    submission_id = send(database, administrator.clinic_id)

    assert webhooks.deliver_due(database, START, caller) == 1
    assert webhooks.deliver_due(database, START + timedelta(days=1), caller) == 0

    ((headers, body),) = system.calls
    assert json.loads(body) == {
        "event": "answers-sent",
        "submission": submission_id,
        "clinic": "north",
        "time": "2026-03-01T12:00:00Z",
        "link": f"https://app.example/clinic/response?id={submission_id}",
    }
    told = headers["X-Webhook-Timestamp"].encode() + b"." + body
    expected = hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()
    assert headers["X-Webhook-Signature"] == f"sha256={expected}"
    assert headers["Host"] == f"localhost:{system.port}"
    (delivery,) = webhooks.recent_deliveries(database, administrator, START)
    assert (delivery.delivered_at, delivery.tries, delivery.last_problem) == (START, 1, "")
    assert delivery.id == headers["X-Webhook-Delivery"]


def test_nobody_is_called_where_nobody_wants_it(
    database: Database, administrator: Staff, caller: Caller
):
    send(database, administrator.clinic_id)
    assert webhooks.recent_deliveries(database, administrator, START) == ()
    assert webhooks.deliver_due(database, START, caller) == 0


def test_failed_call_is_made_again_ever_more_rarely_and_given_up_after_a_day(
    database: Database, administrator: Staff, system: System, caller: Caller
):
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    send(database, administrator.clinic_id)
    system.status = 500

    now, pauses = START, []
    while True:
        webhooks.deliver_due(database, now, caller)
        (delivery,) = webhooks.recent_deliveries(database, administrator, now)
        if delivery.next_try_at is None:
            break
        pauses.append(delivery.next_try_at - now)
        now = delivery.next_try_at

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert timedelta(hours=19) < now - START <= timedelta(hours=24)
    assert (delivery.last_problem, delivery.tries) == ("status-500", len(system.calls))
    assert webhooks.deliver_due(database, now + timedelta(days=9), caller) == 0


def test_call_that_works_later_is_delivered(
    database: Database, administrator: Staff, system: System, caller: Caller
):
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    send(database, administrator.clinic_id)
    system.status = 503
    webhooks.deliver_due(database, START, caller)
    assert webhooks.deliver_due(database, START + timedelta(seconds=59), caller) == 0
    system.status = 200
    assert webhooks.deliver_due(database, START + timedelta(seconds=60), caller) == 1


def test_nobody_is_led_elsewhere(
    database: Database, administrator: Staff, system: System, caller: Caller
):
    system.status, system.location = 307, f"http://localhost:{system.port}/elsewhere"
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    assert webhooks.test_webhook(database, administrator, START, caller) == "status-307"
    assert len(system.calls) == 1


def test_slow_system_is_not_waited_for(database: Database, administrator: Staff, system: System):
    system.pause = 0.5
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    with httpx.Client(timeout=0.1) as client:
        caller = Caller(client, "https://app.example", allow_private=True)
        assert webhooks.test_webhook(database, administrator, START, caller) == "timeout"


def test_system_that_is_away_is_unreachable(
    database: Database, administrator: Staff, caller: Caller
):
    webhooks.set_webhook(database, administrator, "http://localhost:1/", START, allow_private=True)
    assert webhooks.test_webhook(database, administrator, START, caller) == "unreachable"


def test_address_is_checked_again_at_each_call(
    database: Database, administrator: Staff, system: System, caller: Caller
):
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    strict = Caller(caller.client, caller.public_url, allow_private=False)
    assert webhooks.test_webhook(database, administrator, START, strict) == "address-refused"
    assert system.calls == []


def test_call_about_deleted_answers_or_without_an_address_is_given_up(
    database: Database, administrator: Staff, system: System, caller: Caller
):
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    send(database, administrator.clinic_id)
    assert webhooks.set_webhook(database, administrator, "", START) == ""
    assert webhooks.deliver_due(database, START, caller) == 0
    (delivery,) = webhooks.recent_deliveries(database, administrator, START)
    assert (delivery.next_try_at, delivery.last_problem) == (None, "no-webhook")
    assert webhooks.read_webhook(database, administrator, START) == ""
    with pytest.raises(RefusedError, match="Set an address"):
        webhooks.test_webhook(database, administrator, START, caller)
    assert webhooks.forget_old_deliveries(database, START + timedelta(days=31)) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://10.0.0.1/",
        "ftp://example.org/",
        "https://",
        "https://user:word@8.8.8.8/",
        "https://8.8.8.8/#part",
        "https://8.8.8.8:99999/",
        "https://exa mple.org/",
        "https://8.8.8.8/" + "a" * 500,
        "https://localhost/",
        "https://127.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1]/",
        "https://[64:ff9b::a00:1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
    ],
)
def test_addresses_that_must_not_be_called(database: Database, administrator: Staff, url: str):
    with pytest.raises(RefusedError) as refused:
        webhooks.set_webhook(database, administrator, url, START)
    assert refused.value.code == "webhook-address"


def test_what_was_checked_is_what_is_called():
    target = target_of("https://8.8.8.8/new?a=1", allow_private=False)
    assert (target.url, target.host) == ("https://8.8.8.8:443/new?a=1", "8.8.8.8")


@pytest.mark.parametrize("address", ["224.0.0.1", "ff02::1", "::", "2002:a00:1::"])
def test_some_numbers_are_never_called(address: str):
    assert not may_be_called(ip_address(address), allow_private=True)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_see_and_change_it(
    database: Database, clinic_id: str, role: Role, caller: Caller
):
    staff = make_staff(database, clinic_id, role)
    for use in (
        lambda: webhooks.read_webhook(database, staff, START),
        lambda: webhooks.set_webhook(database, staff, "", START),
        lambda: webhooks.test_webhook(database, staff, START, caller),
        lambda: webhooks.recent_deliveries(database, staff, START),
    ):
        with pytest.raises(StaffNotAllowedError):
            use()


def test_another_clinic_sees_nothing_of_it(
    database: Database, administrator: Staff, system: System
):
    webhooks.set_webhook(database, administrator, system.url, START, allow_private=True)
    send(database, administrator.clinic_id)
    other = make_staff(database, make_clinic(database, "south"))
    assert webhooks.read_webhook(database, other, START) == ""
    assert webhooks.recent_deliveries(database, other, START) == ()
    with database.unit_of_work() as unit:
        (entry,) = map(
            entry_of, unit.clinic(administrator.clinic_id).audit.page(before=None, limit=9)
        )
    assert (entry.action, entry.details) == (
        "settings-changed",
        {"what": "webhook", "is_set": True},
    )
