from datetime import UTC, datetime

import pytest

from fbss_app import routes
from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire, Urgency
from fbss_app.domain.questionnaire.navigation import first_unanswered
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.safety.red_flag import most_urgent, raised_red_flags
from fbss_app.server.services.demo.made_up_people import answer_events_of, made_up_people

BEGUN = datetime(2026, 3, 1, 9, tzinfo=UTC)
COUNT = 20


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaires()[routes.PRIMARY_QUESTIONNAIRE]


def test_every_answer_of_theirs_is_one_that_a_phone_could_send(questionnaire: Questionnaire):
    for person in made_up_people(questionnaire, COUNT):
        for event in answer_events_of(person, BEGUN):
            assert validate_event(questionnaire, event) is None, event


def test_they_leave_nothing_out_that_they_owe(questionnaire: Questionnaire):
    for person in made_up_people(questionnaire, COUNT):
        evaluation = Evaluation(questionnaire, fold(answer_events_of(person, BEGUN)), BEGUN.date())
        owed = first_unanswered(evaluation)
        assert owed is None, owed


def test_they_are_the_same_each_time_and_differ_from_each_other(questionnaire: Questionnaire):
    people = made_up_people(questionnaire, COUNT)
    assert people == made_up_people(questionnaire, COUNT)
    assert len({person.label for person in people}) == COUNT
    ids = [event.id for person in people for event in answer_events_of(person, BEGUN)]
    assert len(set(ids)) == len(ids)


def test_some_of_them_report_signs_of_every_urgency_and_most_report_none(
    questionnaire: Questionnaire,
):
    urgencies: list[Urgency | None] = []
    for person in made_up_people(questionnaire, COUNT):
        evaluation = Evaluation(questionnaire, fold(answer_events_of(person, BEGUN)), BEGUN.date())
        flag = most_urgent(raised_red_flags(questionnaire, evaluation))
        urgencies.append(flag.urgency if flag else None)
    assert set(urgencies) == {*Urgency, None}
    assert urgencies.count(None) > COUNT / 2
