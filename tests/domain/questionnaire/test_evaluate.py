import pytest

from fbss_app.domain.questionnaire.comparing import compare_dates
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.expressions import Operator
from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import NOT_SURE, Scenario

OPTIONS = ["a", "b", "c"]
NONE = {"code": "none", "display": "None of these", "exclusive": True}
LEAVES = {
    "boolean": question("q", "boolean", not_sure="Not sure"),
    "integer": question("q", "integer", not_sure="Not sure"),
    "decimal": question("q", "decimal", not_sure="Not sure"),
    "date": question("q", "date", not_sure="Not sure"),
    "string": question("q", "string", not_sure="Not sure"),
    "text": question("q", "text", not_sure="Not sure"),
    "choice": question("q", "choice", answer_option=OPTIONS, not_sure="Not sure"),
    "open-choice": question("q", "open-choice", answer_option=OPTIONS, not_sure="Not sure"),
}


def holds(kind, operator, operand, answers):
    made = questionnaire(LEAVES[kind], condition={"c": rule("q", operator, operand)})
    return Evaluation(made, answers).condition("c")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("boolean", True),
        ("boolean", False),
        ("integer", 0),
        ("decimal", 0.5),
        ("date", "2019-03"),
        ("string", "leg"),
        ("text", "leg"),
        ("choice", "a"),
        ("open-choice", "a"),
        ("open-choice", {"other": "leg"}),
    ],
)
def test_exists_is_about_whether_there_is_a_known_answer(kind, value):
    assert holds(kind, "exists", True, {"q": value})
    assert not holds(kind, "exists", False, {"q": value})
    assert not holds(kind, "exists", True, {})
    assert holds(kind, "exists", False, {})
    assert not holds(kind, "exists", True, {"q": NOT_SURE})
    assert holds(kind, "exists", False, {"q": NOT_SURE})


@pytest.mark.parametrize(
    ("kind", "value", "same", "different"),
    [
        ("boolean", True, True, False),
        ("boolean", False, False, True),
        ("integer", 3, 3, 4),
        ("integer", 1, 1.0, 0),
        ("decimal", 0.5, 0.5, 0.25),
        ("date", "2019-03", "2019-03", "2019"),
        ("string", "leg", "leg", "Leg"),
        ("text", "leg", "leg", "back"),
        ("choice", "a", "a", "b"),
        ("open-choice", "a", "a", "other"),
        ("open-choice", {"other": "leg"}, "other", "a"),
    ],
)
def test_equal_and_not_equal_are_exact_opposites(kind, value, same, different):
    assert holds(kind, "=", same, {"q": value})
    assert not holds(kind, "!=", same, {"q": value})
    assert not holds(kind, "=", different, {"q": value})
    assert holds(kind, "!=", different, {"q": value})
    assert not holds(kind, "=", same, {})
    assert holds(kind, "!=", same, {})


@pytest.mark.parametrize("kind", LEAVES)
def test_not_sure_matches_only_not_sure(kind):
    known = {
        "boolean": True,
        "integer": 3,
        "decimal": 0.5,
        "date": "2019",
        "choice": "a",
        "open-choice": "a",
    }.get(kind, "leg")
    assert holds(kind, "=", "not-sure", {"q": NOT_SURE})
    assert not holds(kind, "!=", "not-sure", {"q": NOT_SURE})
    assert not holds(kind, "=", "not-sure", {"q": known})
    assert not holds(kind, "=", "not-sure", {})
    assert not holds(kind, "=", known, {"q": NOT_SURE})


@pytest.mark.parametrize(
    ("kind", "smaller", "larger"),
    [("integer", 9, 10), ("decimal", 0.25, 0.5), ("date", "2019-09", "2019-10")],
)
def test_ordering_compares_what_can_be_ordered(kind, smaller, larger):
    for operator, below, level, above in [
        (">", False, False, True),
        ("<", True, False, False),
        (">=", False, True, True),
        ("<=", True, True, False),
    ]:
        assert holds(kind, operator, larger, {"q": smaller}) is below
        assert holds(kind, operator, larger, {"q": larger}) is level
        assert holds(kind, operator, smaller, {"q": larger}) is above
        assert not holds(kind, operator, smaller, {})
        assert not holds(kind, operator, smaller, {"q": NOT_SURE})


