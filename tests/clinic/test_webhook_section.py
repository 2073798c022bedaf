import asyncio
from datetime import timedelta

import httpx
import pytest

from fbss_app.clinic.settings import webhook_state
from fbss_app.clinic.settings.webhook_state import FIELD, WebhookState
from fbss_app.clinic.settings.webhook_words import delivery_views, outcome_words
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.settings.webhooks import ANSWERS_SENT, TEST, Delivery
from fbss_app.server.services.refusal import RefusedError
from tests.clinic.staff_session import Clinic, handler
from tests.server.builders import START

ADDRESS = "http://127.0.0.1:9/new"
LATER = START + timedelta(minutes=2)


def a_delivery(
    event: str = ANSWERS_SENT, problem: str = "", tries: int = 1, **times: object
) -> Delivery:
    known = {"delivered_at": None, "next_try_at": None, **times}
    return Delivery("id", event, "", START, tries, last_problem=problem, **known)  # pyright: ignore[reportArgumentType]


@pytest.fixture
def page(clinic: Clinic) -> WebhookState:
    page = clinic.page(WebhookState)
    asyncio.run(handler(WebhookState.on_load)(page))
    return page


def set_address(page: WebhookState, address: str) -> None:
    asyncio.run(handler(WebhookState.set_address)(page, {FIELD: address}))


def replies(monkeypatch: pytest.MonkeyPatch, status: int) -> list[httpx.Request]:
    """Let the clinic's system reply, and give what it was asked."""
    asked: list[httpx.Request] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status)

    transport = httpx.MockTransport(reply)
    monkeypatch.setattr(webhook_state, "make_client", lambda: httpx.Client(transport=transport))
    return asked


def test_section_begins_without_an_address(page: WebhookState):
    assert page.is_loaded
    assert (page.address, page.secret, page.deliveries) == ("", "", [])


def test_secret_is_shown_once(clinic: Clinic, page: WebhookState):
    set_address(page, f"  {ADDRESS} ")
    assert page.address == ADDRESS
    assert len(page.secret) >= 32
    assert clinic.trail()[0] == "settings-changed"

    asyncio.run(handler(WebhookState.on_load)(page))
    assert (page.address, page.secret) == (ADDRESS, "")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Enter an address"),
        ("http://example.org/new", "must begin with https://"),
        ("https://me:word@127.0.0.1/", "Leave out names"),
        ("nonsense", "Write an address"),
    ],
)
def test_wrong_address_shows_at_its_field_and_changes_nothing(
    page: WebhookState, address: str, words: str
):
    set_address(page, ADDRESS)
    set_address(page, address)
    (problem,) = page.problems
    assert problem["href"] == f"#{FIELD}"
    assert words in problem["message"]
    assert (page.address, page.secret) == (ADDRESS, "")

    set_address(page, ADDRESS)
    assert page.problems == []


def test_test_call_tells_how_it_went(
    clinic: Clinic, page: WebhookState, monkeypatch: pytest.MonkeyPatch
):
    set_address(page, ADDRESS)
    asked = replies(monkeypatch, 204)
    asyncio.run(handler(WebhookState.test)(page))
    assert len(asked) == 1
    assert not page.has_failed
    assert "was taken" in page.outcome
    # Whoever looks on at the test no longer sees the secret.
    assert page.secret == ""
    assert [(each.what, each.state) for each in page.deliveries] == [("Test call", "Taken")]

    clinic.clock.advance(minutes=1)
    replies(monkeypatch, 500)
    asyncio.run(handler(WebhookState.test)(page))
    assert page.has_failed
    assert page.outcome == "The test call failed: it replied with the error 500."
    assert page.deliveries[0].has_failed


def test_test_call_needs_an_address(page: WebhookState):
    with pytest.raises(RefusedError, match="Set an address first"):
        asyncio.run(handler(WebhookState.test)(page))


def test_removing_asks_first(page: WebhookState):
    set_address(page, ADDRESS)
    asyncio.run(handler(WebhookState.ask_to_remove)(page))
    assert (page.asks_to_remove, page.address) == (True, ADDRESS)
    asyncio.run(handler(WebhookState.ask_to_remove)(page))
    assert not page.asks_to_remove

    asyncio.run(handler(WebhookState.remove)(page))
    assert (page.address, page.asks_to_remove) == ("", False)
    assert "Nobody is called" in page.outcome


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_see_it(clinic: Clinic, role: Role):
    page = clinic.page(WebhookState, role)
    with pytest.raises(StaffNotAllowedError):
        asyncio.run(handler(WebhookState.on_load)(page))
    assert not page.is_loaded


@pytest.mark.parametrize(
    ("delivery", "state", "has_failed"),
    [
        (a_delivery(next_try_at=LATER, tries=0), "Waits to be called", False),
        (a_delivery(delivered_at=LATER), "Taken", False),
        (a_delivery(delivered_at=LATER, tries=3, problem=""), "Taken at try 3", False),
        (a_delivery(problem="unreachable"), "Given up: no connection could be made", True),
        (a_delivery(TEST, "timeout"), "Failed: no reply within 5 seconds", True),
    ],
)
def test_state_of_a_call_in_words(delivery: Delivery, state: str, has_failed: bool):
    (view,) = delivery_views([delivery])
    assert (view.state, view.has_failed) == (state, has_failed)


def test_call_that_is_tried_again_says_when_and_why():
    (view,) = delivery_views([a_delivery(problem="status-503", next_try_at=LATER)])
    assert view.state == ("Failed: it replied with the error 503. Next try 1 Mar 2026, 12:02 UTC")
    assert view.has_failed


@pytest.mark.parametrize(
    "problem", ["address-refused", "timeout", "unreachable", "no-webhook", "status-404", "new"]
)
def test_each_problem_has_words(problem: str):
    words = outcome_words(problem)
    assert words.startswith("The test call failed: ")
    assert problem not in words
