import pytest
from pydantic import ValidationError

from fbss_app.domain.decision_aid.figure_range import wilson_range
from tests.domain.decision_aid.figures import NO_RANGE, difference, share, spread

EVIDENCE = [
    "id",
    "range",
    "horizon",
    "population",
    "comparison",
    "certainty",
    "rated_by",
    "sources",
    "reviewed_on",
]
FREQUENCY = ["unit", "outcome", "otherwise", "denominator", "low", "high"]


@pytest.mark.parametrize("part", [*EVIDENCE, *FREQUENCY, "n"])
def test_share_lacks_no_part(part):
    parts = share().model_dump(mode="json", exclude_none=True)
    del parts[part]
    with pytest.raises(ValidationError) as caught:
        type(share()).model_validate(parts)
    assert part in str(caught.value)


@pytest.mark.parametrize("part", [*EVIDENCE, *FREQUENCY])
def test_spread_lacks_no_part(part):
    parts = spread().model_dump(mode="json", exclude_none=True)
    del parts[part]
    with pytest.raises(ValidationError):
        type(spread()).model_validate(parts)


@pytest.mark.parametrize("part", [*EVIDENCE, "measure", "points", "direction", "scale"])
def test_difference_lacks_no_part(part):
    parts = difference().model_dump(mode="json", exclude_none=True)
    del parts[part]
    with pytest.raises(ValidationError):
        type(difference()).model_validate(parts)


@pytest.mark.parametrize(
    ("make", "changes", "problem"),
    [
        (share, {"n": 80}, "between low and high"),
        (share, {"low": 70}, "not in this order"),
        (share, {"high": 61}, "is 34 to 62"),
        (share, {"denominator": 50}, "100"),
        (share, {"range": NO_RANGE["range"]}, "low and high"),
        (share, {**NO_RANGE, "range": {"kind": "none"}}, "source"),
        (share, {**NO_RANGE, "range": {"kind": "none", "source": ""}}, "does not"),
        (share, {**NO_RANGE, "range": {"kind": "none", "source": "not known"}}, "does not"),
        (spread, {"range": NO_RANGE["range"]}, "that of several studies"),
        (share, {"comparison": {"label": "before", "n": 101}}, "larger than the denominator"),
        (share, {"sources": []}, "at least 1"),
        (share, {"certainty": "mixed"}, "not a mixed one"),
        (share, {"low": None, "high": None}, "low and high"),
        (spread, {"low": 101, "high": 102}, "not in this order"),
        (spread, {"range": {"kind": "reported"}}, "that of several studies"),
        (spread, {"extra": True}, "more than"),
        (difference, {"low": None}, "low and high"),
        (difference, {"range": NO_RANGE["range"]}, "low and high"),
        (difference, {"points": 6}, "between low and high"),
        (difference, {"range": {"kind": "sample", "people": 5}}, "does not give the range"),
        (difference, {"scale": [0, 2]}, "larger than the scale"),
        (difference, {"comparison": {"none": "There was no other group."}}, "differs from"),
    ],
)
def test_figure_that_contradicts_itself_is_refused(make, changes, problem):
    with pytest.raises(ValidationError, match=problem):
        make(**changes)


@pytest.mark.parametrize(
    ("n", "people", "bounds"),
    [
        # Newcombe 1998 (Stat Med 17:857), Wilson without continuity correction, out of 100:
        # 81 of 263 gives 25.5 to 36.6, 15 of 148 gives 6.2 to 16.0, 0 of 20 gives 0 to 16.1.
        (31, 263, (25, 37)),
        (10, 148, (6, 16)),
        (0, 20, (0, 17)),
        (100, 29, (88, 100)),
    ],
)
def test_range_of_a_count_is_wilsons_rounded_outwards(n, people, bounds):
    assert wilson_range(n, 100, people) == bounds


def test_figure_hardly_known_has_no_picture():
    assert share().has_picture
    assert not share(certainty="very-low").has_picture


def test_count_without_a_range_has_no_picture():
    assert not share(**NO_RANGE).has_picture