@pytest.mark.parametrize(
    ("left", "right", "true_for"),
    [
        ("2019-03", "2020", {"<", "<="}),
        ("2020", "2019-12-31", {">", ">="}),
        ("2019-03", "2019", set()),
        ("2019", "2019-03-07", set()),
        ("2019-03-07", "2019-03", set()),
        ("2019-03-07", "2019-04", {"<", "<="}),
        ("2019", "2019", {"<=", ">="}),
        ("2019-03-07", "2019-03-07", {"<=", ">="}),
    ],
)
def test_partial_dates_are_ordered_on_the_precision_they_share(left, right, true_for):
    ordering = ["<", ">", "<=", ">="]
    assert {each for each in ordering if compare_dates(left, Operator(each), right)} == true_for


def test_true_is_not_the_number_one():
    made = questionnaire(question("q", "integer"), condition={"c": rule("q", "=", 1)})
    assert not Evaluation(made, {"q": True}).condition("c")


def several(**fields):
    return question("q", "choice", repeats=True, answer_option=[*OPTIONS, NONE], **fields)


def test_one_of_several_answers_is_enough_for_equal_and_refutes_not_equal():
    made = questionnaire(
        several(), condition={"is-a": rule("q", "=", "a"), "not-a": rule("q", "!=", "a")}
    )
    both = Evaluation(made, {"q": ["b", "a"]})
    neither = Evaluation(made, {"q": ["b", "c"]})
    assert both.condition("is-a")
    assert not both.condition("not-a")
    assert not neither.condition("is-a")
    assert neither.condition("not-a")


def test_one_of_several_numbers_is_enough_for_an_ordering():
    made = questionnaire(
        question("q", "integer", repeats=True),
        condition={"high": rule("q", ">", 5), "low": rule("q", "<", 5)},
    )
    evaluation = Evaluation(made, {"q": [1, 9]})
    assert evaluation.condition("high")
    assert evaluation.condition("low")


def test_exists_false_holds_again_once_the_last_choice_is_removed():
    made = questionnaire(
        several(), question("then", "string", enable_when=[rule("q", "exists", False)])
    )
    scenario = Scenario(made)
    assert "then" in scenario.steps
    assert "then" not in scenario.answer("q", ["a"]).steps
    assert "then" in scenario.clear("q").steps


def test_count_answers_leaves_out_none_of_these():
    made = questionnaire(
        several(),
        question("year", "date", repeats=True),
        question("pain", "integer"),
        score=[
            {"name": name, "title": name, "value": {"count_answers": link_id}}
            for name, link_id in [("chosen", "q"), ("years", "year"), ("pains", "pain")]
        ],
    )
    assert Evaluation(made, {"q": ["a", "c"]}).score("chosen") == 2
    assert Evaluation(made, {"q": ["none"]}).score("chosen") == 0
    assert Evaluation(made, {}).score("chosen") == 0
    assert Evaluation(made, {"year": ["2019", "2019"]}).score("years") == 2
    assert Evaluation(made, {"pain": 0}).score("pains") == 1


def test_expressions_nest():
    made = questionnaire(
        question("p", "boolean"),
        question("q", "boolean"),
        condition={
            "both": {"all": [rule("p", "=", True), rule("q", "=", True)]},
            "either": {"any": [rule("p", "=", True), rule("q", "=", True)]},
            "exactly-one": {"all": [{"condition": "either"}, {"not": {"condition": "both"}}]},
            "counted": {
                "compare": {"count": [rule("p", "=", True), rule("q", "=", True)]},
                "operator": "=",
                "than": 1,
            },
        },
    )
    for p, q in [(True, True), (True, False), (False, True), (False, False)]:
        evaluation = Evaluation(made, {"p": p, "q": q})
        assert evaluation.condition("both") is (p and q)
        assert evaluation.condition("either") is (p or q)
        assert evaluation.condition("exactly-one") is (p != q)
        assert evaluation.condition("counted") is (p != q)


def peg(**fields):
    items = [question(name, "integer", not_sure="Not sure") for name in ("one", "two", "three")]
    names = ["one", "two", "three"]
    return questionnaire(
        *items,
        score=[
            {"name": "mean", "title": "Mean", "value": {"mean": names, **fields}},
            {"name": "sum", "title": "Sum", "value": {"sum": names, **fields}},
        ],
        condition={
            f"mean-{name}": {"compare": {"score": "mean"}, "operator": operator, "than": 0}
            for name, operator in [("differs", "!="), ("same", "="), ("up", ">="), ("down", "<=")]
        },
    )


