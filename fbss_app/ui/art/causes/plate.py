"""The sheet of a cause's drawing: shapes, and the places of the words that point at them."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from fbss_app.ui.art.drawing import drawing, line

# A phone's column is as wide as a sheet, so that a unit is about a pixel there.
WIDTH = 328
_LINE_HEIGHT = 19


@dataclass(frozen=True)
class Label:
    """Where a label stands and what it points at.

    Attributes:
        x: The left or right end of its lines, or their middle, by `anchor`.
        y: The foot of its first line.
        pointer: The line from the label to what it names, as SVG path data; it ends in a dot. A
            label that stands above what it names has none.
        anchor: Which part of its lines stands at `x`.
        letters: How many letters fit on a line.
        main: Whether it names what the drawing is about.
    """

    x: int
    y: int
    pointer: str
    anchor: Literal["start", "middle", "end"] = "start"
    letters: int = 16
    main: bool = False


@dataclass(frozen=True)
class Plate:
    """A drawing of a cause.

    Attributes:
        height: The height of the sheet; all are equally wide.
        shapes: The lines and areas, in drawing order.
        labels: The places of its labels, by what they name.
        core: Left, top, width and height of the part that tells it without words.
    """

    height: int
    shapes: tuple[rx.Component, ...]
    labels: Mapping[str, Label]
    core: tuple[int, int, int, int]


def labelled(plate: Plate, words: Mapping[str, str], named_by: str) -> rx.Component:
    """Draw a plate with its labels.

    Args:
        plate: The drawing.
        words: What each label says, by what it names; one for each label of the plate.
        named_by: The ids of the elements that say what the drawing shows.

    Returns:
        The drawing.
    """
    return drawing(
        *plate.shapes,
        *(part for name in plate.labels for part in _label(plate.labels[name], words[name])),
        size=(WIDTH, plate.height),
        named_by=named_by,
    )


def small(plate: Plate) -> rx.Component:
    """Draw the core of a plate without words, as decoration."""
    x, y, width, height = plate.core
    # A sheet within the sheet cuts off what lies beyond the core.
    core = rx.el.svg(
        *plate.shapes,
        view_box=f"{x} {y} {width} {height}",
        width=str(width),
        height=str(height),
    )
    return drawing(core, size=(width, height))


def _label(label: Label, words: str) -> tuple[rx.Component, ...]:
    lines = textwrap.wrap(words, label.letters)
    pointing = (
        line(label.pointer),
        rx.el.svg.path(d=f"M{_end(label.pointer)}h0", class_name="art-dot"),
    )
    return (
        *(pointing if label.pointer else ()),
        rx.el.svg.text(
            *(
                rx.el.svg.tspan(text, x=label.x, y=label.y + number * _LINE_HEIGHT)
                for number, text in enumerate(lines)
            ),
            custom_attrs={"textAnchor": label.anchor},
            class_name="art-label art-label-main" if label.main else "art-label",
        ),
    )


def _end(pointer: str) -> str:
    """Give the last point of a line that is written in absolute coordinates."""
    return pointer[max(pointer.rfind("M"), pointer.rfind("L")) + 1 :]
