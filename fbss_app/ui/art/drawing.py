"""The sheet every drawing is made on: two line weights, one tint, colours from the theme."""

from typing import Any

import reflex as rx


def drawing(
    *shapes: rx.Component,
    size: tuple[int, int],
    origin: tuple[int, int] = (0, 0),
    title: str = "",
    named_by: str = "",
) -> rx.Component:
    """Put shapes on a sheet that grows with its column.

    Args:
        *shapes: The lines and areas, in drawing order.
        size: Width and height of the sheet in its own units.
        origin: The left upper corner of the sheet.
        title: What the drawing shows; without one it is only decoration.
        named_by: The ids of the elements that say what it shows, in place of a title.

    Returns:
        The drawing.
    """
    width, height = size
    meaning: dict[str, Any] = {"aria_hidden": "true"}
    if title:
        meaning = {"role": "img", "aria_label": title}
    elif named_by:
        meaning = {"role": "img", "aria_labelledby": named_by}
    return rx.el.svg(
        *shapes,
        view_box=f"{origin[0]} {origin[1]} {width} {height}",
        custom_attrs={"focusable": "false"},
        class_name="art",
        **meaning,
    )


def line(path: str, *, bold: bool = False, accent: bool = False) -> rx.Component:
    """Draw a line in one of the two weights."""
    return rx.el.path(d=path, class_name=_weight(bold) + (" art-accent" if accent else ""))


def area(path: str, *, tinted: bool = True, bold: bool = True) -> rx.Component:
    """Draw a closed shape, filled with the tint or with paper."""
    return rx.el.path(d=path, class_name=f"{_weight(bold)} {_fill(tinted)}")


def box(
    x: int,
    y: int,
    width: int,
    height: int,
    *,
    corner: int,
    tinted: bool = False,
    bold: bool = True,
    filled: bool = True,
) -> rx.Component:
    """Draw a rectangle with round corners, filled with the tint or with paper, or a mere frame."""
    return rx.el.rect(
        x=str(x),
        y=str(y),
        width=str(width),
        height=str(height),
        rx=str(corner),
        class_name=f"{_weight(bold)} {_fill(tinted)}" if filled else _weight(bold),
    )


def _weight(bold: bool) -> str:
    return "art-bold" if bold else "art-fine"


def _fill(tinted: bool) -> str:
    return "art-tint" if tinted else "art-paper"
