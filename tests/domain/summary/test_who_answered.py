"""What the summary shows of who gave its answers."""

import pytest

from fbss_app.domain.questionnaire.answers import AuthorRole, fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.domain.summary.summary import build_summary
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import answer_event

MADE = questionnaire(
    group(
        "signs",
        question("fever", "boolean"),
        question("harm", "boolean", sensitive=True, unobservable=True),
    ),
    group(
        "pain",
        question("operated", "date"),
        question("now", "integer", unobservable=True),
        question("walks", "integer"),
        question("places", "choice", repeats=True, unobservable=True, answer_option=["leg"]),
        question("mood", "integer", sensitive=True),
        question("word", "string"),
    ),
    score=[{"name": "sum", "title": "Sum", "value": {"sum": ["now", "walks"], "at_least": 1}}],
    red_flag=[
        {
            "id": f"R{number}",
            "urgency": "soon",
            "when": rule(sign, "=", True),
            "heading": sign,
            "action": "Call someone.",
            "service": "urgent",
        }
        for number, sign in enumerate(["fever", "harm"])
    ],
    summary=[
        {"title": "All", "item": ["signs", "pain"], "score": ["sum"]},
        {"title": "Where", "picture": "body-map", "places": "places"},
        {
            "title": "When",
            "picture": "timeline",
            "date": "operated",
            "pain": [
                {"item": "now", "at": "now", "place": "back"},
                {"item": "walks", "at": "now", "place": "leg"},
            ],
        },
    ],
)
MASKED = {"absent": "masked"}


def events_of(*answers):
    return [answer_event(number, *event) for number, event in enumerate(answers, start=1)]


def summary_of(events, viewer=AuthorRole.PATIENT):
    return build_summary(MADE, Evaluation(MADE, fold(events)), provenance_of(events), viewer)


def line(summary, link_id):
    return next(one for one in summary.blocks[0].lines if one.link_id == link_id)


def test_each_line_says_who_gave_its_newest_answer():
    summary = summary_of(events_of(("now", 3), ("word", "hot"), ("now", 4, "helper")))

    assert line(summary, "now").given.role == "helper"
    assert line(summary, "word").given.role == "patient"
    assert line(summary, "walks").given is None


def test_only_answers_given_otherwise_than_most_are_marked():
    summary = summary_of(events_of(("now", 3), ("walks", 2), ("word", "x", "helper")))

    assert summary.mark(line(summary, "word")) == "helper, own view"
    assert summary.mark(line(summary, "now")) == ""
    assert summary.mark(line(summary, "mood")) == ""
    assert summary.reported_by == "the patient and a helper"
    assert summary.notes == ("Answers that say nothing else are from the patient.",)


def test_nobody_is_marked_where_all_was_answered_in_one_way():
    summary = summary_of(events_of(("walks", 3, "helper"), ("word", "hot", "helper")))

    assert {summary.mark(one) for one in summary.blocks[0].lines} == {""}


def test_what_only_the_patient_can_feel_is_signed_where_a_helper_answered():
    events = events_of(("now", 3, "helper"), ("walks", 2, "helper"), ("harm", False))
    summary = summary_of(events)

    assert line(summary, "now").by_proxy
    assert not line(summary, "walks").by_proxy, "anyone can see that"
    assert not line(summary, "harm").by_proxy, "the patient answered"
    assert any(note.startswith("†") for note in summary.notes)


def test_what_the_patient_confirmed_is_signed_no_more():
    given = answer_event(1, "now", 3, "helper")
    summary = summary_of([given, answer_event(2, "now", 3, confirms=given.id)])

    assert not line(summary, "now").by_proxy
    assert summary.blocks[0].scores[0].is_self_report
    assert summary.notes == ("All answers are from a helper, confirmed by the patient.",)


@pytest.mark.parametrize(("role", "is_self_report"), [("patient", True), ("helper", False)])
def test_a_score_says_whether_it_is_a_self_report(role, is_self_report):
    (score,) = summary_of(events_of(("now", 3), ("walks", 2, role))).blocks[0].scores

    assert (score.value, score.is_self_report) == (5, is_self_report)


def test_places_that_a_helper_marked_are_signed():
    theirs, own = (
        summary_of(events_of(("places", ["leg"], role))).blocks[1].body_map
        for role in ("helper", "patient")
    )
    assert theirs.by_proxy
    assert not own.by_proxy


def test_the_timeline_leaves_out_pain_that_a_helper_told_and_says_so():
    events = events_of(("operated", "2019"), ("now", 7, "helper"), ("walks", 4, "helper"))
    timeline = summary_of(events).blocks[2].timeline

    assert [each.place for each in timeline.pain] == ["leg"], "the other is no feeling"
    assert timeline.note == "Numbers of pain that a helper gave are left out here."


def test_the_timeline_of_the_patient_is_whole():
    timeline = summary_of(events_of(("operated", "2019"), ("now", 7))).blocks[2].timeline

    assert [each.value for each in timeline.pain] == [7]
    assert timeline.note == ""


def test_what_was_put_aside_is_named_to_the_patient_only():
    events = events_of(("word", "hot"), ("mood", MASKED))

    assert line(summary_of(events), "mood").answers == ("To be answered by the patient alone",)
    assert line(summary_of(events, AuthorRole.HELPER), "mood").answers == ()


def test_a_warning_sign_that_was_put_aside_stands_there_as_not_answered():
    events = events_of(("harm", MASKED))

    assert line(summary_of(events, AuthorRole.HELPER), "harm").answers == ("Not answered yet",)
    assert line(summary_of(events), "harm").answers == (
        "Not answered yet",
        "To be answered by the patient alone",
    )
    assert summary_of(events).signs_answered_at is None


def test_warning_signs_bear_the_time_of_their_last_answer():
    events = events_of(("fever", False), ("now", 3), ("fever", True), ("word", "hot"))

    assert summary_of(events).signs_answered_at == events[2].answered_at
    assert summary_of(events_of(("now", 3))).signs_answered_at is None
