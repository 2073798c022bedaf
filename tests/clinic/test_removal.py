"""Removing, on the page of what somebody sent uninvited."""

import pytest

from fbss_app import routes
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.response.page import response_page
from fbss_app.clinic.response.state import ResponseState
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.submissions.removal import InvitedPatientError
from fbss_app.server.services.clinic.submissions.review import ChangedMeanwhileError, write_note
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.driver import Tab
from tests.clinic.world import Clinic
from tests.server.builders import START
from tests.server.services.clinic.submissions import make_submission


@pytest.fixture
def came(database: Database, north: Clinic) -> str:
    return make_submission(database, north.id, label="Mickey Mouse", is_uninvited=True).id


def opened(tab_of: OpenTab, clinic: Clinic, submission_id: str) -> Tab:
    tab = tab_of(clinic.clinician, f"{routes.CLINIC_RESPONSE}?id={submission_id}")
    tab.send(ResponseState.on_load)
    return tab


def labels(tab: Tab) -> list[str]:
    view = tab.state(InboxState).view
    assert view
    return [row.label for row in view.rows]


def test_it_is_asked_first_and_then_gone_from_page_and_inbox(
    tab_of: OpenTab, north: Clinic, came: str
):
    tab = opened(tab_of, north, came)
    page = tab.state(ResponseState)
    assert page.can_remove
    tab.send(ResponseState.ask_to_remove)
    assert page.asks_to_remove
    tab.send(ResponseState.ask_to_remove)
    assert not page.asks_to_remove
    assert page.response

    tab.send(ResponseState.ask_to_remove)
    tab.send(ResponseState.remove)

    assert (page.is_removed, page.is_missing, page.can_remove) == (True, False, False)
    assert page.done.startswith("Removed.")
    assert "Mickey Mouse" not in tab.everything()
    tab.send(InboxState.on_load)
    assert labels(tab) == [north.label]
    # Coming back to the address finds nothing.
    tab.send(ResponseState.on_load)
    assert (page.is_removed, page.is_missing) == (False, True)


def test_answers_of_an_invited_patient_offer_no_removal_and_refuse_it(
    tab_of: OpenTab, north: Clinic
):
    tab = opened(tab_of, north, north.sent.id)
    page = tab.state(ResponseState)
    assert not page.can_remove
    tab.send(ResponseState.remove)
    assert tab.problem == InvitedPatientError().message
    assert page.response
    assert not page.is_removed


def test_what_a_colleague_did_meanwhile_is_looked_at_first(
    tab_of: OpenTab, north: Clinic, came: str, database: Database
):
    tab = opened(tab_of, north, came)
    write_note(database, north.administrator, came, "She called", START)
    tab.send(ResponseState.remove)
    assert tab.problem == ChangedMeanwhileError().message
    assert tab.state(ResponseState).response


def test_what_a_colleague_removed_is_not_here(tab_of: OpenTab, north: Clinic, came: str):
    slow, quick = (opened(tab_of, north, came) for _ in range(2))
    quick.send(ResponseState.remove)
    slow.send(ResponseState.remove)
    assert slow.problem == NotFoundError().message


def test_inbox_shows_who_came_by_themselves(tab_of: OpenTab, north: Clinic, came: str):
    tab = tab_of(north.clinician)
    tab.send(InboxState.on_load)
    tab.send(InboxState.filter_came, "uninvited")
    assert labels(tab) == ["Mickey Mouse"]
    tab.send(InboxState.filter_came, "invited")
    assert labels(tab) == [north.label]
    tab.send(InboxState.filter_came, "from the moon")
    assert tab.state(InboxState).came == ""
    assert len(labels(tab)) == 2


def test_page_warns_before_signs_are_removed():
    drawn = str(response_page().render())
    assert "Remove: not one of our patients" in drawn
    assert "make sure that nobody needs help" in drawn
