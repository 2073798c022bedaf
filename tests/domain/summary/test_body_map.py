import pytest

from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.summary import build_summary
from tests.domain.build import group, question, questionnaire

PLACES = [
    {"code": "calf", "display": "Calf of the left leg", "short_display": "Left calf"},
    {"code": "foot", "display": "Left foot"},
    {"code": "none", "display": "Nowhere", "exclusive": True},
]
MADE = questionnaire(
    group(
        "pain",
        question("place", "choice", repeats=True, answer_option=PLACES),
        group(
            "at-place",
            question("kind", "choice", repeats=True, answer_option=["aching", "burning"]),
            repeats=True,
            repeats_for="place",
            required=False,
        ),
        question("worst", "choice", options_from="place"),
    ),
    summary=[
        {
            "title": "Where",
            "item": ["pain"],
            "picture": "body-map",
            "places": "place",
            "kinds": "kind",
            "worst": "worst",
        }
    ],
)


@pytest.fixture
def part():
    def build(answers):
        return build_summary(MADE, Evaluation(MADE, answers)).blocks[0]

    return build


def test_places_come_in_their_order_with_their_kinds_and_the_worst(part):
    answers = {"place": ["foot", "calf"], "kind@calf": ["burning"], "worst": "calf"}
    calf, foot = part(answers).body_map.places
    assert (calf.code, calf.label, calf.kinds, calf.worst) == (
        "calf",
        "Left calf",
        ("Burning",),
        True,
    )
    assert (foot.label, foot.kinds, foot.worst) == ("Left foot", (), False)


def test_what_is_drawn_is_no_line_as_well(part):
    lines = part({"place": ["calf"], "kind@calf": ["aching"]}).lines
    assert [line.link_id for line in lines] == ["at-place"]
    assert lines[0].repetitions == ((),)


def test_a_place_taken_back_takes_its_kind_and_the_worst_along(part):
    answers = {"place": ["foot"], "kind@calf": ["aching"], "worst": "calf"}
    (foot,) = part(answers).body_map.places
    assert (foot.code, foot.worst) == ("foot", False)


@pytest.mark.parametrize("answers", [{}, {"place": ["none"]}])
def test_no_place_is_no_map(part, answers):
    assert part(answers).body_map is None
