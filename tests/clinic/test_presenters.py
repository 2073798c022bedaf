"""The words of the staff's pages, without Reflex."""

from datetime import UTC, datetime, timedelta

import pytest

from fbss_app.clinic.audit.presenter import ACTION_WORDS, entry_views
from fbss_app.clinic.inbox.presenter import ago, inbox_view
from fbss_app.clinic.response.presenter import moment
from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.audit import Action, Entry
from fbss_app.server.services.clinic.audit_view import AuditPage
from fbss_app.server.services.clinic.submissions.inbox import InboxPage, InboxRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_name_that_a_patient_gave_is_told_as_such():
    rows = (a_row(), a_row(is_uninvited=True), a_row(is_uninvited=True, was_updated=True))
    view = inbox_view(InboxPage(rows, {"new": 3}, 3, 1, 1), NOW, is_search=False)
    assert [row.note for row in view.rows] == [
        "",
        "Not invited: the name is their own word",
        "Not invited: the name is their own word, Sent again, changed",
    ]


def a_row(**changes) -> InboxRow:
    fields = {
        "submission_id": "s",
        "label": "A-1",
        "urgency": Urgency.EMERGENCY,
        "red_flags": ("Numb",),
        "status": "new",
        "assigned_to_name": "",
        "submitted_at": NOW - timedelta(minutes=20),
        "first_submitted_at": NOW - timedelta(minutes=20),
        "was_updated": False,
        **changes,
    }
    return InboxRow(**fields)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "28 Feb 2026"),
    ],
)
def test_times_are_told_as_people_tell_them(passed: timedelta, words: str):
    assert ago(NOW - passed, NOW) == words


def test_an_inbox_counts_each_list_and_all_of_them():
    page = InboxPage((a_row(),), {"new": 2, "in-progress": 1, "reviewed": 30}, 2, 1, 1)
    view = inbox_view(page, NOW, is_search=False)
    assert [(tab.words, tab.count) for tab in view.tabs] == [
        ("New", "2"),
        ("In progress", "1"),
        ("Reviewed", "30"),
        ("All", "33"),
    ]
    assert view.found == "2 answer sets"


def test_an_inbox_says_that_there_are_more_where_counting_stopped():
    counts = {"new": 1001, "in-progress": 0, "reviewed": 1000}
    page = InboxPage((a_row(),), counts, 1001, 1, 40, counted_to=1000)
    view = inbox_view(page, NOW, is_search=True)
    assert [tab.count for tab in view.tabs] == ["1,000+", "0", "1,000", "1,000+"]
    assert view.found.startswith("More than 1,000 answer sets found")
    exact = InboxPage((a_row(),), {"new": 100_000}, 100_000, 1, 4000)
    assert inbox_view(exact, NOW, is_search=False).tabs[0].count == "100,000"


def test_a_line_says_what_is_urgent_and_what_was_sent_again():
    rows = (a_row(was_updated=True, label=""), a_row(urgency=None, red_flags=()))
    first, second = inbox_view(InboxPage(rows, {}, 1, 1, 1), NOW, is_search=True).rows
    assert (first.urgency, first.urgency_words, first.flags) == (
        "emergency",
        "Emergency signs",
        ["Numb"],
    )
    assert (first.note, first.label) == ("Sent again, changed", "No label")
    assert (second.urgency, second.urgency_words, second.note) == ("", "", "")


def test_one_found_is_no_plural():
    view = inbox_view(InboxPage((a_row(),), {}, 1, 1, 1), NOW, is_search=True)
    assert view.found == "1 answer set found"


def test_every_action_of_the_trail_has_words():
    assert {str(action) for action in Action} == {str(action) for action in ACTION_WORDS}


def test_an_entry_names_who_did_what_and_leaves_out_what_says_nothing():
    entry = Entry(7, NOW, "staff-1", Action.REFUSED, "an-id", {"wanted": "see-answers", "x": ""})
    (view,) = entry_views(AuditPage((entry,), {"staff-1": "Ann"}, None))
    assert (view.actor, view.action, view.details) == (
        "Ann",
        "Refused",
        "wanted: see-answers; id an-id",
    )
    assert view.is_alert


def test_somebody_unknown_is_said_to_be():
    entry = Entry(1, NOW, "gone", "new-kind", "", {})
    (view,) = entry_views(AuditPage((entry,), {}, None))
    assert view.actor == "Somebody who is no longer known"
    assert view.action == "new-kind"


def test_times_are_the_servers_and_say_so():
    assert moment(NOW) == "1 Mar 2026, 12:00 UTC"
