from datetime import timedelta

import pytest

from fbss_app.clinic.invitations.presenter import (
    STATE_WORDS,
    invitations_view,
    made_invitations,
    made_words,
    preview_lines,
    preview_words,
    report_words,
    with_report,
)
from fbss_app.server.services.clinic.invitations.invitation_list import read_list
from fbss_app.server.services.clinic.invitations.invitation_mail import MailReport
from fbss_app.server.services.clinic.invitations.invitations import (
    STATES,
    InvitationPage,
    InvitationSeen,
)
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from tests.server.builders import START

END = START + timedelta(days=30)
MADE = [
    NewInvitation("1", "Jo 17", "jo@example.org", "s1", END),
    NewInvitation("2", "Al 3", "", "s2", END),
]


def seen(state: str, **changes) -> InvitationSeen:
    facts = {"mailed_at": None, "answered_at": None, "expires_at": END, "days": 30, **changes}
    return InvitationSeen("1", "Jo 17", "", False, state, START, **facts)


@pytest.mark.parametrize(
    ("state", "can_end", "can_renew"),
    [
        ("not-opened", True, True),
        # A new link would take the place of the one that somebody answers with.
        ("opened", True, True),
        ("sent", False, False),
        ("expired", False, True),
        ("revoked", False, True),
        ("erased", False, False),
    ],
)
def test_each_state_offers_what_can_be_done(state: str, can_end: bool, can_renew: bool):
    page = InvitationPage((seen(state),), {state: 1}, 1, 1, 1)
    view = invitations_view(page, START, is_search=False)
    (row,) = view.rows
    assert (row.can_end, row.can_renew) == (can_end, can_renew)
    assert row.about.startswith("Invited 1 Mar 2026")
    assert ("link works until 31 Mar 2026" in row.about) is can_end
    assert {tab.state: tab.count for tab in view.tabs}[state] == view.tabs[0].count == "1"
    assert view.found == "1 invitation"
    assert row.renewed == "30 days, until 31 Mar 2026"


def test_every_state_has_its_words():
    assert set(STATE_WORDS) == {"", *STATES}


def test_lines_that_need_another_look_come_first():
    rows = read_list("Jo\nAl 03/04/1961\nJo").rows
    assert [line.number for line in preview_lines(rows)] == [3, 2, 1]
    assert preview_words(rows) == "1 line of 3 must be put right. Nobody is invited yet."
    assert preview_words(rows[:2]) == "2 people to invite. Please look at 1 line again."
    assert preview_words(rows[:1]) == "1 person to invite."


def test_link_has_its_secret_after_the_hash():
    first, second = made_invitations(MADE, "https://app.example/invited")
    assert first.link == "https://app.example/invited#s1"
    assert (first.mail_words, second.mail_words) == ("jo@example.org", "")
    assert made_words(MADE) == "2 links are made. They work until 31 Mar 2026"
    assert made_words(MADE[:1]) == "The link for Jo 17 works until 31 Mar 2026"
    renewed = made_words(MADE[:1], in_place_of_another=True)
    assert renewed == "The new link for Jo 17 works until 31 Mar 2026"


def test_report_stands_at_each_invitation_and_as_a_whole():
    report = MailReport(("1",)).joined(MailReport((), (("2", "Refused."),), "Gone."))
    made = with_report(made_invitations(MADE, ""), report)
    assert [each.mail_words for each in made] == ["E-mail sent", "Refused."]
    assert report_words(report) == ("1 e-mail sent. 1 e-mail could not be sent: see below.")
    assert report.problem == "Gone."
