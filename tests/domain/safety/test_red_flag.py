from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.domain.safety.red_flag import most_urgent, raised_red_flags, urgency_rank
from tests.domain.build import question, questionnaire, rule
from tests.scenario import Scenario


def flag(name, urgency, when):
    return {
        "id": name,
        "urgency": urgency,
        "when": when,
        "heading": "Said",
        "action": "Call someone.",
        "service": "urgent",
    }


def made():
    return questionnaire(
        question("signs", "choice", repeats=True, answer_option=["a", "b", "c", "d"]),
        question("told", "boolean", not_sure="Not sure"),
        red_flag=[
            flag("R1", "soon", rule("signs", "=", "a")),
            flag("R2", "same-day", rule("signs", "=", "b")),
            flag("R3", "emergency", rule("signs", "=", "c")),
            flag(
                "R4",
                "emergency",
                {"any": [rule("told", "=", True), rule("told", "=", "not-sure")]},
            ),
        ],
    )


def test_the_most_urgent_comes_first_and_the_rest_in_the_order_of_the_definition():
    scenario = Scenario(made()).answer("signs", ["a", "b", "c"]).answer("told", True)
    raised = raised_red_flags(scenario.questionnaire, scenario.evaluation)
    assert [each.id for each in raised] == ["R3", "R4", "R2", "R1"]


def test_one_positive_sign_decides_the_urgency():
    scenario = Scenario(made())
    assert scenario.urgency is None
    assert scenario.answer("signs", ["a"]).urgency is Urgency.SOON
    assert scenario.answer("signs", ["a", "b"]).urgency is Urgency.SAME_DAY
    assert scenario.answer("signs", ["d"]).urgency is None


def test_not_sure_can_count_as_yes():
    scenario = Scenario(made())
    assert scenario.answer("told", False).urgency is None
    assert scenario.not_sure("told").urgency is Urgency.EMERGENCY


def test_most_urgent_of_several_with_the_same_urgency_is_the_first():
    flags = made().red_flag
    assert most_urgent([flags[0], flags[3], flags[2]]).id == "R4"
    assert most_urgent([]) is None


def test_urgencies_rank_from_emergency_to_soon():
    assert sorted(["soon", "emergency", "same-day"], key=urgency_rank) == [
        "emergency",
        "same-day",
        "soon",
    ]


def test_a_flag_looks_at_enabled_questions_only():
    gated = questionnaire(
        question("had", "boolean"),
        question("sign", "boolean", enable_when=[rule("had", "=", True)]),
        red_flag=[flag("R1", "emergency", rule("sign", "=", True))],
    )
    assert raised_red_flags(gated, Evaluation(gated, {"had": True, "sign": True}))
    assert not raised_red_flags(gated, Evaluation(gated, {"had": False, "sign": True}))
