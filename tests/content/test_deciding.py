"""The parts on deciding: what opens them, what they give rise to, and what they never do."""

from typing import Any

import pytest

from fbss_app.content.loader import load_content
from fbss_app.content.questionnaires import BUILT_IN_FOLDER, load_questionnaire
from fbss_app.domain.decision_aid.option import Family
from fbss_app.domain.questionnaire.answers import not_sure
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import ItemType
from fbss_app.domain.questionnaire.navigation import steps
from fbss_app.domain.questionnaire.scoring import questions_behind
from fbss_app.domain.questionnaire.validation import ProblemCode, validate_value

DEFINITION = load_questionnaire(BUILT_IN_FOLDER / "after-back-surgery.yaml")
OPTIONS = load_content().options
DECIDING = {"deciding-wanted": "yes"}
RIGHT = {
    "check-studies": "others",
    "check-injections": "disagree",
    "check-repair": "no-repair",
    "check-fake": "no-gain",
    "check-worse": "can-be",
    "check-count": "fewer",
}


def item(link_id: str):
    return DEFINITION.placements[link_id].item


def asked(answers: dict[str, Any]) -> list[str]:
    return [step.link_id for step in steps(Evaluation(DEFINITION, answers))]


def to_ask(answers: dict[str, Any]) -> set[str]:
    evaluation = Evaluation(DEFINITION, answers)
    return {ask.id for ask in DEFINITION.question_to_ask if ask.when and evaluation.holds(ask.when)}


def test_nothing_more_is_asked_of_who_does_not_want_it():
    assert asked({"deciding-wanted": "not-now"})[-1] == "deciding-wanted"


def test_parts_come_in_the_order_of_the_way():
    order = ["decide-by", "matters-avoid-operation", "matters-most", "values-shown", "leaning"]
    shown = asked(DECIDING)
    assert [each for each in shown if each in order] == order
    assert shown[-1] == "check-wanted"


def test_each_value_has_five_steps_and_a_way_out_and_no_number():
    ratings = [one for one in DEFINITION.placements if one.startswith("matters-")]
    for rating in ratings:
        if rating == "matters-most":
            continue
        assert [option.code for option in item(rating).answer_option] == [
            *("not-at-all", "a-little", "somewhat", "quite-a-lot", "very-much"),
        ]
        assert item(rating).not_sure
        assert all(option.ordinal_value is None for option in item(rating).answer_option)


def test_no_score_counts_what_matters():
    behind = {
        one for score in DEFINITION.score for one in questions_behind(DEFINITION, score.value)
    }
    own = {one for one in DEFINITION.placements if one.startswith(("matters", "sure-", "check-"))}
    assert not behind & own


def test_up_to_3_can_matter_most():
    most = item("matters-most")
    three = [option.code for option in most.answer_option[:3]]
    assert validate_value(most, three) is None
    problem = validate_value(most, [*three, most.answer_option[3].code])
    assert problem
    assert problem.code == ProblemCode.TOO_MANY


def test_only_a_helper_is_asked_for_the_view_of_the_helper():
    assert "helper-view" not in asked({**DECIDING, "author": "me"})
    assert "helper-view" in asked({**DECIDING, "author": "helper"})
    for link_id in ("matters-can-undo", "decide-role"):
        assert item(link_id).helper_hint


def test_leaning_offers_every_option_in_the_fixed_order_and_two_ways_to_stay_open():
    offered = [option.code for option in item("leaning").answer_option]
    by_family = [each.id for family in Family for each in OPTIONS if each.family is family]
    assert offered == [*by_family, "not-sure-yet", "talk-first"]


@pytest.mark.parametrize(
    ("chosen", "leaning", "shown"),
    [
        ("avoid-operation", "joining-bones", {"look-again-operation"}),
        ("avoid-operation", "medicine-pump", {"look-again-operation"}),
        ("avoid-operation", "talking-therapies", set()),
        ("no-device", "spinal-cord-stimulation", {"look-again-device"}),
        ("no-device", "joining-bones", set()),
        ("can-undo", "more-room-for-a-nerve", {"look-again-undo"}),
        ("can-undo", "spinal-cord-stimulation", set()),
        ("avoid-daily-tablets", "paracetamol", {"look-again-tablets"}),
        ("avoid-daily-tablets", "opioids", {"look-again-tablets"}),
        ("avoid-daily-tablets", "injections-and-heat-treatment", set()),
        ("less-leg-pain", "more-room-for-a-nerve", set()),
        ("avoid-operation", "talk-first", set()),
    ],
)
def test_leaning_against_what_matters_is_said_gently(chosen: str, leaning: str, shown: set[str]):
    answers = {**DECIDING, "matters-most": [chosen], "leaning": leaning}
    again = {each for each in asked(answers) if each.startswith("look-again")}
    assert again == shown
    assert all(item(each).type is ItemType.DISPLAY for each in again)


@pytest.mark.parametrize("check", ["at-ease", "gains-and-harms", "clear-what-counts", "support"])
def test_each_no_brings_its_own_next_step(check: str):
    assert to_ask({**DECIDING, f"sure-{check}": False}) == {f"sure-{check}"}
    assert not to_ask({**DECIDING, f"sure-{check}": True})


@pytest.mark.parametrize(("check", "right"), RIGHT.items())
def test_only_what_we_did_not_make_clear_is_to_be_asked(check: str, right: str):
    wanted = {**DECIDING, "check-wanted": "yes"}
    (wrong,) = {option.code for option in item(check).answer_option} - {right}
    ask = {check.replace("check-", "unclear-")}
    assert to_ask({**wanted, check: wrong}) == ask
    assert to_ask({**wanted, check: not_sure()}) == ask
    assert not to_ask({**wanted, check: right})
    assert not to_ask(wanted)


@pytest.mark.parametrize("check", RIGHT)
def test_each_check_can_be_left_out_and_is_explained_after_any_answer(check: str):
    wanted = {**DECIDING, "check-wanted": "yes"}
    assert not item(check).required
    assert f"{check}-explained" not in asked(wanted)
    for answer in (*(option.code for option in item(check).answer_option), not_sure()):
        shown = asked({**wanted, check: answer})
        assert shown[shown.index(check) + 1] == f"{check}-explained"


def test_every_link_leads_to_a_page_of_the_app():
    addresses = {
        *(
            placement.item.link.address
            for placement in DEFINITION.placements.values()
            if placement.item.link
        ),
        *(stage.page.address for stage in DEFINITION.stage if stage.page),
    }
    assert addresses == {"/options", "/options/what-matters", "/summary"}
