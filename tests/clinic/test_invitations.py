"""The page of invitations: what is made there is in its list at once."""

import pytest

from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.clinic.conftest import OpenTab
from tests.clinic.driver import Tab
from tests.clinic.world import Clinic
from tests.server.builders import START, Clock


@pytest.fixture
def tab(tab_of: OpenTab, north: Clinic, clock: Clock) -> Tab:
    clock.advance(minutes=1)
    tab = tab_of(north.clinician)
    tab.send(InviteState.on_load)
    return tab


def labels(tab: Tab) -> list[str]:
    view = tab.state(InviteState).view
    assert view
    return [row.label for row in view.rows]


def make_one(tab: Tab, label: str) -> None:
    tab.send(InviteState.begin)
    tab.send(InviteState.check_one, {"label": label, "days": "30"})
    assert [each.label for each in tab.state(InviteState).made] == [label]


@pytest.mark.parametrize("looked_at", ["sent", "waiting", ""])
def test_new_one_stands_at_the_top_whatever_was_looked_at(tab: Tab, north: Clinic, looked_at: str):
    if looked_at == "sent":
        tab.send(InviteState.show_state, "sent")
        assert labels(tab) == [north.label]
    elif looked_at:
        tab.send(InviteState.find, {"search": looked_at})
        assert labels(tab) == ["north waiting"]
    make_one(tab, "MRN 3001")
    assert labels(tab) == ["MRN 3001", "north waiting", north.label]
    tab.send(InviteState.put_away)
    page = tab.state(InviteState)
    assert (list(page.made), page.only, page.search, page.page) == ([], "", "", 1)
    assert labels(tab) == ["MRN 3001", "north waiting", north.label]


def test_closing_the_links_shows_what_colleagues_made_meanwhile(
    tab: Tab, north: Clinic, database: Database
):
    make_one(tab, "MRN 3001")
    invite(database, north.administrator, "small", [Invitee("MRN 3002")], 30, START)
    tab.send(InviteState.put_away)
    assert {*labels(tab)} == {"MRN 3001", "MRN 3002", "north waiting", north.label}


def test_new_link_in_place_of_another_keeps_the_list_that_was_looked_at(tab: Tab, north: Clinic):
    tab.send(InviteState.find, {"search": "waiting"})
    tab.send(InviteState.renew, north.invitation.id)
    tab.send(InviteState.put_away)
    assert tab.state(InviteState).search == "waiting"
    assert labels(tab) == ["north waiting"]
