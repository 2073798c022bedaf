"""Groups and options that follow an earlier answer, and what else a definition can look at."""

from datetime import date

import pytest

from fbss_app.domain.questionnaire.comparing import years_between
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.expressions import Operator
from fbss_app.domain.questionnaire.navigation import first_unanswered, interruptions_after, steps
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.questionnaire.wording import repetition_title, with_repetition
from fbss_app.domain.summary.summary import build_summary
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import answer_event

TRIED = question(
    "tried",
    "open-choice",
    repeats=True,
    not_sure="Not sure",
    answer_option=[
        {"code": "pills", "display": "Tablets for the pain", "short_display": "Tablets"},
        {"code": "spinal-cord-stimulation", "display": "Stimulation"},
        {"code": "none", "display": "None of these", "exclusive": True},
    ],
)
TREATMENT = group(
    "treatment",
    question("helped", "integer", short_text="{repetition}: help"),
    text="Treatments",
    repeats=True,
    repeats_for="tried",
)
BEST = question(
    "best",
    "choice",
    options_from="tried",
    answer_option=[{"code": "no-difference", "display": "No difference"}],
)
FORM = questionnaire(
    group("section", TRIED, TREATMENT, BEST),
    condition={"best-is-pills": rule("best", "=", "pills")},
    summary=[{"title": "All", "item": ["section"]}],
)


def pages(answers):
    return [step.key for step in steps(Evaluation(FORM, answers))]


def problem_of(made, key, value):
    problem = validate_event(made, answer_event(1, key, value))
    return problem.code.value if problem else None


def test_a_group_repeats_for_each_chosen_option_in_the_order_of_the_definition():
    answers = {"tried": [{"other": "Acupuncture"}, "spinal-cord-stimulation", "pills"]}
    assert pages(answers) == [
        "tried",
        "helped@pills",
        "helped@spinal-cord-stimulation",
        "helped@other",
        "best",
    ]


@pytest.mark.parametrize("tried", [None, ["none"], {"absent": "asked-unknown"}])
def test_a_group_repeats_for_nothing_where_nothing_is_chosen(tried):
    answers = {} if tried is None else {"tried": tried}
    assert pages(answers) == ["tried", "best"]


def test_a_repetition_that_a_person_might_have_added_is_none():
    assert pages({"tried": ["pills"], "treatment@r1": True}) == ["tried", "helped@pills", "best"]


def test_repetitions_bear_the_name_of_their_option():
    evaluation = Evaluation(FORM, {"tried": ["pills", {"other": "Acupuncture"}]})
    titles = [repetition_title(evaluation, "treatment", (id_,)) for id_ in ("pills", "other")]
    assert titles == ["Tablets", "Acupuncture"]
    assert with_repetition(evaluation, "helped", ("pills",), "{repetition}?") == "Tablets?"
    assert with_repetition(evaluation, "tried", (), "{repetition}") == "{repetition}"


def test_repetitions_without_an_option_are_numbered():
    made = questionnaire(group("medicine", question("name", "string"), repeats=True))
    evaluation = Evaluation(made, {"medicine@r1": True, "medicine@r2": True})
    assert repetition_title(evaluation, "medicine", ("r2",)) == "Medicine 2"


def test_the_summary_shows_an_option_in_the_words_it_was_given():
    answers = {"tried": [{"other": "Acupuncture"}], "best": "other", "helped@other": 3}
    (part,) = build_summary(FORM, Evaluation(FORM, answers)).blocks
    tried, treatment, best = part.lines
    assert tried.answers == best.answers == ("Acupuncture",)
    assert [line.label for (line,) in treatment.repetitions] == ["Acupuncture: help"]


def test_a_question_offers_what_is_chosen_and_its_own_options():
    evaluation = Evaluation(FORM, {"tried": ["pills", {"other": "Acupuncture"}]})
    shown = [(option.code, option.display) for option in evaluation.options("best")]
    assert shown == [
        ("pills", "Tablets for the pain"),
        ("other", "Acupuncture"),
        ("no-difference", "No difference"),
    ]
    assert evaluation.asked("best").answer_option == evaluation.options("best")


