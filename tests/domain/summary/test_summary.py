import pytest

from tests.domain.build import group, question, questionnaire, rule
from tests.scenario import Scenario


@pytest.fixture
def scenario():
    made = questionnaire(
        group(
            "history",
            question("had", "boolean", helper_text="Did they?"),
            group(
                "operation",
                question("year", "date", short_text="Year"),
                question("level", "string", short_text="Level"),
                question("read", "display"),
                group("cut", question("deep", "boolean"), repeats=True, required=False),
                repeats=True,
                short_text="Operations",
            ),
            question("more", "string", enable_when=[rule("had", "=", True)]),
        ),
        group("pain", question("now", "integer")),
        score=[{"name": "s", "title": "S", "value": {"sum": ["now"]}}],
        summary=[
            {"title": "Surgery", "starred": True, "item": ["history"]},
            {"title": "Pain", "item": ["now"], "score": ["s"]},
            {"title": "Levels", "item": ["level"]},
        ],
    )
    return (
        Scenario(made)
        .answer("had", False)
        .add("operation@r1")
        .add("operation@r2")
        .answer("year@r1", "2018-08-06")
        .answer("level@r1", "L4-L5")
        .add("cut@r2.a")
        .answer("deep@r2.a", True)
        .answer("now", 7)
    )


def test_blocks_keep_their_order_and_their_star(scenario):
    assert [(block.title, block.starred) for block in scenario.summary.blocks] == [
        ("Surgery", True),
        ("Pain", False),
        ("Levels", False),
    ]


def test_a_group_gives_its_questions_in_neutral_words_and_leaves_out_what_is_not_asked(scenario):
    had, operations = scenario.summary.blocks[0].lines
    assert (had.key, had.label, had.answers) == ("had", "Had", ("No",))
    assert operations.label == "Operations"


def test_a_repeating_group_gives_each_repetition_with_the_groups_inside_it(scenario):
    first, second = scenario.summary.blocks[0].lines[1].repetitions
    assert (first[0].key, first[0].label, first[0].answers) == (
        "year@r1",
        "Year",
        ("6 August 2018",),
    )
    assert first[1].repetitions == ()
    assert (second[0].key, second[0].answers) == ("year@r2", ())
    assert second[1].repetitions[0][0].answers == ("Yes",)
    assert [line.link_id for line in first] == ["year", "cut"]


def test_a_question_inside_repetitions_gives_a_line_for_each(scenario):
    lines = scenario.summary.blocks[2].lines
    assert [(line.key, line.answers) for line in lines] == [
        ("level@r1", ("L4-L5",)),
        ("level@r2", ()),
    ]


def test_what_a_block_names_for_itself_is_left_out_of_the_groups_of_other_blocks(scenario):
    for repetition in scenario.summary.blocks[0].lines[1].repetitions:
        assert "level" not in [line.link_id for line in repetition]


def test_scores_stand_in_their_block(scenario):
    (score,) = scenario.summary.blocks[1].scores
    assert (score.score.title, score.shown) == ("S", "7")


def test_a_removed_repetition_leaves_the_summary(scenario):
    scenario.remove("operation@r2")
    (only,) = scenario.summary.blocks[0].lines[1].repetitions
    assert only[0].key == "year@r1"


NONE = {"code": "none", "display": "None of these", "exclusive": True}


def signs(*link_ids):
    return questionnaire(
        group(
            "signs",
            *(
                question(one, "choice", repeats=True, answer_option=["yes", NONE])
                for one in link_ids
            ),
        ),
        summary=[{"title": "Signs", "item": ["signs"]}],
    )


def test_many_questions_answered_none_of_these_become_one_line():
    scenario = Scenario(signs("a", "b", "c", "d")).answer("b", ["yes"])
    for link_id in ("a", "c", "d"):
        scenario.answer(link_id, ["none"])
    (block,) = scenario.summary.blocks
    assert [line.link_id for line in block.lines] == ["b"]
    assert [line.label for line in block.none_of_these] == ["A", "C", "D"]


def test_two_questions_answered_none_of_these_stay_lines():
    scenario = Scenario(signs("a", "b", "c"))
    (block,) = scenario.answer("a", ["none"]).answer("b", ["none"]).summary.blocks
    assert [line.link_id for line in block.lines] == ["a", "b", "c"]
    assert block.none_of_these == ()


def test_options_stand_with_their_short_wording(scenario):
    made = questionnaire(
        question(
            "kind",
            "choice",
            answer_option=[{"code": "a", "display": "A long name", "short_display": "Short"}],
        ),
        summary=[{"title": "Kind", "item": ["kind"]}],
    )
    (block,) = Scenario(made).answer("kind", "a").summary.blocks
    assert block.lines[0].answers == ("Short",)


def test_a_question_named_for_itself_says_in_which_repetition_it_stands(scenario):
    labels = [line.label for line in scenario.summary.blocks[2].lines]
    assert labels == ["Operations 1: Level", "Operations 2: Level"]
