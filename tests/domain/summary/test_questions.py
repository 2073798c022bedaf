import pytest

from fbss_app.domain.summary.questions import questions_to_ask
from tests.domain.build import evaluation, question, questionnaire, rule

PAIN = question("pain", "integer")
ASKS = [
    {"id": "everyone", "text": "For everyone?"},
    {"id": "some", "text": "With any pain?", "when": rule("pain", ">", 0), "because": "Pain."},
    {"id": "strong", "text": "With strong pain?", "when": rule("pain", ">", 6)},
]


@pytest.mark.parametrize(
    ("answers", "printed", "more"),
    [
        ({}, ["everyone"], []),
        ({"pain": 3}, ["everyone", "some"], []),
        ({"pain": 8}, ["everyone", "some"], ["strong"]),
    ],
)
def test_first_questions_that_fit_are_printed_and_the_others_come_after(answers, printed, more):
    made = questionnaire(PAIN, question_to_ask=ASKS, questions_printed=2)
    found = questions_to_ask(evaluation(made, answers))
    assert [ask.id for ask in found.printed] == printed
    assert [ask.id for ask in found.more] == more


def test_five_questions_are_printed_unless_a_definition_says_otherwise():
    asks = [
        {"id": f"Q{number}", "text": "Why?", "when": rule("pain", "exists", True)}
        for number in range(7)
    ]
    made = questionnaire(PAIN, question_to_ask=asks)
    found = questions_to_ask(evaluation(made, {"pain": 1}))
    assert (len(found.printed), len(found.more)) == (5, 2)
