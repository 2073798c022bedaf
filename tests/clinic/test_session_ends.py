"""When a log-in ends, its pages know nothing any more; by a clock that moves only when told."""

import pytest

from fbss_app import routes
from fbss_app.clinic.account.account_state import AccountState
from fbss_app.clinic.inbox import state as inbox_module
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.response.state import ResponseState
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.staff import staff
from fbss_app.server.services.clinic.staff.sessions import check_session
from fbss_app.server.services.clinic.submissions import review
from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.driver import Tab
from tests.clinic.world import ANSWER, FINDINGS, NOTE, Clinic
from tests.server.builders import Clock
from tests.server.log_lines import captured_log
from tests.server.services.clinic.submissions import DEFINITIONS, make_submission

SIGNED_OUT = f"{routes.CLINIC_LOG_IN}?problem=signed-out"
LOGGED_OUT = f"{routes.CLINIC_LOG_IN}?problem=logged-out"


def session_of(tab: Tab) -> str:
    return tab.root.rx_router_headers.raw_headers["x-staff-session"]


@pytest.fixture
def tab(north: Clinic, tab_of: OpenTab) -> Tab:
    """A clinician's tab that has shown the inbox and one patient's answers."""
    tab = tab_of(north.clinician, f"/clinic/response?id={north.sent.id}")
    tab.send(InboxState.on_load)
    tab.send(ResponseState.on_load)
    tab.send(InviteState.check_one, {"label": "half a label", "days": "0"})
    kept = tab.everything()
    assert all(each in kept for each in (ANSWER, NOTE, north.label, "half a label"))
    return tab


def assert_out(tab: Tab, clinic: Clinic, address: str = SIGNED_OUT) -> None:
    """The tab is led to the log-in, and nothing is left of what it showed."""
    assert tab.went_to[-1:] == [address]
    kept = tab.everything()
    own = (clinic.label, clinic.sent.id, clinic.clinician.name, "half a label")
    assert [each for each in (*FINDINGS, *own) if each in kept] == []
    assert tab.state(StaffState).me is None


def test_idle_for_15_minutes_is_out(tab: Tab, north: Clinic, clock: Clock):
    clock.advance(minutes=14)
    tab.send(InboxState.show_status, "new")
    clock.advance(minutes=14, seconds=59)
    tab.send(InboxState.show_status, "all")
    assert tab.went_to == []
    clock.advance(minutes=15)
    tab.send(ResponseState.write_note, {"note": "Too late"})
    assert_out(tab, north)


def test_8_hours_are_the_end_however_busy(tab: Tab, north: Clinic, clock: Clock):
    for _ in range(47):
        clock.advance(minutes=10)
        tab.send(InboxState.turn_page, 1)
    clock.advance(minutes=9, seconds=59)
    tab.send(InboxState.turn_page, 1)
    assert tab.went_to == []
    clock.advance(seconds=1)
    tab.send(InboxState.turn_page, 1)
    assert_out(tab, north)


def test_logging_out_everywhere_ends_the_other_places_at_their_next_event(
    tab: Tab, north: Clinic, tab_of: OpenTab
):
    elsewhere = tab_of(north.clinician, "/clinic/account")
    elsewhere.send(InboxState.on_load)
    elsewhere.send(AccountState.log_out_everywhere)
    assert_out(elsewhere, north, LOGGED_OUT)
    tab.send(ResponseState.set_status, "reviewed")
    assert_out(tab, north)


def test_logging_out_everywhere_forgets_what_every_page_of_the_tab_showed(tab: Tab, north: Clinic):
    tab.send(AccountState.log_out_everywhere)
    assert_out(tab, north, LOGGED_OUT)


def test_ended_colleague_is_out_at_the_next_event(
    tab: Tab, north: Clinic, database: Database, clock: Clock
):
    staff.end_staff(database, north.administrator, north.clinician.id, clock())
    tab.send(ResponseState.set_status, "reviewed")
    assert_out(tab, north)


