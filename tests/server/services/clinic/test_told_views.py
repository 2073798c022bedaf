"""Whoever looks at names, addresses or secrets leaves an entry, which holds none of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from fbss_app.server.services.clinic.exports import research_requests
from fbss_app.server.services.clinic.invitations import invitations
from fbss_app.server.services.clinic.invitations.invitation_sheet import invitation_sheet
from fbss_app.server.services.clinic.invitations.invitations import InvitationQuery, invite
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.settings import (
    settings,
    webhooks,
)
from fbss_app.server.services.clinic.staff import colleague_links
from fbss_app.server.services.clinic.staff import staff as colleagues
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.staff import make_clinic, make_staff

LABEL, EMAIL = "Canarylabel 17", "canary@mail.example"
SEARCH = InvitationQuery(search="Canarylabel", page=1)

Look = Callable[[Database, Staff, datetime], Any]

VIEWS: dict[str, tuple[str, Look]] = {
    "invitations": (
        "invitations-viewed",
        lambda d, s, now: invitations.list_invitations(d, s, SEARCH, now),
    ),
    "staff": ("staff-viewed", colleagues.list_staff),
    "links of colleagues": ("staff-viewed", colleague_links.list_colleague_links),
    "settings": ("settings-viewed", settings.read_settings),
    "webhook": ("settings-viewed", webhooks.read_webhook),
    "calls": ("settings-viewed", webhooks.recent_deliveries),
    "research requests": ("research-viewed", research_requests.list_research_requests),
}


@pytest.fixture
def staff(database: Database) -> Staff:
    staff = make_staff(database, make_clinic(database), email=EMAIL)
    colleagues.invite_staff(database, staff, f"new.{EMAIL}", "Canaryname", "clinician", START)
    research_requests.ask_for_research(database, staff, InboxQuery(), "A study of pain", START)
    return staff


def told(database: Database, staff: Staff) -> Sequence[tuple[str, str, str]]:
    return [
        (action, subject, details)
        for actor, action, subject, details in audit_of(database, staff.clinic_id)
        if actor == staff.id and action.endswith(("-viewed", "-printed"))
    ]


@pytest.mark.parametrize("what", VIEWS)
def test_each_look_is_told_once_a_minute_and_without_words(
    database: Database, staff: Staff, what: str
):
    action, look = VIEWS[what]
    invite(database, staff, "small", [Invitee(LABEL, EMAIL)], 30, START)
    for seconds in (0, 10, 59, 60, 61):
        look(database, staff, START + timedelta(seconds=seconds))
    entries = told(database, staff)
    assert [each for each, _, _ in entries] == [action, action]
    assert "canary" not in str(entries).casefold()


def test_another_person_and_another_page_are_told_at_once(database: Database, staff: Staff):
    other = make_staff(database, staff.clinic_id)
    for who, state in ((staff, "sent"), (staff, "opened"), (other, "opened")):
        invitations.list_invitations(database, who, InvitationQuery(state), START)
    assert len(told(database, staff)) == 2
    assert len(told(database, other)) == 1


def test_a_state_that_there_is_not_gets_no_words_into_the_trail(database: Database, staff: Staff):
    invitations.list_invitations(database, staff, InvitationQuery("Canaryword"), START)
    ((_, _, details),) = told(database, staff)
    assert "canary" not in details.casefold()


def test_printing_is_told_of_each_invitation_that_stands_on_the_sheet(
    database: Database, staff: Staff
):
    people = [Invitee(LABEL, EMAIL), Invitee("Al 3")]
    made = invite(database, staff, "small", people, 30, START)
    secrets = [each.secret for each in made]
    invitation_sheet(database, staff, [*secrets, "unknown"], "https://app.example", START)
    entries = told(database, staff)
    assert [(action, subject) for action, subject, _ in entries] == [
        ("invitation-printed", each.id) for each in made
    ]
    assert not any(word in str(entries) for word in (LABEL, EMAIL, *secrets))
