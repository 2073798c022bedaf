"""What must hold for every questionnaire and every history of answers."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fbss_app.domain.questionnaire.answers import AuthorRole, fold, is_masked
from fbss_app.domain.questionnaire.definition_checks import check_definition
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import ItemType, Questionnaire
from fbss_app.domain.questionnaire.navigation import next_step, previous_step, steps
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.safety.red_flag import most_urgent, raised_red_flags, urgency_rank
from fbss_app.domain.summary.summary import build_summary
from tests.strategies import filled_in, questionnaires

property_test = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def enabled_places(evaluation):
    return {
        (link_id, path)
        for link_id in evaluation.questionnaire.placements
        for path in evaluation.paths(link_id)
        if evaluation.enabled(link_id, path)
    }


@property_test
@given(filled_in())
def test_random_questionnaires_and_answers_are_valid(made):
    assert check_definition(made.questionnaire) == []
    assert all(validate_event(made.questionnaire, event) is None for event in made.events)


@property_test
@given(filled_in())
def test_navigation_visits_every_step_once_and_ends(made):
    evaluation = Evaluation(made.questionnaire, made.answers)
    pages = steps(evaluation)
    keys = [step.key for step in pages]
    assert len(set(keys)) == len(keys)
    for before, after in pairwise(pages):
        assert next_step(evaluation, before.key) == after
        assert previous_step(evaluation, after.key) == before
    if pages:
        assert next_step(evaluation, pages[-1].key) is None


@property_test
@given(filled_in())
def test_every_step_is_an_enabled_place(made):
    evaluation = Evaluation(made.questionnaire, made.answers)
    places = enabled_places(evaluation)
    groups = {
        link_id
        for link_id, placement in made.questionnaire.placements.items()
        if placement.item.type is ItemType.GROUP
        and (not placement.item.repeats or placement.item.repeats_for)
    }
    asked = {(step.link_id, step.path) for step in steps(evaluation)}
    by_helper = evaluation.perspective.role is AuthorRole.HELPER
    withheld = {place for place in places if by_helper and evaluation.masked(*place)}
    assert asked == {place for place in places if place[0] not in groups} - withheld


@property_test
@given(filled_in(), st.randoms(use_true_random=False))
def test_what_is_enabled_does_not_depend_on_the_order_of_answers(made, random):
    shuffled = list(made.answers.items())
    random.shuffle(shuffled)
    in_order = Evaluation(made.questionnaire, made.answers)
    out_of_order = Evaluation(made.questionnaire, dict(shuffled))
    assert enabled_places(in_order) == enabled_places(out_of_order)
    for name in made.questionnaire.condition:
        assert in_order.condition(name) == out_of_order.condition(name)


@property_test
@given(filled_in())
def test_what_was_asked_first_does_not_change_the_result(made):
    forwards = Evaluation(made.questionnaire, made.answers)
    backwards = Evaluation(made.questionnaire, made.answers)
    for name in reversed(list(made.questionnaire.scores)):
        backwards.score(name)
    assert [step.key for step in steps(forwards)] == [step.key for step in steps(backwards)]
    for name in made.questionnaire.scores:
        assert forwards.score(name) == backwards.score(name)


@property_test
@given(filled_in())
def test_an_answer_that_is_not_asked_changes_nothing(made):
    evaluation = Evaluation(made.questionnaire, made.answers)
    asked = {step.key for step in steps(evaluation)}
    kept = {
        key: value
        for key, value in made.answers.items()
        if key in asked or is_repetition(made, key) or is_masked(value)
    }
    trimmed = Evaluation(made.questionnaire, kept)
    assert enabled_places(trimmed) == enabled_places(evaluation)
    for name in made.questionnaire.scores:
        assert trimmed.score(name) == evaluation.score(name)
    assert build_summary(made.questionnaire, trimmed) == build_summary(
        made.questionnaire, evaluation
    )
    assert raised_red_flags(made.questionnaire, trimmed) == raised_red_flags(
        made.questionnaire, evaluation
    )


def is_repetition(made, key):
    item = made.questionnaire.find(key.partition("@")[0])
    return item.type is ItemType.GROUP


@property_test
@given(filled_in(), st.sampled_from(["emergency", "same-day", "soon"]))
def test_one_more_positive_red_flag_never_lowers_the_urgency(made, urgency):
    definition = made.questionnaire.model_dump(mode="json", exclude_unset=True)
    certain = {"compare": {"count": [some_rule(made.questionnaire)]}, "operator": ">=", "than": 0}
    definition["red_flag"] = [
        {
            "id": "R0",
            "urgency": urgency,
            "when": certain,
            "heading": "Said",
            "action": "Call.",
            "service": "urgent",
        },
        *definition.get("red_flag", []),
    ]
    stricter = Questionnaire.model_validate(definition)
    before = top_rank(made.questionnaire, made.answers)
    after = top_rank(stricter, made.answers)
    assert after is not None
    assert before is None or after <= before


def some_rule(questionnaire):
    leaf = next(
        link_id
        for link_id, placement in questionnaire.placements.items()
        if placement.item.type not in (ItemType.GROUP, ItemType.DISPLAY)
    )
    return {"question": leaf, "operator": "exists", "answer": True}


def top_rank(questionnaire, answers):
    flag = most_urgent(raised_red_flags(questionnaire, Evaluation(questionnaire, answers)))
    return urgency_rank(flag.urgency) if flag else None


@property_test
@given(filled_in())
def test_a_repeated_event_changes_nothing(made):
    doubled = [event for event in made.events for _ in range(2)]
    assert fold(doubled) == fold(made.events)
    assert list(fold(doubled)) == list(fold(made.events))


@property_test
@given(questionnaires())
def test_a_definition_survives_being_written_out_and_read_back(questionnaire):
    written = questionnaire.model_dump(mode="json", exclude_unset=True)
    assert Questionnaire.model_validate(written) == questionnaire
