"""Who may do what on the pages and through the API, as two tables; each cell is tried.

The use cases have a table of their own. Here it is what arrives in a browser that counts: all that
the server keeps of a tab, also what no page shows, and every body of the API.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI

from fbss_app import routes
from fbss_app.clinic.account.account_state import AccountState
from fbss_app.clinic.audit.state import AuditState
from fbss_app.clinic.dashboard.state import DashboardState
from fbss_app.clinic.exports.research_state import ResearchState
from fbss_app.clinic.exports.state import ExportsState
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.state import InvitationsState
from fbss_app.clinic.response.state import ResponseState
from fbss_app.clinic.settings.logo_state import LogoState
from fbss_app.clinic.settings.state import SettingsState
from fbss_app.clinic.settings.webhook_state import WebhookState
from fbss_app.clinic.staff.state import StaffListState
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.driver import Tab, own_handlers, state_classes
from tests.clinic.web import OWN_PAGE, client_of
from tests.clinic.world import FINDINGS, Clinic
from tests.server.builders import Clock
from tests.server.logo_files import a_logo
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.seen_logos import read_logo

NOT_ALLOWED, NOT_HERE = StaffNotAllowedError().message, NotFoundError().message
ALL = frozenset(Role)
SEES_ANSWERS = frozenset({Role.ADMINISTRATOR, Role.CLINICIAN})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class Event(NamedTuple):
    """Who may send an event, and with what."""

    allowed: frozenset[Role]
    handler: Any
    given: Callable[[Clinic], tuple[Any, ...]] = lambda _: ()
    first: Any = None


def _form(**fields: str) -> Callable[[Clinic], tuple[Any, ...]]:
    return lambda _: (fields,)


def _given(*values: Any) -> Callable[[Clinic], tuple[Any, ...]]:
    return lambda _: values


def _clinician(clinic: Clinic) -> tuple[Any, ...]:
    return (clinic.clinician.id,)


def _invitation(clinic: Clinic) -> tuple[Any, ...]:
    return (clinic.invitation.id,)


def _link(clinic: Clinic) -> tuple[Any, ...]:
    return (clinic.link_id,)


def _research(clinic: Clinic) -> tuple[Any, ...]:
    return (clinic.research_id,)


EVENTS: tuple[Event, ...] = (
    # The inbox, without urgency for the front desk.
    Event(ALL, InboxState.on_load),
    Event(ALL, InboxState.show_status, _given("all")),
    Event(ALL, InboxState.find, lambda clinic: ({"search": clinic.label},)),
    Event(ALL, InboxState.find_no_more),
    Event(ALL, InboxState.sort_by, _given("urgency")),
    Event(ALL, InboxState.filter_assigned, _clinician),
    Event(ALL, InboxState.filter_came, _given("uninvited")),
    Event(ALL, InboxState.turn_page, _given(1)),
    # Inviting.
    Event(ALL, InviteState.on_load),
    Event(ALL, InviteState.begin),
    Event(ALL, InviteState.choose, _given(True)),
    Event(ALL, InviteState.check_one, _form(label="Jo", days="30")),
    Event(ALL, InviteState.check_many, _form(people="Jo\nAl", days="30")),
    Event(ALL, InviteState.change),
    Event(ALL, InviteState.invite),
    Event(ALL, InviteState.renew, _invitation),
    Event(ALL, InvitationsState.ask_to_renew, _invitation),
    Event(ALL, InviteState.mail),
    Event(ALL, InviteState.put_away),
    Event(ALL, InvitationsState.show_state, _given("sent")),
    Event(ALL, InvitationsState.find, lambda clinic: ({"search": clinic.label},)),
    Event(ALL, InvitationsState.find_no_more),
    Event(ALL, InvitationsState.turn_page, _given(1)),
    Event(ALL, InvitationsState.ask_to_end, _invitation),
    Event(ALL, InvitationsState.end, _invitation),
    # One patient's answers.
    Event(SEES_ANSWERS, ResponseState.on_load),
    Event(SEES_ANSWERS, ResponseState.set_status, _given("in-progress"), ResponseState.on_load),
    Event(SEES_ANSWERS, ResponseState.assign, _clinician, ResponseState.on_load),
    Event(SEES_ANSWERS, ResponseState.write_note, _form(note="Called"), ResponseState.on_load),
    # That this patient was invited is said to those who may, not that they may not.
    Event(SEES_ANSWERS, ResponseState.remove, first=ResponseState.on_load),
    # Numbers and files.
    Event(SEES_ANSWERS, DashboardState.on_load),
    Event(SEES_ANSWERS, DashboardState.show_last, _given(3)),
    Event(SEES_ANSWERS, DashboardState.show_between, _form(first="2026-01", last="2026-02")),
    Event(SEES_ANSWERS, ExportsState.on_load),
    Event(SEES_ANSWERS, ResearchState.on_load),
    Event(SEES_ANSWERS, ResearchState.ask, _form(purpose="A study of leg pain")),
    Event(ADMINISTRATORS, ResearchState.approve, _research),
    Event(ADMINISTRATORS, ResearchState.refuse, _research),
    # The clinic itself.
    Event(ADMINISTRATORS, SettingsState.on_load),
    Event(
        ADMINISTRATORS,
        SettingsState.save,
        _form(**{"name": "North", "retention-days": "90"}),
        SettingsState.on_load,
    ),
    Event(ADMINISTRATORS, SettingsState.check_site, _form(**{"site-address": "https://x.example"})),
    Event(ADMINISTRATORS, WebhookState.on_load),
    Event(
        ADMINISTRATORS, WebhookState.set_address, _form(**{"webhook-address": "http://10.0.0.1/x"})
    ),
    Event(ADMINISTRATORS, WebhookState.test),
    Event(ADMINISTRATORS, WebhookState.remove),
    Event(ADMINISTRATORS, LogoState.on_load),
    Event(ADMINISTRATORS, LogoState.remove),
    Event(ADMINISTRATORS, StaffListState.on_load),
    Event(
        ADMINISTRATORS,
        StaffListState.invite,
        _form(email="x@y.example", name="Xi", role="clinician"),
    ),
    Event(ADMINISTRATORS, StaffListState.renew_link, _link),
    Event(ADMINISTRATORS, StaffListState.end_link, _link),
    Event(
        ADMINISTRATORS,
        StaffListState.change_role,
        lambda clinic: (clinic.clinician.id, "administrator"),
    ),
    Event(ADMINISTRATORS, StaffListState.give_password_link, _clinician),
    Event(ADMINISTRATORS, StaffListState.remove_second_factor, _clinician),
    Event(ADMINISTRATORS, StaffListState.end, _clinician),
    Event(ADMINISTRATORS, StaffListState.restore, _clinician),
    Event(ADMINISTRATORS, AuditState.on_load),
    Event(ADMINISTRATORS, AuditState.filter, _form(action="exported")),
    Event(ADMINISTRATORS, AuditState.show_more),
    # One's own log-in.
    Event(ALL, AccountState.on_load),
    Event(ALL, AccountState.change_password, _form(**{"old-password": "x", "new-password": "y"})),
    Event(ALL, AccountState.renew_recovery_codes),
)
ELSEWHERE: Mapping[str, str] = {
    "StaffState.show_problem": "shows a sentence",
    "StaffState.ask_to_log_in": "leads to the log-in",
    "StaffState.sign_out": "leads to the log-in",
    "InboxState.watch": "does what `on_load` does, again and again",
    "AccountState.log_out_everywhere": "leads to the log-in; the tests of sessions try it",
    "ResponseState.ask_to_remove": "opens a question on the own page",
    "StaffListState.ask_to_end": "opens a question on the own page",
    "StaffListState.ask_to_end_link": "opens a question on the own page",
    "LogoState.ask_to_remove": "opens a question on the own page",
    "WebhookState.ask_to_remove": "opens a question on the own page",
}


def name_of(event: Event) -> str:
    return f"{event.handler.state.__name__}.{event.handler.fn.__name__}"


def send(tab: Tab, event: Event, clinic: Clinic) -> None:
    if event.first is not None:
        tab.send(event.first)
    tab.send(event.handler, *event.given(clinic))


def test_every_event_of_somebody_who_is_logged_in_is_in_the_table():
    found = {
        f"{state.__name__}.{name}"
        for state in state_classes()
        for name in own_handlers(state)
        if state.__name__ not in ("DoorState", "LogInState", "SetUpState")
    }
    assert found == {*map(name_of, EVENTS), *ELSEWHERE}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("event", EVENTS, ids=name_of)
def test_role_and_event(
    event: Event, role: Role, north: Clinic, tab_of: OpenTab, database: Database
):
    tab = tab_of(north.of(role), f"{routes.CLINIC_RESPONSE}?id={north.sent.id}")
    before = len(audit_of(database, north.id))
    send(tab, event, north)
    told = [
        action
        for actor, action, _, _ in audit_of(database, north.id)[before:]
        if actor == north.of(role).id
    ]
    if role in event.allowed:
        assert tab.problem not in (NOT_ALLOWED, NOT_HERE)
        assert "Something went wrong" not in tab.problem
        assert "refused" not in told
    else:
        assert tab.problem in (NOT_ALLOWED, NOT_HERE)
        # Whoever is refused an approval is shown their own requests again.
        assert set(told) - {"research-viewed"} == {"refused"}
        assert tab.state(event.handler.state).done == ""


# These show nothing of the clinic's data: one's own log-in, its public logo, forms.
NOT_TOLD = (AccountState, LogoState, ExportsState)
PAGES = [
    each
    for each in EVENTS
    if each.handler.fn.__name__ == "on_load" and each.handler.state not in NOT_TOLD
]


@pytest.mark.parametrize("event", PAGES, ids=name_of)
def test_opening_a_page_is_told_in_the_audit_trail(
    event: Event, north: Clinic, tab_of: OpenTab, database: Database, clock: Clock
):
    administrator = north.of(Role.ADMINISTRATOR)
    # What they looked at as the clinic was made is told anew.
    clock.advance(minutes=2)
    before = len(audit_of(database, north.id))
    tab_of(administrator, f"{routes.CLINIC_RESPONSE}?id={north.sent.id}").send(event.handler)
    told = audit_of(database, north.id)[before:]
    looks = [actor for actor, action, _, _ in told if action.endswith("-viewed")]
    assert looks == [administrator.id]


def test_front_desk_gets_nothing_of_answers_on_any_page(north: Clinic, tab_of: OpenTab):
    tab = tab_of(north.front_desk, f"{routes.CLINIC_RESPONSE}?id={north.sent.id}")
    kept = ""
    for event in EVENTS:
        if event.handler.fn.__name__ != "end":
            send(tab, event, north)
            kept += tab.everything() + str(tab.root.dict())
    assert north.label in kept
    assert [each for each in FINDINGS if each in kept] == []


def test_clinician_gets_what_the_front_desk_does_not(north: Clinic, tab_of: OpenTab):
    """Otherwise the test above would look for what is nowhere."""
    tab = tab_of(north.clinician, f"{routes.CLINIC_RESPONSE}?id={north.sent.id}")
    tab.send(InboxState.on_load)
    tab.send(ResponseState.on_load)
    kept = tab.everything()
    assert [
        each for each in FINDINGS if each not in kept and each not in ("worst", "leg-pain")
    ] == []


@pytest.mark.parametrize("event", EVENTS, ids=name_of)
def test_nobody_logged_in_is_led_to_the_log_in(event: Event, north: Clinic):
    tab = Tab("", f"{routes.CLINIC_RESPONSE}?id={north.sent.id}")
    send(tab, event, north)
    assert tab.went_to[-1:] == [routes.CLINIC_LOG_IN]
    kept = tab.everything()
    assert [each for each in (*FINDINGS, north.label, north.clinician.name) if each in kept] == []


EXPORTS = "/api/clinic/exports"
CALLS: Mapping[str, frozenset[Role]] = {
    "/api/clinic/responses/{id}.pdf": SEES_ANSWERS,
    f"{EXPORTS}/responses.csv": SEES_ANSWERS,
    f"{EXPORTS}/responses.csv?id={{id}}": SEES_ANSWERS,
    f"{EXPORTS}/dictionary.csv?questionnaire=small": SEES_ANSWERS,
    f"{EXPORTS}/bundle.json": SEES_ANSWERS,
    f"{EXPORTS}/counts.csv": SEES_ANSWERS,
    "/api/clinic/audit-trail": ADMINISTRATORS,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", CALLS)
def test_role_and_call(
    path: str, role: Role, north: Clinic, api: FastAPI, clock: Clock, database: Database
):
    client = client_of(api, north.of(role), clock)
    reply = client.get(path.format(id=north.sent.id))
    if role in CALLS[path]:
        assert reply.status_code == 200
        return
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "staff-not-allowed")
    assert [each for each in FINDINGS if each in reply.text] == []
    *_, (actor, action, _, _) = audit_of(database, north.id)
    assert (actor, action) == (north.of(role).id, "refused")


@pytest.mark.parametrize("role", Role)
def test_every_role_prints_invitations(role: Role, north: Clinic, api: FastAPI, clock: Clock):
    client = client_of(api, north.of(role), clock)
    reply = client.post(
        "/api/clinic/invitation-sheet", data={"secret": north.invitation.secret}, headers=OWN_PAGE
    )
    assert reply.status_code == 200
    assert [each for each in FINDINGS if each in reply.text] == []


@pytest.mark.parametrize("role", Role)
def test_only_administrators_set_the_logo(
    role: Role, north: Clinic, api: FastAPI, clock: Clock, database: Database
):
    client = client_of(api, north.of(role), clock)
    before = read_logo(database, "north")
    picture = {"logo": ("logo.png", a_logo((200, 80)), "image/png")}
    reply = client.post("/api/clinic/logo", files=picture, headers=OWN_PAGE)
    if role is Role.ADMINISTRATOR:
        assert (reply.status_code, reply.headers["location"][-5:]) == (303, "saved")
        assert read_logo(database, "north") != before
        return
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "staff-not-allowed")
    assert read_logo(database, "north") == before
    *_, (actor, action, _, _) = audit_of(database, north.id)
    assert (actor, action) == (north.of(role).id, "refused")


@pytest.mark.parametrize("path", [*CALLS, "/api/clinic/invitation-sheet", "/api/clinic/logo"])
def test_nobody_logged_in_gets_401(path: str, north: Clinic, api: FastAPI, clock: Clock):
    client = client_of(api, None, clock)
    asks = client.post if path.endswith(("sheet", "logo")) else client.get
    reply = asks(path.format(id=north.sent.id), headers=OWN_PAGE)
    assert (reply.status_code, reply.json()["error"]["code"]) == (401, "signed-out")
