"""Turns a clinic's numbers into what the page shows: words, tables and charts of the same values.

Knows nothing of Reflex.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fbss_app.clinic.dashboard.period import short_month
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.services.clinic.dashboard import (
    FEWEST_FOR_A_MEAN,
    Dashboard,
    MonthMean,
    ScoreOverTime,
)

NOTHING = "\N{EN DASH}"
HIDDEN = "Hidden"
MEANS_ARE_HIDDEN = (
    f"A mean of fewer than {FEWEST_FOR_A_MEAN} people is hidden: it would be close to what one "
    "person answered. It is a gap in the chart."
)
NOTHING_TO_DRAW = f"No chart: in no month did {FEWEST_FOR_A_MEAN} people or more send it."


@dataclass
class FigureView:
    """One number for the whole time."""

    label: str
    value: str


@dataclass
class MonthView:
    """What happened in a month."""

    month: str
    invited: int
    opened: int
    sent: int
    reviewed: int


@dataclass
class MeanView:
    """The mean of a score in a month."""

    month: str
    mean: str
    people: int


@dataclass
class ScoreView:
    """A score over time: the rows of its table, and the same values as points of its chart.

    Attributes:
        is_drawn: Some month has a mean that may be shown.
    """

    title: str
    scale: str
    domain: list[Any]
    ticks: list[float]
    rows: list[MeanView]
    points: list[dict[str, Any]]
    is_drawn: bool


@dataclass
class DashboardView:
    """The page.

    Attributes:
        is_empty: Nothing happened in the time.
        hides_means: Some mean is of too few people.
        width: How wide the charts are at least, so that many months stay apart.
    """

    figures: list[FigureView]
    months: list[MonthView]
    points: list[dict[str, Any]]
    scores: list[ScoreView]
    is_empty: bool
    hides_means: bool
    width: str


def dashboard_view(
    found: Dashboard, definitions: Mapping[tuple[str, str], Questionnaire]
) -> DashboardView:
    """Put the numbers of a time into words, tables and points.

    Args:
        found: The numbers.
        definitions: Where the scales of the scores are from.
    """
    bounds = {
        score.name: (score.minimum, score.maximum)
        for definition in definitions.values()
        for score in definition.score
    }
    # A score that nobody answered in the time has nothing to show.
    scores = [each for each in found.scores if any(month.people for month in each.months)]
    counted = (found.invited, found.opened, found.sent, found.reviewed)
    return DashboardView(
        figures=[
            FigureView("Invited", str(found.invited)),
            FigureView("Opened the link", str(found.opened)),
            FigureView("Sent answers", str(found.sent)),
            FigureView("Reviewed", str(found.reviewed)),
            FigureView("Half were sent within", _minutes(found.median_minutes)),
        ],
        months=[
            MonthView(short_month(each.month), each.invited, each.opened, each.sent, each.reviewed)
            for each in found.months
        ],
        points=[
            {
                "month": short_month(each.month),
                "invited": each.invited,
                "opened": each.opened,
                "sent": each.sent,
                "reviewed": each.reviewed,
            }
            for each in found.months
        ],
        scores=[_score(each, *bounds.get(each.name, (None, None))) for each in scores],
        is_empty=not any(counted),
        hides_means=any(
            0 < month.people < FEWEST_FOR_A_MEAN for each in scores for month in each.months
        ),
        width=f"{1.5 * len(found.months):g}rem",
    )


def _minutes(minutes: float | None) -> str:
    if minutes is None:
        return NOTHING
    rounded = round(minutes)
    return "1 minute" if rounded == 1 else f"{rounded} minutes"


def _score(score: ScoreOverTime, least: float | None, most: float | None) -> ScoreView:
    bounded = least is not None and most is not None
    return ScoreView(
        score.title,
        f"The scale goes from {least:g} to {most:g}." if bounded else "",
        [least or 0, "auto" if most is None else most],
        _ticks(least, most),
        [MeanView(short_month(each.month), _mean(each), each.people) for each in score.months],
        [{"month": short_month(each.month), "mean": _rounded(each.mean)} for each in score.months],
        any(each.mean is not None for each in score.months),
    )


def _ticks(least: float | None, most: float | None) -> list[float]:
    """Give the ends of a scale and its middle; empty where the chart must choose."""
    return [] if least is None or most is None else [least, (least + most) / 2, most]


def _mean(month: MonthMean) -> str:
    if not month.people:
        return NOTHING
    return HIDDEN if month.mean is None else f"{_rounded(month.mean):.1f}"


def _rounded(mean: float | None) -> float | None:
    return None if mean is None else round(mean, 1)
