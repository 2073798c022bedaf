import pytest

from fbss_app.domain.summary.table import table_of
from tests.domain.build import group, question, questionnaire
from tests.scenario import Scenario

MADE = questionnaire(
    group(
        "medicines",
        group(
            "medicine",
            question("name", "string"),
            question("dose", "string", required=False),
            question("effect", "string", required=False),
            question("story", "text", required=False),
            repeats=True,
            short_text="Medicine",
        ),
    ),
    summary=[{"title": "Medicines", "item": ["medicine"], "table": True}],
)


@pytest.fixture
def table():
    scenario = Scenario(MADE).add("medicine@a").add("medicine@b").add("medicine@c")
    scenario.answer("name@a", "Paracetamol").answer("name@b", "Aspirin")
    scenario.answer("effect@b", "Some").answer("story@b", "It began well.\nThen it did not.")
    part = scenario.summary.blocks[0]
    assert part.table
    return table_of(MADE, part.lines[0])


def test_columns_are_the_questions_that_somebody_answered(table):
    assert table.label == "Medicine"
    assert table.columns == ("Name", "Effect")


def test_rows_are_the_repetitions_that_say_something(table):
    assert [row.title for row in table.rows] == ["Medicine 1", "Medicine 2"]
    assert [[cell and cell.answers for cell in row.cells] for row in table.rows] == [
        [("Paracetamol",), None],
        [("Aspirin",), ("Some",)],
    ]


def test_long_texts_stand_under_their_row(table):
    assert [note.label for row in table.rows for note in row.notes] == ["Story"]
