"""The time a run takes, counted on the definition."""

import pytest

from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.domain.questionnaire.navigation import StepKind, steps
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.content.run_length import run_length


@pytest.fixture(scope="module")
def definition() -> Questionnaire:
    return load_questionnaire(BUILT_IN_FOLDER / "after-back-surgery.yaml")


def test_the_typical_person_answers_every_question_that_is_required(
    definition: Questionnaire,
) -> None:
    answers = typical_answers(definition)
    pages = steps(Evaluation(definition, answers))
    left = [
        page.key
        for page in pages
        if page.kind is StepKind.QUESTION
        and page.key not in answers
        and definition.placements[page.link_id].item.required
    ]
    assert not left
    asked = {page.key for page in pages}
    assert {key for key in answers if key not in asked} == {"medicine@1", "medicine@2"}


def test_a_typical_run_takes_12_to_15_minutes(definition: Questionnaire) -> None:
    length = run_length(definition, typical_answers(definition))
    assert 12 <= length.minutes <= 15, length
    assert 90 <= length.pages <= 100, length


def test_both_optional_parts_add_less_than_5_minutes(definition: Questionnaire) -> None:
    answers = typical_answers(definition)
    half_of_the_list = [f"statement-{number}" for number in range(1, 25, 2)]
    more = answers | {
        "rmdq-wanted": "yes",
        "rmdq-statements": half_of_the_list,
        "phq-4-wanted": "yes",
        **dict.fromkeys(
            ("phq-4-nervous", "phq-4-worry", "phq-4-interest", "phq-4-down"), "several-days"
        ),
    }
    added = run_length(definition, more).minutes - run_length(definition, answers).minutes
    assert 0 < added < 5


def test_what_comes_again_is_read_once(definition: Questionnaire) -> None:
    once = run_length(definition, {"treatments-tried": ["opioids"]})
    twice = run_length(definition, {"treatments-tried": ["opioids", "injections"]})
    assert twice.questions == once.questions + 4
    levels = "Where in the back were the injections?"
    assert twice.words - once.words < 3 * len(levels.split())
