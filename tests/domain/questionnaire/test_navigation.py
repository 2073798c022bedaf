import pytest

from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.navigation import next_step, previous_step, steps
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import Scenario


def story():
    return questionnaire(
        group("intro", question("welcome", "display"), question("had", "boolean")),
        group(
            "history",
            group(
                "operation",
                question("year", "date"),
                group("reason", question("why-then", "string", required=False)),
                group("cut", question("deep", "boolean"), repeats=True, required=False),
                repeats=True,
            ),
            enable_when=[rule("had", "=", True)],
        ),
        group("end", question("note", "text", required=False)),
    )


def test_steps_go_in_reading_order_through_every_repetition():
    scenario = Scenario(story()).answer("had", True).add("operation@r1").add("operation@r2")
    scenario.add("cut@r2.a")
    assert scenario.steps == [
        "welcome",
        "had",
        "year@r1",
        "why-then@r1",
        "cut@r1",
        "year@r2",
        "why-then@r2",
        "deep@r2.a",
        "cut@r2",
        "operation",
        "note",
    ]


def test_each_step_says_what_kind_of_page_it_is():
    made = story()
    kinds = {step.key: str(step.kind) for step in steps(Evaluation(made, {"had": True}))}
    assert kinds["welcome"] == "display"
    assert kinds["had"] == "question"
    assert kinds["operation"] == "repetitions"
    assert kinds["cut@1"] == "repetitions"


def test_a_required_group_starts_with_one_repetition_and_an_optional_one_with_none():
    scenario = Scenario(story()).answer("had", True)
    assert "year@1" in scenario.steps
    assert not any(key.startswith("deep") for key in scenario.steps)


def test_min_occurs_decides_over_required():
    def asked(**fields):
        made = questionnaire(
            group("s", group("g", question("q", "string"), repeats=True, **fields))
        )
        return Scenario(made).steps

    assert asked(min_occurs=0) == ["g"]
    assert asked(required=False, min_occurs=1) == ["q@1", "g"]


def test_continue_and_back_walk_the_same_way():
    scenario = Scenario(story()).next()
    assert scenario.at == "had"
    scenario.answer("had", True).next()
    assert scenario.at == "year@1"
    scenario.back()
    assert scenario.at == "had"
    scenario.answer("had", False).next()
    assert scenario.at == "note"
    assert scenario.next().at is None


def test_there_is_nothing_before_the_first_page_or_beside_a_page_that_is_not_there():
    evaluation = Evaluation(story(), {})
    assert previous_step(evaluation, "welcome") is None
    assert next_step(evaluation, "year@r1") is None
    assert previous_step(evaluation, "year@r1") is None


def test_first_unanswered_passes_over_texts_and_optional_questions():
    scenario = Scenario(story())
    assert scenario.first_unanswered == "had"
    scenario.answer("had", True)
    assert scenario.first_unanswered == "year@1"
    scenario.answer("year@1", "2019")
    assert scenario.first_unanswered is None


def test_not_sure_is_an_answer():
    made = questionnaire(question("q", "boolean", not_sure="Not sure"))
    assert Scenario(made).not_sure("q").first_unanswered is None


def test_progress_of_a_section_follows_what_is_asked_in_it():
    scenario = Scenario(story())
    assert scenario.progress == {"intro": "not-started", "end": "not-started"}
    scenario.answer("had", True)
    assert scenario.progress == {
        "intro": "completed",
        "history": "not-started",
        "end": "not-started",
    }
    scenario.add("operation@r1").add("operation@r2").answer("year@r1", "2019")
    assert scenario.progress["history"] == "in-progress"
    assert scenario.answer("year@r2", "2020").progress["history"] == "completed"
    assert scenario.answer("note", "Thanks").progress["end"] == "completed"


def test_a_section_of_texts_alone_is_completed():
    made = questionnaire(group("s", question("read", "display")))
    assert Scenario(made).progress == {"s": "completed"}


def test_the_scenario_itself_refuses_what_a_person_could_not_do():
    scenario = Scenario(story()).next()
    with pytest.raises(AssertionError, match="must be answered"):
        scenario.next()
    with pytest.raises(AssertionError, match="is not asked"):
        scenario.answer("year@r1", "2019")
    with pytest.raises(AssertionError, match="wrong-type"):
        scenario.answer("had", "yes")
