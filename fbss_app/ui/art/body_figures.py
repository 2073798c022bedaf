"""What every drawing of the body map has in common: two figures, their sides and their hatching."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex.vars import StringVar

from fbss_app.content.body_map import DRAWINGS, SHEET, Figure
from fbss_app.ui import words


@dataclass(frozen=True, slots=True)
class Layers:
    """What is drawn of each region: below the fine lines, above them, and above the outline."""

    regions: rx.Component
    borders: rx.Component
    marks: rx.Component


def figures(
    layers: Callable[[Figure], Layers],
    left: StringVar | str,
    right: StringVar | str,
    tapped: Callable[[Figure], StringVar] | None = None,
) -> rx.Component:
    """Draw both figures with their titles, hidden from assistive technology.

    Args:
        layers: Gives what is drawn of the regions of a figure.
        left: The words for the person's left side.
        right: The words for the person's right side.
        tapped: Gives what stands above and below a figure; without it, nothing does.
    """

    def figure_of(figure: Figure) -> rx.Component:
        # On a phone a figure is higher than the screen: its ends are rarely both in sight.
        name = rx.el.p(tapped(figure), class_name="body-tapped") if tapped else rx.fragment()
        return rx.el.div(
            _title(*sides(figure, left, right)),
            name,
            _svg(figure, layers(figure)),
            name,
            class_name=f"body-figure body-{figure}",
        )

    return rx.el.div(
        *(figure_of(figure) for figure in DRAWINGS), aria_hidden="true", class_name="body-map"
    )


def sides(
    figure: Figure, left: StringVar | str, right: StringVar | str
) -> tuple[StringVar | str, str, StringVar | str]:
    """Give the words over a figure as the viewer reads them; from the front the sides change."""
    if figure is Figure.BACK:
        return left, words.BODY_BACK, right
    return right, words.BODY_FRONT, left


def _title(left: StringVar | str, title: str, right: StringVar | str) -> rx.Component:
    return rx.el.div(
        rx.el.span(left), rx.el.strong(title), rx.el.span(right), class_name="body-title"
    )


def _svg(figure: Figure, layers: Layers) -> rx.Component:
    width, height = SHEET
    drawing = DRAWINGS[figure]
    return rx.el.svg(
        rx.el.defs(_hatch(figure)),
        rx.el.path(d=drawing.outline, class_name="body-skin"),
        layers.regions,
        rx.el.path(d=drawing.details, class_name="body-details"),
        layers.borders,
        rx.el.path(d=drawing.outline, class_name="body-outline"),
        layers.marks,
        view_box=f"{-width / 2:g} 0 {width} {height}",
        custom_attrs={"focusable": "false"},
    )


def _hatch(figure: Figure) -> rx.Component:
    return rx.el.svg.pattern(
        rx.el.rect(width="7", height="7", class_name="body-hatch-ground"),
        rx.el.path(d="M1 0V7", class_name="body-hatch-line"),
        id=rx.Var.create(_hatch_id(figure)),
        width="7",
        height="7",
        pattern_units="userSpaceOnUse",
        pattern_transform="rotate(45)",
    )


def worst_mark(x: StringVar | str, y: StringVar | str) -> tuple[rx.Component, rx.Component]:
    """Mark the place that hurts most: a ring with a dot, round its middle."""
    return (
        rx.el.circle(cx=x, cy=y, r="12", class_name="body-worst-ring"),
        rx.el.circle(cx=x, cy=y, r="5.5", class_name="body-worst-dot"),
    )


def hatched(figure: Figure) -> str:
    """Give the fill of a chosen region. The hatching is that of the figure, which must be there."""
    return f"url(#{_hatch_id(figure)})"


def _hatch_id(figure: Figure) -> str:
    return f"body-hatch-{figure}"