def test_mean_and_sum_need_every_answer_unless_said_otherwise():
    full = Evaluation(peg(), {"one": 1, "two": 2, "three": 4})
    assert full.score("sum") == 7
    assert full.score("mean") == 7 / 3
    partial = Evaluation(peg(), {"one": 1, "two": 2, "three": NOT_SURE})
    assert partial.score("sum") is None
    assert partial.score("mean") is None


def test_at_least_says_how_many_answers_are_enough():
    two = Evaluation(peg(at_least=2), {"one": 1, "three": 4})
    assert two.score("sum") == 5
    assert two.score("mean") == 2.5
    assert Evaluation(peg(at_least=2), {"one": 1}).score("mean") is None


def test_no_comparison_with_an_absent_number_holds():
    evaluation = Evaluation(peg(), {})
    assert not any(
        evaluation.condition(f"mean-{name}") for name in ("differs", "same", "up", "down")
    )


def test_a_choice_counts_by_its_ordinal_value():
    options = [
        {"code": "mild", "display": "Mild", "ordinal_value": 1},
        {"code": "bad", "display": "Bad", "ordinal_value": 2.5},
    ]
    made = questionnaire(
        question("p", "choice", answer_option=options),
        question("q", "choice", answer_option=options),
        score=[{"name": "s", "title": "S", "value": {"sum": ["p", "q"]}}],
    )
    assert Evaluation(made, {"p": "mild", "q": "bad"}).score("s") == 3.5


def chain():
    return questionnaire(
        question("had", "boolean"),
        question("pain", "integer", enable_when=[rule("had", "=", True)]),
        question("where", "string", enable_when=[rule("pain", ">", 5)]),
        score=[{"name": "s", "title": "S", "value": {"sum": ["pain"]}}],
        summary=[{"title": "All", "item": ["section"], "score": ["s"]}],
    )


def test_a_disabled_answer_counts_nowhere_and_is_back_when_enabled_again():
    scenario = Scenario(chain()).answer("had", True).answer("pain", 8).answer("where", "leg")
    scenario.answer("had", False)
    assert scenario.steps == ["had"]
    assert scenario.score("s") is None
    assert scenario.evaluation.values("pain") == []
    assert [line.link_id for line in scenario.summary.blocks[0].lines] == ["had"]

    scenario.answer("had", True)
    assert scenario.steps == ["had", "pain", "where"]
    assert scenario.score("s") == 8
    assert scenario.evaluation.answer("where") == "leg"


def test_a_disabled_group_disables_all_inside():
    made = questionnaire(
        group("a", question("had", "boolean")),
        group(
            "b",
            group("c", question("deep", "boolean")),
            enable_when=[rule("had", "=", True)],
        ),
        group("d", question("after", "string", enable_when=[rule("deep", "=", True)])),
    )
    answers = {"had": True, "deep": True}
    assert Evaluation(made, answers).enabled("after")
    assert not Evaluation(made, {**answers, "had": False}).enabled("deep")
    assert not Evaluation(made, {**answers, "had": False}).enabled("after")


def test_enable_behavior_combines_several_rules():
    def asked(behavior, p, q):
        made = questionnaire(
            question("p", "boolean"),
            question("q", "boolean"),
            question(
                "r",
                "string",
                enable_when=[rule("p", "=", True), rule("q", "=", True)],
                enable_behavior=behavior,
            ),
        )
        return Evaluation(made, {"p": p, "q": q}).enabled("r")

    assert [asked("all", *pq) for pq in [(True, True), (True, False)]] == [True, False]
    assert [asked("any", *pq) for pq in [(True, False), (False, False)]] == [True, False]


def operations():
    """Ask about operations, each with cuts; rules look at their own repetition, then outwards."""
    return questionnaire(
        group("start", question("any-metal", "boolean")),
        group(
            "history",
            group(
                "operation",
                question("fusion", "boolean"),
                question("screws", "integer", enable_when=[rule("fusion", "=", True)]),
                group(
                    "cut",
                    question("deep", "boolean"),
                    question("own-cut", "string", enable_when=[rule("deep", "=", True)]),
                    question("own-operation", "string", enable_when=[rule("fusion", "=", True)]),
                    question("outside", "string", enable_when=[rule("any-metal", "=", True)]),
                    question("named", "string", enable_when=[{"condition": "was-fusion"}]),
                    repeats=True,
                ),
                repeats=True,
            ),
        ),
        group("end", question("after", "string", enable_when=[rule("deep", "=", True)])),
        condition={"was-fusion": rule("fusion", "=", True)},
        score=[
            {
                "name": "screws",
                "title": "Screws",
                "value": {"sum": ["screws"], "at_least": 1},
            }
        ],
    )


