"""What is worked out from single measurements."""

import math
from collections.abc import Iterable, Sequence

# A layout shift belongs to a burst that pauses for less than this, and lasts no longer than that.
_PAUSE_MS = 1000
_BURST_MS = 5000
SHORTEST_EVENT_MS = 16.0


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` of all values do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)]


def durations_of(starts: Iterable[float], events: Sequence[tuple[float, float]]) -> list[float]:
    """Return how long the event took that began at each time.

    Args:
        starts: Times in milliseconds.
        events: When each event began, and its duration. Browsers leave out the shortest ones.
    """
    return [
        # The two clocks of a browser round differently.
        next((took for began, took in events if abs(began - start) < 1), SHORTEST_EVENT_MS)
        for start in starts
    ]


def layout_shift(shifts: Iterable[tuple[float, float]]) -> float:
    """Return the Cumulative Layout Shift as the web vitals define it: the worst burst of shifts.

    Args:
        shifts: When each shift came, in milliseconds, and its score, in the order of time.
    """
    worst = burst = 0.0
    began = last = -math.inf
    for at, score in shifts:
        if at - last >= _PAUSE_MS or at - began >= _BURST_MS:
            began, burst = at, 0.0
        burst += score
        last = at
        worst = max(worst, burst)
    return worst
