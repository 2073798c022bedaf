"""Says how many were found, where counting may have stopped early. Knows nothing of Reflex."""

from __future__ import annotations


def tab_count(count: int, counted_to: int | None) -> str:
    """Write how many stand behind a tab, in as little room as a tab has.

    Args:
        count: How many were counted.
        counted_to: Beyond this nobody counted; None where all were.
    """
    if counted_to is not None and count > counted_to:
        return f"{counted_to:,}+"
    return f"{count:,}"


def found_words(total: int, counted_to: int | None, one: str, *, is_search: bool) -> str:
    """Say in a sentence how many there are.

    Args:
        total: How many were counted.
        counted_to: Beyond this nobody counted; None where all were.
        one: What one of them is called.
        is_search: Whether somebody looked for something.
    """
    if counted_to is not None and total > counted_to:
        return (
            f"More than {counted_to:,} {one}s found, of which the first {counted_to:,} are shown. "
            "More letters find fewer."
        )
    said = f"1 {one}" if total == 1 else f"{total:,} {one}s"
    return f"{said} found" if is_search else said
