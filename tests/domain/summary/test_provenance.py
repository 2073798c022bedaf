from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.provenance import provenance_of
from fbss_app.domain.summary.summary import build_summary
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import answer_event

MADE = questionnaire(
    group("signs", question("fever", "boolean")),
    group("pain", question("now", "integer"), question("word", "string"), question("more", "text")),
    red_flag=[
        {
            "id": "R1",
            "urgency": "soon",
            "when": rule("fever", "=", True),
            "heading": "A fever",
            "action": "Call someone.",
            "service": "urgent",
        }
    ],
    summary=[{"title": "All", "item": ["signs", "pain"]}],
)


def summary_of(*events):
    made = [answer_event(number, *event) for number, event in enumerate(events, start=1)]
    return build_summary(MADE, Evaluation(MADE, fold(made)), provenance_of(made)), made


def test_each_line_says_who_gave_its_newest_answer():
    summary, _ = summary_of(("now", 3), ("word", "hot"), ("now", 4, "helper"))
    lines = {line.link_id: line.given_by for line in summary.blocks[0].lines}
    assert lines == {"fever": None, "now": "helper", "word": "patient", "more": None}
    assert summary.given_by == ("patient", "helper")


def test_the_answers_of_who_gave_fewer_are_marked():
    assert summary_of(("now", 3), ("word", "hot"), ("more", "x", "helper"))[0].marked == "helper"
    helped = summary_of(("now", 3, "helper"), ("word", "hot", "helper"), ("more", "x"))[0]
    assert helped.marked == "patient"


def test_nobody_is_marked_where_one_person_answered():
    assert summary_of(("now", 3, "helper"))[0].marked is None
    assert summary_of(("now", 3))[0].marked is None


def test_warning_signs_bear_the_time_of_their_last_answer():
    summary, events = summary_of(("fever", False), ("now", 3), ("fever", True), ("word", "hot"))
    assert summary.signs_answered_at == events[2].answered_at
    assert summary_of(("now", 3))[0].signs_answered_at is None
