"""Figures as sentences, each beside its picture where it is known well enough to be drawn."""

from collections.abc import Callable, Sequence

import reflex as rx

from fbss_app.domain.decision_aid.figure import Against, Difference, Figure, Frequency, Spread
from fbss_app.domain.decision_aid.figure_words import FigureWords
from fbss_app.domain.decision_aid.inline import Inlines, plain_text
from fbss_app.ui.art.icon_array import icon_array

Said = Callable[[Inlines], Sequence[rx.Component | str]]


def figures(shown: Sequence[tuple[Figure, FigureWords]], said: Said) -> rx.Component:
    """Show figures that share their evidence: each with its range, and once whom they are about.

    Args:
        shown: The figures and what is said of each.
        said: Turns words with references into elements.

    Returns:
        The figures in one frame. One that is hardly known, or is no count, has no picture.
    """
    first, words = shown[0]
    none = () if isinstance(first.comparison, Against) else (" ", *said(words.comparison))
    is_noted_once = len({figure.note for figure, _ in shown}) == 1
    return rx.el.div(
        *(_figure(*each, said, is_noted=not is_noted_once) for each in shown),
        *_note(words, said, is_noted=is_noted_once),
        rx.el.p(*said(words.origin), *none, class_name="note"),
        class_name="figure",
    )


def _note(words: FigureWords, said: Said, *, is_noted: bool) -> list[rx.Component]:
    return [rx.el.p(*said(words.note), class_name="note")] if words.note and is_noted else []


def _figure(shown: Figure, words: FigureWords, said: Said, *, is_noted: bool) -> rx.Component:
    picture = against = None
    if shown.has_picture and not isinstance(shown, Difference):
        picture, against = _pictures(shown, words)
    return rx.el.div(
        _row(rx.el.p(*said(words.statement), class_name="figure-statement"), picture),
        *(
            [_row(rx.el.p(*said(words.comparison)), against)]
            if words.comparison and isinstance(shown.comparison, Against)
            else []
        ),
        rx.el.p(*said(words.uncertainty), class_name="note"),
        *_note(words, said, is_noted=is_noted),
        class_name="figure-one",
    )


def _row(sentence: rx.Component, picture: rx.Component | None) -> rx.Component:
    # First, so that the words run on beside it; it says the same as the sentence.
    pictures = [rx.el.div(picture, class_name="figure-picture")] if picture else []
    return rx.el.div(*pictures, sentence, class_name="figure-row")


def _pictures(shown: Frequency, words: FigureWords) -> tuple[rx.Component, rx.Component | None]:
    """Draw the count, and the count that it is compared with if there is one."""
    statement = plain_text(words.statement)
    if isinstance(shown, Spread):
        key = f"{shown.low} filled, up to {shown.high} with a dot"
        picture = rx.fragment(
            _array(shown, shown.low, statement, shown.high - shown.low),
            rx.el.p(key, class_name="note", aria_hidden="true"),
        )
    else:
        picture = _array(shown, shown.n, statement)
    against = shown.comparison
    if not isinstance(against, Against) or against.n is None or shown.extra:
        return picture, None
    return picture, _array(shown, against.n, plain_text(words.comparison))


def _array(shown: Frequency, count: int, name: str, perhaps: int = 0) -> rx.Component:
    return icon_array(count, denominator=shown.denominator, name=name, perhaps=perhaps)
