"""No event of a page and no call of the API finds, shows or changes anything of another clinic.

Each table names every way in of its kind. One that takes an id is called with ids of the other
clinic; one that takes none says why it needs no such call. What stands in no table fails. The use
cases below them have a test like this of their own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from fbss_app.clinic.account.door_state import DoorState
from fbss_app.clinic.audit.state import AuditState
from fbss_app.clinic.exports.research_state import ResearchState
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.state import InvitationsState
from fbss_app.clinic.response.state import ResponseState
from fbss_app.clinic.staff.state import StaffListState
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.driver import Tab, own_handlers, state_classes
from tests.clinic.web import OWN_PAGE, client_of
from tests.clinic.world import ANSWER, Clinic, all_but
from tests.server.api.test_rate_table import every_route
from tests.server.builders import START, Clock

NOT_HERE = NotFoundError().message


@dataclass(frozen=True)
class World:
    """Whoever asks, what belongs to somebody else, and an id that nobody has."""

    database: Database
    me: Staff
    own: Clinic
    theirs: Clinic
    tab_of: OpenTab
    unknown: str = str(uuid4())
    now: datetime = START


@pytest.fixture
def world(database: Database, north: Clinic, south: Clinic, tab_of: OpenTab) -> World:
    return World(database, north.administrator, north, south, tab_of)


@pytest.fixture
def untouched(engine: Engine, world: World) -> Iterator[None]:
    """Whatever happens, not a byte outside the own clinic may be another one afterwards."""
    before = all_but(engine, world.own)
    assert sum(map(len, before.values())) > 15
    yield
    assert all_but(engine, world.own) == before


# --- Calls of the API ---------------------------------------------------------------------------

OWN = "is about the clinic of whoever asks, and takes nothing that could name another"
EXPORTS = "/api/clinic/exports"
ROUTES_NOT_FOUND: Mapping[str, Callable[[World], str]] = {
    "GET /api/clinic/responses/{submission_id}.pdf": lambda w: (
        f"/api/clinic/responses/{w.theirs.sent.id}.pdf"
    ),
    f"GET {EXPORTS}/responses.csv": lambda w: f"{EXPORTS}/responses.csv?id={w.theirs.sent.id}",
    f"GET {EXPORTS}/bundle.json": lambda w: (
        f"{EXPORTS}/bundle.json?id={w.own.sent.id}&id={w.theirs.sent.id}"
    ),
    f"GET {EXPORTS}/counts.csv": lambda w: f"{EXPORTS}/counts.csv?id={w.theirs.sent.id}",
    f"GET {EXPORTS}/research.csv": lambda w: (
        f"{EXPORTS}/research.csv?request={w.theirs.research_id}"
    ),
}
ROUTES_NO_ID: Mapping[str, str] = {
    f"GET {EXPORTS}/dictionary.csv": "holds no answer",
    "GET /api/clinic/audit-trail": OWN,
    "POST /api/clinic/invitation-sheet": "takes secrets; tried below with those of another clinic",
    "POST /api/clinic/logo": OWN,
    "POST /api/clinic/session": "takes a ticket, which is a secret",
    "POST /api/clinic/log-out": "is about oneself",
}


def calls(api: FastAPI) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in every_route(api)
        if route.path.startswith("/api/clinic/")
        for method in route.methods or ()
    }


def test_every_call_is_tried_or_says_why_not(api: FastAPI):
    assert calls(api) == {*ROUTES_NOT_FOUND, *ROUTES_NO_ID}


@pytest.fixture
def client(api: FastAPI, world: World, clock: Clock) -> TestClient:
    return client_of(api, world.me, clock)


@pytest.mark.parametrize("name", ROUTES_NOT_FOUND)
@pytest.mark.usefixtures("untouched")
def test_call_finds_nothing_of_another_clinic(client: TestClient, world: World, name: str):
    reply = client.get(ROUTES_NOT_FOUND[name](world))
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, "not-found")
    assert reply.json()["error"]["message"] == NOT_HERE


@pytest.mark.parametrize("assigned_to", ["", "&assigned_to={clinician}"])
@pytest.mark.parametrize(
    "file",
    ["responses.csv?status=all", "bundle.json?status=all"],
)
@pytest.mark.usefixtures("untouched")
def test_file_of_everything_holds_nothing_of_another_clinic(
    client: TestClient, world: World, file: str, assigned_to: str
):
    chosen = assigned_to.format(clinician=world.theirs.clinician.id)
    body = client.get(f"{EXPORTS}/{file}{chosen}").text
    for trace in (world.theirs.sent.id, world.theirs.label, world.theirs.sent.response_id):
        assert trace not in body
    assert (ANSWER in body) is (not chosen)


@pytest.mark.usefixtures("untouched")
def test_trail_holds_nothing_of_another_clinic(client: TestClient, world: World):
    body = client.get("/api/clinic/audit-trail").text
    assert world.own.sent.id in body
    for trace in (world.theirs.id, world.theirs.sent.id, world.theirs.administrator.id):
        assert trace not in body


@pytest.mark.usefixtures("untouched")
def test_sheet_prints_no_invitation_of_another_clinic(client: TestClient, world: World):
    def sheet(*secrets: str) -> Response:
        return client.post(
            "/api/clinic/invitation-sheet", data={"secret": [*secrets]}, headers=OWN_PAGE
        )

    theirs, own = world.theirs.invitation, world.own.invitation
    refused, unknown = sheet(theirs.secret), sheet("x" * 43)
    assert (refused.status_code, refused.json()) == (unknown.status_code, unknown.json())
    assert refused.status_code == 404
    both = sheet(own.secret, theirs.secret).text
    assert own.label in both
    assert theirs.label not in both
    assert theirs.secret not in both


# --- Events of the pages ------------------------------------------------------------------------


def _on_staff_page(handler: Any, *more: str) -> Callable[[World, str], str]:
    def send(w: World, staff_id: str) -> str:
        tab = w.tab_of(w.me)
        tab.send(StaffListState.on_load)
        tab.send(handler, staff_id, *more)
        page = tab.state(StaffListState)
        assert (page.link, page.done) == ("", "")
        return tab.problem

    return send


def _open_answers(w: World, submission_id: str) -> str:
    tab = w.tab_of(w.me, f"/clinic/response?id={submission_id}")
    tab.send(ResponseState.on_load)
    page = tab.state(ResponseState)
    assert page.response is None
    tab.send(ResponseState.write_note, {"note": "Called."})
    assert tab.problem == NOT_HERE
    return NOT_HERE if page.is_missing else "found"


def _on_invitations_page(handler: Any) -> Callable[[World, str], str]:
    def send(w: World, invitation_id: str) -> str:
        tab = w.tab_of(w.me)
        tab.send(InviteState.on_load)
        tab.send(handler, invitation_id)
        page = tab.state(InviteState)
        assert (list(page.made), page.done) == ([], "")
        return tab.problem

    return send


def _find_invitation(w: World, label: str) -> str:
    tab = w.tab_of(w.me)
    tab.send(InvitationsState.find, {"search": label})
    page = tab.state(InvitationsState)
    assert page.view is not None
    assert w.theirs.label not in tab.everything().replace(f"search='{label}'", "")
    return f"{tab.problem}{list(page.view.rows)}"


def _give_to(w: World, staff_id: str) -> str:
    tab = w.tab_of(w.me, f"/clinic/response?id={w.own.sent.id}")
    tab.send(ResponseState.on_load)
    tab.send(ResponseState.assign, staff_id)
    return tab.problem


def _inbox(handler: Any, made: Callable[[str], Any]) -> Callable[[World, str], str]:
    def send(w: World, given: str) -> str:
        tab = w.tab_of(w.me)
        tab.send(InboxState.on_load)
        tab.send(handler, made(given))
        page = tab.state(InboxState)
        assert page.view is not None
        assert list(page.view.rows) == []
        return tab.problem

    return send


def _trail(w: World, actor: str) -> str:
    tab = w.tab_of(w.me, "/clinic/audit")
    tab.send(AuditState.filter, {"actor": actor})
    page = tab.state(AuditState)
    assert page.is_loaded
    return f"{tab.problem}{page.entries}"


def _decide(handler: Any) -> Callable[[World, str], str]:
    def send(w: World, request_id: str) -> str:
        tab = w.tab_of(w.me)
        tab.send(ResearchState.on_load)
        tab.send(handler, request_id)
        page = tab.state(ResearchState)
        assert [each.id for each in page.requests] == [w.own.research_id]
        assert page.done == ""
        return tab.problem

    return send


def _research(clinic: Clinic) -> str:
    return clinic.research_id


def _clinician(clinic: Clinic) -> str:
    return clinic.clinician.id


# What is sent, with whose id, and what the page must say then.
EVENTS: Mapping[str, tuple[Callable[[World, str], str], Callable[[Clinic], str], str]] = {
    "StaffListState.change_role": (
        _on_staff_page(StaffListState.change_role, "administrator"),
        _clinician,
        NOT_HERE,
    ),
    "StaffListState.give_password_link": (
        _on_staff_page(StaffListState.give_password_link),
        _clinician,
        NOT_HERE,
    ),
    "StaffListState.remove_second_factor": (
        _on_staff_page(StaffListState.remove_second_factor),
        _clinician,
        NOT_HERE,
    ),
    "StaffListState.end": (_on_staff_page(StaffListState.end), _clinician, NOT_HERE),
    "StaffListState.renew_link": (
        _on_staff_page(StaffListState.renew_link),
        lambda clinic: clinic.link_id,
        NOT_HERE,
    ),
    "StaffListState.end_link": (
        _on_staff_page(StaffListState.end_link),
        lambda clinic: clinic.link_id,
        NOT_HERE,
    ),
    "ResearchState.approve": (_decide(ResearchState.approve), _research, NOT_HERE),
    "ResearchState.refuse": (_decide(ResearchState.refuse), _research, NOT_HERE),
    "StaffListState.restore": (_on_staff_page(StaffListState.restore), _clinician, NOT_HERE),
    "ResponseState.on_load": (_open_answers, lambda clinic: clinic.sent.id, NOT_HERE),
    "ResponseState.assign": (
        _give_to,
        _clinician,
        "Choose a clinician or an administrator who works at your clinic.",
    ),
    "InboxState.filter_assigned": (
        _inbox(InboxState.filter_assigned, lambda given: given),
        _clinician,
        "",
    ),
    "InboxState.find": (
        _inbox(InboxState.find, lambda given: {"search": given}),
        lambda clinic: clinic.label,
        "",
    ),
    "InvitationsState.end": (
        _on_invitations_page(InvitationsState.end),
        lambda clinic: clinic.invitation.id,
        NOT_HERE,
    ),
    "InviteState.renew": (
        _on_invitations_page(InviteState.renew),
        lambda clinic: clinic.invitation.id,
        NOT_HERE,
    ),
    "InvitationsState.find": (_find_invitation, lambda clinic: clinic.label, "[]"),
    "AuditState.filter": (_trail, _clinician, "[]"),
}

SHOWN = "goes by what was loaded for the tab, not by what the event brings"
DOOR = "nobody is logged in yet; what leads on is a secret"
EVENTS_NO_ID: Mapping[str, str] = {
    "StaffState.show_problem": "shows a sentence",
    "StaffState.sign_out": "is about oneself",
    "InboxState.on_load": OWN,
    "InboxState.show_status": OWN,
    "InboxState.find_no_more": OWN,
    "InboxState.sort_by": OWN,
    "InboxState.filter_came": OWN,
    "InboxState.turn_page": OWN,
    "InboxState.watch": OWN,
    "AuditState.on_load": OWN,
    "AuditState.show_more": SHOWN,
    "SettingsState.on_load": OWN,
    "SettingsState.save": OWN,
    "StaffListState.on_load": OWN,
    "StaffListState.invite": OWN,
    "StaffListState.ask_to_end": "opens a question on the own page; `end` is tried",
    "StaffListState.ask_to_end_link": "opens a question on the own page; `end_link` is tried",
    "ResearchState.on_load": OWN,
    "ResearchState.ask": OWN,
    "ResponseState.set_status": SHOWN,
    "ResponseState.ask_to_remove": "opens a question on the own page",
    "ResponseState.remove": SHOWN,
    "ResponseState.write_note": f"{SHOWN}; `on_load` tries it",
    "AccountState.on_load": "is about oneself",
    "AccountState.change_password": "is about oneself",
    "AccountState.renew_recovery_codes": "is about oneself",
    "AccountState.log_out_everywhere": "is about oneself",
    "StaffState.ask_to_log_in": "is about oneself",
    "InvitationsState.show_state": OWN,
    "InvitationsState.find_no_more": OWN,
    "InvitationsState.turn_page": OWN,
    "InvitationsState.ask_to_end": "opens a question on the own page; `end` is tried",
    "InvitationsState.ask_to_renew": "opens a question on the own page; `renew` is tried",
    "InviteState.on_load": OWN,
    "InviteState.begin": OWN,
    "InviteState.choose": OWN,
    "InviteState.check_one": OWN,
    "InviteState.check_many": OWN,
    "InviteState.change": OWN,
    "InviteState.invite": OWN,
    "InviteState.put_away": OWN,
    "InviteState.mail": SHOWN,
    "DashboardState.on_load": OWN,
    "DashboardState.show_last": OWN,
    "DashboardState.show_between": OWN,
    "SettingsState.check_site": OWN,
    "WebhookState.on_load": OWN,
    "WebhookState.set_address": OWN,
    "WebhookState.test": OWN,
    "WebhookState.ask_to_remove": OWN,
    "WebhookState.remove": OWN,
    "LogoState.on_load": OWN,
    "LogoState.ask_to_remove": OWN,
    "LogoState.remove": OWN,
    "ExportsState.on_load": "shows a form; its files are tried above",
    "DoorState.enter_code": DOOR,
    "DoorState.confirm_second_factor": DOOR,
    "DoorState.codes_are_kept": DOOR,
    "DoorState.use_recovery_code": DOOR,
    "DoorState.use_app_code": DOOR,
    "DoorState.start_again": DOOR,
    "LogInState.on_load": DOOR,
    "LogInState.log_in": DOOR,
    "SetUpState.on_load": DOOR,
    "SetUpState.found": DOOR,
    "SetUpState.join": DOOR,
    "SetUpState.choose_password": DOOR,
}


def test_every_event_is_tried_or_says_why_not():
    found = {
        f"{state.__name__}.{name}" for state in state_classes() for name in own_handlers(state)
    }
    assert found == {*EVENTS, *EVENTS_NO_ID}


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.usefixtures("untouched")
def test_event_finds_nothing_of_another_clinic(world: World, name: str):
    send, id_of, expected = EVENTS[name]
    assert send(world, id_of(world.theirs)) == expected
    assert send(world, world.unknown) == expected


def test_browser_cannot_say_who_it_is(world: World):
    """Not even where the method behind takes whoever was checked before."""
    forged = Staff("", world.theirs.id, "", "", Role.ADMINISTRATOR)
    for method in (InvitationsState.show_list, DoorState.come_in, DoorState.checked_staff):
        with pytest.raises(AssertionError, match="is not an event"):
            Tab("").send(method, forged)
