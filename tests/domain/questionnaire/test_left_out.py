from fbss_app.domain.questionnaire.left_out import depending_on
from tests.domain.build import group, question, questionnaire, rule


def test_what_a_part_gives_rise_to_depends_on_it_however_it_is_asked():
    made = questionnaire(
        group(
            "section",
            question("before", "boolean"),
            question("wanted", "choice", optional_part=True, answer_option=["yes", "no"]),
            question("asked", "integer", enable_when=[rule("wanted", "=", "yes")]),
            question("by-condition", "boolean", enable_when=[{"condition": "high"}]),
            question("by-score", "boolean", enable_when=[{"condition": "total"}]),
            group("each", question("inside", "string"), repeats=True, repeats_for="wanted"),
            question(
                "or-before",
                "string",
                enable_when=[rule("before", "=", True), rule("wanted", "=", "yes")],
                enable_behavior="any",
            ),
            question("after", "string", enable_when=[rule("before", "=", True)]),
        ),
        condition={
            "high": rule("asked", ">", 3),
            "total": {"compare": {"score": "sum"}, "operator": ">", "than": 3},
        },
        score=[{"name": "sum", "title": "Sum", "value": {"sum": ["asked"]}}],
    )

    assert depending_on(made, ["wanted"]) == {
        "wanted",
        "asked",
        "by-condition",
        "by-score",
        "each",
        "inside",
        "or-before",
    }
    assert depending_on(made, ["after"]) == {"after"}
    assert depending_on(made, []) == frozenset()
