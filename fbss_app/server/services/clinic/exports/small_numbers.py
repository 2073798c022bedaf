"""Hides small numbers in tables of counts, so that nobody can be found in them.

A count of 1 to 10 is never shown, any other is rounded to 5. Where a hidden one could be worked
out from the others and their total, more are hidden, and in the last resort the whole table.
"""

from collections.abc import Sequence

SMALLEST_SHOWN = 11
FEWER = f"fewer than {SMALLEST_SHOWN}"
HIDDEN = "hidden"
_ROUNDED_TO = 5
# Two hidden counts of which either could be small leave enough open only from this sum on.
_LEAST_HIDDEN_SUM = 2 * SMALLEST_SHOWN


def shown(count: int) -> str:
    """Write one count that stands alone."""
    if 0 < count < SMALLEST_SHOWN:
        return FEWER
    return str(_rounded(count))


def shown_parts(counts: Sequence[int]) -> list[str]:
    """Write the parts of a whole whose size is shown too.

    Args:
        counts: How many there are in each part; nobody is in two of them.
    """
    small = [place for place, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN]
    if not small:
        return [str(_rounded(count)) for count in counts]
    if len(small) > 1:
        return [shown(count) for count in counts]
    # The smallest of the others goes too, then the next: all are called the same, so that it does
    # not show which of them is the small one.
    hidden = set(small)
    others = sorted(
        (place for place, count in enumerate(counts) if count >= SMALLEST_SHOWN),
        key=lambda place: (counts[place], place),
    )
    for place in others:
        hidden.add(place)
        if sum(counts[each] for each in hidden) >= _LEAST_HIDDEN_SUM:
            return [
                HIDDEN if at in hidden else str(_rounded(count)) for at, count in enumerate(counts)
            ]
    return [HIDDEN] * len(counts)


def _rounded(count: int) -> int:
    return _ROUNDED_TO * ((count + _ROUNDED_TO // 2) // _ROUNDED_TO)
