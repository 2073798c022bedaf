from datetime import date
from itertools import pairwise

import pytest

from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.summary.summary import build_summary
from fbss_app.domain.summary.timeline import positions_of, rows_of
from tests.domain.build import group, question, questionnaire

TODAY = date(2026, 7, 2)
PAIN = [
    {"item": f"{at}-{place}", "at": at, "place": place}
    for place in ("back", "leg")
    for at in ("before", "best", "now")
]
MADE = questionnaire(
    group(
        "history",
        group(
            "operation",
            question("when", "date", not_sure="Not sure"),
            question("kind", "choice", answer_option=["fusion", "discectomy"], repeats=True),
            repeats=True,
            required=False,
            short_text="Operation",
        ),
        *(question(point["item"], "integer", not_sure="Not sure") for point in PAIN),
    ),
    summary=[
        {
            "title": "Time",
            "item": ["operation"],
            "picture": "timeline",
            "date": "when",
            "label": "kind",
            "pain": PAIN,
        }
    ],
)


def timeline_of(dates, **answers):
    """Build the timeline of one operation per date; None is an operation without one."""
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    for number, when in enumerate(dates, start=1):
        given[f"operation@o{number}"] = True
        given[f"kind@o{number}"] = ["fusion"]
        if when:
            given[f"when@o{number}"] = when
    summary = build_summary(MADE, Evaluation(MADE, given, TODAY))
    return summary.blocks[0].timeline


def test_operations_stand_in_the_order_of_time_with_the_numbers_of_their_entry():
    made = timeline_of(["2021-03", "2015"])
    assert [(each.number, each.when) for each in made.operations] == [
        (2, "2015"),
        (1, "March 2021"),
    ]
    assert made.operations[0].labels == ("Fusion",)


def test_distances_are_those_of_time_where_marks_do_not_crowd():
    first, second = timeline_of(["2006-07-02", "2016-07-02"]).operations
    assert first.position == pytest.approx(10)
    assert second.position == pytest.approx(55, abs=0.1)


def test_an_operation_with_a_year_alone_lies_in_its_middle():
    (only_year, month) = timeline_of(["2016", "2016-12"]).operations
    assert only_year.position < month.position


@pytest.mark.parametrize(
    "dates",
    [
        ["2020"],
        ["2001", "2001", "2001", "2025", "2026", "2026-07"],
        ["2026-07-02"] * 6,
        ["2014-02", "2014-03", "2014-04", "2014-05", "2014-06", "2014-07"],
        [str(2010 + number) for number in range(12)],
        ["2027"],
    ],
)
def test_marks_keep_their_order_and_can_be_told_apart(dates):
    made = timeline_of(dates, before_back=8, best_back=2, now_back=6)
    operations = [each.position for each in made.operations]
    before, best, now = (each.position for each in made.pain)
    marks = [*operations[:-1], before, operations[-1], best, now]
    least = 9 if len(dates) <= 6 else 5
    assert marks[0] >= 0
    assert now == 100
    assert all(later - earlier >= least - 1e-9 for earlier, later in pairwise(marks))


def test_undated_operations_are_told_in_words():
    made = timeline_of([None, "2015"])
    assert [each.number for each in made.undated] == [1]
    assert made.sentences == ("Operation 2, 2015: Fusion.", "Operation 1, date not known: Fusion.")


def test_pain_without_a_dated_operation_still_has_its_order():
    made = timeline_of([None], before_back=8, best_back=2, now_back=6)
    assert made.operations == ()
    before, best, now = (each.position for each in made.pain)
    assert 0 <= before < best < now == 100


def test_pain_of_back_and_leg_is_told_apart_and_doubt_is_left_out():
    made = timeline_of(["2015"], before_back=8, now_back=6, now_leg=3, best_leg=None)
    assert [(each.place, each.at, each.value) for each in made.pain] == [
        ("back", "before", 8),
        ("back", "now", 6),
        ("leg", "now", 3),
    ]
    assert made.sentences[1:] == (
        "Back pain, from 0 to 10: 8 before the latest operation, 6 now.",
        "Leg pain, from 0 to 10: 3 now.",
    )


def test_nothing_to_show_is_no_timeline():
    assert timeline_of([]) is None


def test_positions_of_no_operation_end_today():
    assert positions_of([], ["now"], 2026.5) == ([], {"now": 100})


def test_years_that_would_touch_stand_in_different_rows():
    assert rows_of([10, 30, 50]) == [0, 0, 0]
    assert rows_of([10, 19, 28, 37]) == [0, 1, 0, 1]
    assert rows_of([7, 14, 21, 28]) == [0, 1, 2, 0]
    assert rows_of([]) == []
