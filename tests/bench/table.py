"""The table of figures: what was measured beside what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("what", "measured", "budget", "")


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Attributes:
        what: What was measured, and how where that matters.
        measured: The figure with its unit.
        budget: What is allowed; empty where nothing was agreed.
        within: Whether the figure keeps to its budget; None where there is none, or no figure.
    """

    what: str
    measured: str
    budget: str = ""
    within: bool | None = None


def at_most(what: str, value: float, limit: float, unit: str = "", decimals: int = 0) -> Figure:
    def show(number: float) -> str:
        return f"{number:.{decimals}f} {unit}".rstrip()

    budget = f"{show(limit)} or less" if limit else "none"
    return Figure(what, show(value), budget, value <= limit)


def not_measured(what: str, reason: str, budget: str = "") -> Figure:
    return Figure(what, f"not measured: {reason}", budget)


def kilobytes(count: int) -> float:
    return count / 1000


def is_over(figures: Iterable[Figure]) -> bool:
    return any(figure.within is False for figure in figures)


def as_table(figures: Iterable[Figure]) -> str:
    verdicts = {True: "ok", False: "OVER", None: ""}
    rows = [HEADINGS, *((f.what, f.measured, f.budget, verdicts[f.within]) for f in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(" |")
        for row in rows
    )
