import pytest

from tests.bench.sums import durations_of, layout_shift, percentile


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7], 95, 7),
        (range(1, 101), 95, 95),
        (range(20, 0, -1), 95, 19),
        ([1, 2, 3], 100, 3),
        ([1, 2, 3], 0, 1),
    ],
)
def test_percentile_is_the_nearest_rank(values, percent, expected):
    assert percentile(values, percent) == expected


def test_durations_are_those_of_the_named_events():
    assert durations_of([10.1, 30.0], [(10.6, 48), (20, 24), (30, 32)]) == [48, 32]


def test_event_too_short_for_the_browser_counts_as_the_shortest():
    assert durations_of([10.0], [(20, 24)]) == [16]


def test_no_shift_scores_nothing():
    assert layout_shift([]) == 0


def test_shifts_in_one_burst_add_up():
    assert layout_shift([(0, 0.01), (900, 0.02)]) == pytest.approx(0.03)


def test_worst_burst_counts_after_a_pause():
    assert layout_shift([(0, 0.01), (1000, 0.02), (3000, 0.005)]) == pytest.approx(0.02)


def test_burst_ends_after_five_seconds():
    shifts = [(at, 0.01) for at in range(0, 6300, 900)]

    assert layout_shift(shifts) == pytest.approx(0.06)
