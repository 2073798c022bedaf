"""A figure as sentences and, where it is known well enough, as a picture."""

from collections.abc import Callable, Sequence

import reflex as rx

from fbss_app.domain.decision_aid.figure import Against, Difference, Figure, Frequency, Share
from fbss_app.domain.decision_aid.figure_words import counted, figure_words
from fbss_app.domain.decision_aid.inline import Inlines, plain_text
from fbss_app.ui.art.icon_array import icon_array

Said = Callable[[Inlines], Sequence[rx.Component | str]]


def figure(shown: Figure, said: Said) -> rx.Component:
    """Show a figure: how many and how many not, the picture, the range, whom it is about.

    Args:
        shown: The figure.
        said: Turns words with references into elements.

    Returns:
        The figure. One that is hardly known, or is no count, has no picture.
    """
    words = figure_words(shown)
    pictures = []
    if shown.has_picture and not isinstance(shown, Difference):
        pictures = [_pictures(shown, plain_text(words.statement), plain_text(words.comparison))]
    return rx.el.div(
        rx.el.p(*said(words.statement), class_name="figure-statement"),
        *([rx.el.p(*said(words.comparison))] if words.comparison else []),
        *pictures,
        rx.el.p(*said(words.uncertainty), " ", *said(words.origin), class_name="note"),
        *([rx.el.p(*said(words.note), class_name="note")] if words.note else []),
        class_name="figure",
    )


def _pictures(shown: Frequency, statement: str, comparison: str) -> rx.Component:
    whole = f"out of {shown.denominator:,}"
    if isinstance(shown, Share):
        sure, perhaps, count = shown.n, 0, counted(shown)
    else:
        sure, perhaps = shown.low, shown.high - shown.low
        count = f"{shown.low} (filled) to {shown.high} (with a dot) {whole}"
    label = f"{shown.group}: {count}" if shown.group else count
    arrays = [_array(shown, sure, label, statement, perhaps)]
    against = shown.comparison
    if isinstance(against, Against) and against.n is not None and not shown.extra:
        arrays.append(_array(shown, against.n, f"{against.label}: {against.n} {whole}", comparison))
    return rx.el.div(*arrays, class_name="figure-arrays")


def _array(shown: Frequency, count: int, label: str, name: str, perhaps: int = 0) -> rx.Component:
    return rx.el.div(
        icon_array(count, denominator=shown.denominator, name=name, perhaps=perhaps),
        rx.el.p(label[:1].upper() + label[1:], class_name="figure-label", aria_hidden="true"),
        class_name="figure-array",
    )