def test_an_answer_that_is_no_longer_offered_counts_nowhere():
    chosen = {"tried": ["pills"], "helped@pills": 1, "best": "pills"}
    kept = Evaluation(FORM, chosen)
    assert kept.answer("best") == "pills"
    assert kept.condition("best-is-pills")
    assert first_unanswered(kept) is None
    gone = Evaluation(FORM, chosen | {"tried": ["none"]})
    assert gone.answer("best") is None
    assert not gone.condition("best-is-pills")
    assert first_unanswered(gone).key == "best"


def test_of_several_answers_those_still_offered_stay():
    made = questionnaire(TRIED, {**BEST, "repeats": True})
    answers = {"tried": ["pills"], "best": ["spinal-cord-stimulation", "pills"]}
    assert Evaluation(made, answers).answer("best") == ["pills"]


def test_a_question_with_nothing_to_offer_is_not_asked():
    made = questionnaire(TRIED, question("best", "choice", options_from="tried"))
    assert not Evaluation(made, {"tried": ["none"]}).enabled("best")
    assert Evaluation(made, {"tried": ["pills"]}).enabled("best")


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("helped@pills", 3, None),
        ("helped@other", 3, None),
        ("helped@r1", 3, "wrong-path"),
        ("helped@none", 3, "wrong-path"),
        ("treatment@pills", True, "not-answerable"),
        ("best", "pills", None),
        ("best", "other", None),
        ("best", "no-difference", None),
        ("best", "none", "unknown-option"),
        ("best", "something", "unknown-option"),
    ],
)
def test_an_event_must_name_what_the_other_question_offers(key, value, problem):
    assert problem_of(FORM, key, value) == problem


def test_who_would_rather_not_answer_is_not_unsure():
    made = questionnaire(
        question("mood", "boolean", not_sure="No, thank you", absent_reason="asked-declined"),
        condition={"known": rule("mood", "exists", True)},
    )
    evaluation = Evaluation(made, {"mood": {"absent": "asked-declined"}})
    assert first_unanswered(evaluation) is None
    assert not evaluation.condition("known")
    assert not evaluation.compare("mood", Operator.EQUAL, "not-sure")
    assert problem_of(made, "mood", {"absent": "asked-declined"}) is None
    assert problem_of(made, "mood", {"absent": "asked-unknown"}) == "not-offered"


@pytest.mark.parametrize(
    ("then", "years"),
    [
        ("2016", 10),
        ("2016-03", 10),
        ("2016-04", 9),
        ("2016-03-07", 10),
        ("2016-03-08", 9),
        ("2026", 0),
        ("2026-04", -1),
        ("2027", -1),
    ],
)
def test_years_are_counted_on_the_precision_that_the_date_has(then, years):
    assert years_between(then, date(2026, 3, 7)) == years


def since(operator, than):
    return {"compare": {"years_since": "when"}, "operator": operator, "than": than}


@pytest.mark.parametrize(
    ("answers", "recent"),
    [
        ({"when": "2024", "limit": 3}, True),
        ({"when": "2020", "limit": 3}, False),
        ({"when": "2024"}, False),
        ({"limit": 3}, False),
    ],
)
def test_a_number_is_compared_with_another_and_false_while_either_is_unknown(answers, recent):
    made = questionnaire(
        question("when", "date"),
        question("limit", "integer"),
        condition={"recent": since("<", {"sum": ["limit"]})},
    )
    assert Evaluation(made, answers, date(2026, 3, 7)).condition("recent") is recent


def test_an_interruption_looks_at_the_repetition_of_its_answer():
    made = questionnaire(
        group("operation", question("when", "date"), repeats=True),
        interruption=[
            {
                "id": "long-ago",
                "question": "when",
                "when": since(">", 60),
                "heading": "That is long ago",
                "text": "Is it right?",
            }
        ],
    )
    answers = {
        "operation@r1": True,
        "when@r1": "1950",
        "operation@r2": True,
        "when@r2": "2020",
        "operation@r3": True,
    }
    evaluation = Evaluation(made, answers, date(2026, 3, 7))
    shown = {
        repetition: [one.id for one in interruptions_after(evaluation, "when", (repetition,))]
        for repetition in ("r1", "r2", "r3")
    }
    assert shown == {"r1": ["long-ago"], "r2": [], "r3": []}