@pytest.fixture
def two_operations():
    return {
        "operation@r1": True,
        "operation@r2": True,
        "fusion@r1": True,
        "fusion@r2": False,
        "screws@r1": 4,
        "screws@r2": 6,
        "cut@r1.a": True,
        "cut@r1.b": True,
        "cut@r2.a": True,
        "deep@r1.a": True,
        "deep@r1.b": False,
        "any-metal": True,
    }


def test_a_rule_sees_its_own_repetition_before_any_other(two_operations):
    evaluation = Evaluation(operations(), two_operations)
    assert evaluation.enabled("screws", ("r1",))
    assert not evaluation.enabled("screws", ("r2",))
    assert evaluation.enabled("own-cut", ("r1", "a"))
    assert not evaluation.enabled("own-cut", ("r1", "b"))


def test_a_rule_looks_outwards_for_what_its_own_group_does_not_hold(two_operations):
    evaluation = Evaluation(operations(), two_operations)
    assert evaluation.enabled("own-operation", ("r1", "b"))
    assert not evaluation.enabled("own-operation", ("r2", "a"))
    assert evaluation.enabled("outside", ("r2", "a"))


def test_a_named_condition_looks_from_where_it_is_used(two_operations):
    evaluation = Evaluation(operations(), two_operations)
    assert evaluation.enabled("named", ("r1", "a"))
    assert not evaluation.enabled("named", ("r2", "a"))
    assert evaluation.condition("was-fusion")
    assert not evaluation.condition("was-fusion", evaluation.scope_of("fusion", ("r2",)))


def test_a_rule_from_outside_ranges_over_every_repetition(two_operations):
    assert Evaluation(operations(), two_operations).enabled("after")
    assert not Evaluation(operations(), {**two_operations, "deep@r1.a": False}).enabled("after")
    evaluation = Evaluation(operations(), two_operations)
    assert evaluation.values("fusion") == [True, False]
    assert evaluation.values("deep", evaluation.scope_of("fusion", ("r1",))) == [True, False]


def test_a_score_adds_over_the_repetitions_that_are_asked(two_operations):
    assert Evaluation(operations(), two_operations).score("screws") == 4
    both = {**two_operations, "fusion@r2": True}
    assert Evaluation(operations(), both).score("screws") == 10


def test_answers_in_a_removed_repetition_count_nowhere(two_operations):
    del two_operations["operation@r1"]
    evaluation = Evaluation(operations(), two_operations)
    assert evaluation.repetitions("operation") == ("r2",)
    assert evaluation.values("fusion") == [False]
    assert evaluation.score("screws") is None
    assert not evaluation.enabled("after")


def test_siblings_that_repeat_do_not_share_a_repetition():
    made = questionnaire(
        group("s", group("a", question("p", "boolean"), repeats=True)),
        group(
            "t",
            group("b", question("q", "string", enable_when=[rule("p", "=", True)]), repeats=True),
        ),
    )
    answers = {"a@x": True, "a@y": True, "p@y": True, "b@x": True}
    assert Evaluation(made, answers).enabled("q", ("x",))


def test_what_is_left_out_is_not_asked_and_its_answer_counts_nowhere():
    made = questionnaire(
        question("wanted", "boolean", optional_part=True),
        question("list", "integer", enable_when=[rule("wanted", "=", True)]),
        condition={"c": rule("list", "exists", True)},
        score=[{"name": "s", "title": "S", "value": {"sum": ["list"]}}],
    )
    answers = {"wanted": True, "list": 3}
    asked, left_out = Evaluation(made, answers), Evaluation(made, answers, left_out=["wanted"])

    assert (asked.answer("list"), asked.condition("c"), asked.score("s")) == (3, True, 3)
    assert not left_out.enabled("wanted")
    assert not left_out.enabled("list")
    assert (left_out.answer("list"), left_out.condition("c"), left_out.score("s")) == (
        *(None, False, None),
    )
    assert left_out.answers == answers
