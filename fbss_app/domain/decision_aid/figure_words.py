"""Says a figure in sentences, in the same order and with the same words for every figure."""

from dataclasses import dataclass

from fbss_app.domain.decision_aid.certainty import Certainty
from fbss_app.domain.decision_aid.figure import (
    NOT_SEEN,
    Against,
    Difference,
    Frequency,
    Share,
    Spread,
)
from fbss_app.domain.decision_aid.figure_range import NoRange, SampleRange
from fbss_app.domain.decision_aid.inline import Inlines, SourceReference, Strong, Text

_CERTAINTY = {
    Certainty.HIGH: "high",
    Certainty.MODERATE: "moderate",
    Certainty.LOW: "low",
    Certainty.VERY_LOW: "very low",
}
_RATED_BY = {"review": "rated in the review", "us": "our own judgement"}


@dataclass(frozen=True)
class FigureWords:
    """The sentences of a figure.

    Attributes:
        statement: What happened to how many, and to how many it did not.
        comparison: The same where people had something else, or why there is no such group.
        uncertainty: The range and where it comes from, and that the time is not known.
        origin: Whom it is about, how sure it is, and the sources.
        note: What else must stand beside it; empty if nothing.
    """

    statement: Inlines
    comparison: Inlines
    uncertainty: Inlines
    origin: Inlines
    note: Inlines | None

    @property
    def paragraphs(self) -> tuple[Inlines, ...]:
        """All that is said, in the order of reading; a comparison may be part of the statement."""
        parts = (self.statement, self.comparison, self.uncertainty, self.origin, self.note)
        return tuple(part for part in parts if part)


def figure_words(figure: Frequency | Difference) -> FigureWords:
    """Say a figure in sentences."""
    if isinstance(figure, Difference):
        statement, comparison = _difference(figure), ()
    else:
        statement, comparison = _frequency(figure), _comparison(figure)
    return FigureWords(
        statement=(*_warning(figure), *statement),
        comparison=comparison,
        uncertainty=(Text(text=f"{_uncertainty(figure)}{_unknown_time(figure)}"),),
        origin=(
            Text(
                text=f"From {figure.population}. How sure we are: {_CERTAINTY[figure.certainty]} "
                f"({_RATED_BY[figure.rated_by]}). "
            ),
            *(SourceReference(source_id=source) for source in figure.sources),
        ),
        note=(Text(text=figure.note),) if figure.note else None,
    )


def counted(figure: Frequency) -> str:
    """Name the count of a figure: `48 out of 100`, `7 to 16 out of 100`."""
    number = str(figure.n) if isinstance(figure, Share) else _span(figure.low, figure.high)
    more = " more" if figure.extra else ""
    return f"{number}{more} out of {_spaced(figure.denominator)}"


def _warning(figure: Frequency | Difference) -> Inlines:
    if figure.certainty is not Certainty.VERY_LOW:
        return ()
    return (Text(text="We do not know this well. This is what was seen. "),)


def _unknown_time(figure: Frequency | Difference) -> str:
    return " We could not see over what time." if figure.horizon == NOT_SEEN else ""


def _opening(horizon: str) -> Inlines:
    return () if horizon == NOT_SEEN else (Text(text=f"{_capital(horizon)}, "),)


def _frequency(figure: Frequency) -> Inlines:
    group = f" {figure.group}" if figure.group else ""
    than = ""
    if figure.extra and isinstance(figure.comparison, Against):
        than = f" than {figure.comparison.label}"
    opening = "For the other " if figure.extra else ""
    comma = "," if figure.extra else ""
    return (
        *_opening(figure.horizon),
        Strong(text=f"{counted(figure)} {figure.unit}"),
        Text(
            text=f"{group} {figure.outcome}{than}. "
            f"{opening}{_others(figure)}{comma} {figure.otherwise}."
        ),
    )


def _others(figure: Frequency) -> str:
    whole = figure.denominator
    if isinstance(figure, Share):
        return _spaced(whole - figure.n)
    return _span(whole - figure.high, whole - figure.low)


def _comparison(figure: Frequency) -> Inlines:
    against = figure.comparison
    if not isinstance(against, Against):
        return (Text(text=against.none),)
    if figure.extra or against.n is None:
        return ()
    others = figure.denominator - against.n
    return (
        Text(
            text=f"{_capital(against.label)}, {against.n} {against.does} "
            f"and {others} {figure.otherwise}."
        ),
    )


def _difference(figure: Difference) -> Inlines:
    against = figure.comparison
    label = against.label if isinstance(against, Against) else against.none
    low, high = figure.scale
    matters = ""
    if figure.matters_from:
        least = figure.matters_from
        matters = f" The review counts a change of {least} points or more as one that matters."
    measure = figure.measure if _opening(figure.horizon) else _capital(figure.measure)
    return (
        *_opening(figure.horizon),
        Text(text=f"{measure} was about "),
        Strong(text=f"{figure.points} point{'s' if figure.points > 1 else ''} {figure.direction}"),
        Text(text=f" than {label}. The scale runs from {low} to {_spaced(high)}.{matters}"),
    )


def _uncertainty(figure: Frequency | Difference) -> str:
    if isinstance(figure.range, NoRange):
        return f"We cannot give a range: what we read {figure.range.source}."
    if isinstance(figure, Spread):
        return f"These are the lowest and the highest of {figure.of}."
    if figure.range.kind == "studies":
        return f"Studies differ, from {figure.low} to {figure.high}."
    best = figure.n if isinstance(figure, Share) else figure.points
    about = own = ""
    if isinstance(figure.range, SampleRange):
        about = "about " if figure.range.about else ""
        own = " (our own sum)"
    return f"Our best estimate is {best}. It could be {about}{figure.low} to {figure.high}{own}."


def _span(low: int, high: int) -> str:
    return _spaced(low) if low == high else f"{_spaced(low)} to {_spaced(high)}"


def _spaced(number: int) -> str:
    return f"{number:,}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