def test_another_role_holds_from_the_next_event_on(
    tab: Tab, north: Clinic, database: Database, clock: Clock
):
    staff.change_role(database, north.administrator, north.clinician.id, "front-desk", clock())
    ask = (database, DEFINITIONS, north.administrator, north.sent.id, clock())
    before = review.read_response(*ask)
    tab.send(ResponseState.write_note, {"note": "Not mine to write"})
    me = tab.state(StaffState).me
    assert me is not None
    assert (me.role, me.sees_answers) == ("Front desk", False)
    kept = tab.everything()
    assert [each for each in FINDINGS if each in kept] == []
    after = review.read_response(*ask)
    assert (after.notes, after.status) == (before.notes, before.status)


def watched(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, *, looks: int, seconds: float
) -> list[int]:
    """Let the inbox look out so many times, with so much time between."""
    counted: list[int] = []

    def is_connected(_state: object) -> bool:
        counted.append(1)
        clock.advance(seconds=seconds)
        return len(counted) <= looks

    monkeypatch.setattr(inbox_module, "_LOOK_EVERY_SECONDS", 0)
    monkeypatch.setattr(inbox_module, "is_connected", is_connected)
    return counted


def test_tab_that_connects_anew_after_the_end_is_sent_nothing_of_what_it_showed(
    tab: Tab, north: Clinic, clock: Clock
):
    assert ANSWER in str(tab.root.dict())
    clock.advance(minutes=14)
    assert ANSWER in str(tab.root.dict())
    clock.advance(minutes=1)
    sent = str(tab.root.dict())
    assert [each for each in (*FINDINGS, north.label, "half a label") if each in sent] == []
    assert ANSWER not in tab.everything()


def test_looking_out_does_not_keep_anybody_logged_in_and_ends_with_the_log_in(
    tab: Tab, north: Clinic, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    looks = watched(monkeypatch, clock, looks=1000, seconds=60)
    tab.send(InboxState.watch, 1)
    assert len(looks) == 15
    assert_out(tab, north)


def test_looking_out_ends_with_the_page_and_with_a_newer_one(
    tab: Tab, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    looks = watched(monkeypatch, clock, looks=3, seconds=1)
    tab.send(InboxState.watch, 1)
    assert len(looks) == 4
    tab.send(InboxState.on_load)
    tab.send(InboxState.watch, 1)
    assert len(looks) == 4
    assert tab.went_to == []


def test_looking_out_shows_what_arrives(
    tab: Tab, north: Clinic, clock: Clock, database: Database, monkeypatch: pytest.MonkeyPatch
):
    looks = watched(monkeypatch, clock, looks=1, seconds=1)
    clock.advance(seconds=30)
    make_submission(database, north.id, label="Somebodynew", now=clock())
    tab.send(InboxState.watch, 1)
    assert len(looks) == 2
    assert "Somebodynew" in tab.everything()


def test_nobody_logged_in_is_led_to_the_log_in(north: Clinic):
    for session in ("", "0" * 64):
        tab = Tab(session)
        tab.send(InboxState.on_load)
        assert_out(tab, north, routes.CLINIC_LOG_IN)


def test_mistake_of_ours_shows_a_number_and_logs_no_words(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_args: object, **_more: object) -> None:
        raise ValueError(f"{ANSWER} in a message")

    monkeypatch.setattr(review, "write_note", fail)
    saved = tab.state(ResponseState).notes_saved
    with captured_log() as log:
        tab.send(ResponseState.write_note, {"note": NOTE})
    logged = log.getvalue()
    number = tab.problem.removesuffix(".").rpartition(" ")[2]
    assert len(number) == 32
    assert number in logged
    assert "ValueError" in logged
    for words in (ANSWER, NOTE):
        assert words not in logged + tab.problem
    # The field is not emptied, so that it can be sent again.
    assert tab.state(ResponseState).notes_saved == saved


def test_busy_database_is_told_of_in_words_for_staff(tab: Tab, monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: object, **_more: object) -> None:
        raise StorageUnavailableError

    monkeypatch.setattr(review, "write_note", fail)
    tab.send(ResponseState.write_note, {"note": NOTE})
    assert "phone" not in tab.problem
    assert "Try again soon." in tab.problem


def test_event_keeps_somebody_logged_in(tab: Tab, clock: Clock, database: Database):
    session = session_of(tab)
    for _ in range(4):
        clock.advance(minutes=10)
        tab.send(InboxState.show_status, "all")
    assert check_session(database, session, clock(), touch=False)
