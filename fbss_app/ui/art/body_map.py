"""The body map as a drawing: to tap on in the question, to look at on the summary.

The drawing is hidden from assistive technology. In the question the checkboxes beside it are the
control, and on the summary the list of places says the same in words.
"""

import json
from collections.abc import Callable
from typing import TypedDict

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import ArrayVar, BooleanVar, ObjectVar, StringVar, VarData

from fbss_app.content.body_map import DRAWINGS, SHEET, Drawing, Figure
from fbss_app.ui import words
from fbss_app.ui.events import Handler, dom_event

# The module that the drawings import; the build writes `shapes_source` to it.
SHAPES_MODULE = "art/body_map"


class _Shape(TypedDict):
    code: str
    path: str
    x: float
    y: float


def body_map_to_tap(
    chosen: ArrayVar[list[str]],
    offered: ArrayVar[list[str]],
    toggle: Callable[[StringVar], Handler],
    by_helper: BooleanVar,
    tapped: Callable[[Figure], StringVar],
) -> rx.Component:
    """Draw both figures, with every region a place to tap.

    Args:
        chosen: The codes of the regions chosen so far.
        offered: The codes of the regions that can be chosen; the others take no taps.
        toggle: Gives the handler that chooses a region or takes it back.
        by_helper: Whether the sides are those of somebody else.
        tapped: Gives the name of the place tapped last on a figure; "" where there is none.

    Returns:
        The drawing: one figure below the other on a phone, side by side where there is room.
    """

    def regions(figure: Figure) -> rx.Component:
        shapes = _shapes(figure)
        return rx.fragment(
            # A wide unseen border around each region makes arms and feet easy to hit.
            rx.el.g(
                rx.foreach(
                    shapes,
                    lambda shape: rx.el.path(
                        id=_shape_id(shape),
                        d=shape["path"].to(str),
                        on_click=dom_event(toggle(shape["code"].to(str))),
                        class_name=_offered_class("body-hit", shape, offered),
                    ),
                ),
                class_name="body-hits",
            ),
            rx.foreach(
                shapes,
                lambda shape: rx.el.svg.use(
                    href=("#" + _shape_id(shape)).to(str),
                    on_click=dom_event(toggle(shape["code"].to(str))),
                    class_name=_chosen_class(
                        _offered_class("body-region", shape, offered), shape, chosen
                    ),
                    custom_attrs=_region_attributes(figure, shape, chosen),
                ),
            ),
        )

    left = rx.cond(by_helper, words.THEIR_LEFT, words.YOUR_LEFT).to(str)
    right = rx.cond(by_helper, words.THEIR_RIGHT, words.YOUR_RIGHT).to(str)
    return rx.el.div(_figures(regions, left, right, tapped), class_name="body-map-to-tap")


def body_map_to_read(chosen: ArrayVar[list[str]], worst: StringVar) -> rx.Component:
    """Draw both figures with the places that hurt hatched and the worst one marked.

    Args:
        chosen: The codes of the regions that hurt.
        worst: The code of the region that hurts most; "" where none was named.

    Returns:
        The drawing with its key, side by side also on paper.
    """

    def regions(figure: Figure) -> rx.Component:
        shapes = _shapes(figure)
        return rx.fragment(
            rx.foreach(
                shapes,
                lambda shape: rx.el.path(
                    d=shape["path"].to(str),
                    class_name=_chosen_class(rx.Var.create("body-region"), shape, chosen),
                    custom_attrs=_region_attributes(figure, shape, chosen),
                ),
            ),
            rx.foreach(
                shapes,
                lambda shape: rx.cond(
                    shape["code"].to(str) == worst,
                    rx.fragment(*_worst_mark(shape["x"].to(str), shape["y"].to(str))),
                ),
            ),
        )

    return rx.el.div(
        _figures(regions, words.LEFT, words.RIGHT),
        rx.el.p(
            _key_mark(
                rx.el.rect(
                    x="-13",
                    y="-9",
                    width="26",
                    height="18",
                    class_name="body-hatched",
                    custom_attrs={"fill": _hatched(Figure.BACK)},
                )
            ),
            words.PAIN,
            rx.cond(
                worst != "",
                rx.fragment(_key_mark(*_worst_mark("0", "0")), words.WORST_PAIN),
            ),
            aria_hidden="true",
            class_name="body-key",
        ),
        class_name="body-map-to-read",
    )


def _figures(
    regions: Callable[[Figure], rx.Component],
    left: StringVar | str,
    right: StringVar | str,
    tapped: Callable[[Figure], StringVar] | None = None,
) -> rx.Component:
    sides = {
        Figure.BACK: (left, words.BODY_BACK, right),
        Figure.FRONT: (right, words.BODY_FRONT, left),
    }

    def figure_of(figure: Figure) -> rx.Component:
        # On a phone a figure is higher than the screen: its ends are rarely both in sight.
        name = rx.el.p(tapped(figure), class_name="body-tapped") if tapped else rx.fragment()
        return rx.el.div(
            _title(*sides[figure]),
            name,
            _svg(figure, DRAWINGS[figure], regions(figure)),
            name,
            class_name=f"body-figure body-{figure}",
        )

    return rx.el.div(
        *(figure_of(figure) for figure in DRAWINGS), aria_hidden="true", class_name="body-map"
    )


def _title(left: StringVar | str, title: str, right: StringVar | str) -> rx.Component:
    return rx.el.div(
        rx.el.span(left), rx.el.strong(title), rx.el.span(right), class_name="body-title"
    )


def _svg(figure: Figure, drawing: Drawing, regions: rx.Component) -> rx.Component:
    width, height = SHEET
    return rx.el.svg(
        rx.el.defs(_hatch(figure)),
        rx.el.path(d=drawing.outline, class_name="body-skin"),
        regions,
        rx.el.path(d=drawing.details, class_name="body-details"),
        rx.el.path(d=drawing.outline, class_name="body-outline"),
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


def _worst_mark(x: StringVar | str, y: StringVar | str) -> tuple[rx.Component, rx.Component]:
    return (
        rx.el.circle(cx=x, cy=y, r="10", class_name="body-worst-ring"),
        rx.el.circle(cx=x, cy=y, r="4.5", class_name="body-worst-dot"),
    )


def _key_mark(*shapes: rx.Component) -> rx.Component:
    return rx.el.svg(*shapes, view_box="-15 -13 30 26", class_name="body-key-mark")


def _region_attributes(
    figure: Figure, shape: ObjectVar[_Shape], chosen: ArrayVar[list[str]]
) -> dict[str, StringVar]:
    code = shape["code"].to(str)
    hatched = rx.cond(chosen.contains(code), _hatched(figure), "transparent").to(str)
    return {"data-region": code, "fill": hatched}


def _hatched(figure: Figure) -> str:
    return f"url(#{_hatch_id(figure)})"


def _hatch_id(figure: Figure) -> str:
    return f"body-hatch-{figure}"


def _shapes(figure: Figure) -> ArrayVar[list[_Shape]]:
    data = VarData(imports={f"$/{SHAPES_MODULE}": [ImportVar(tag=_shapes_name(figure))]})
    return rx.Var(_shapes_name(figure), _var_data=data).to(list[_Shape])


def _shapes_name(figure: Figure) -> str:
    return f"body_{figure}"


def shapes_source() -> str:
    """Write the ES module with the regions of both figures, which every drawing of them shares."""
    exports: list[str] = []
    for figure, drawing in DRAWINGS.items():
        shapes = [
            _Shape(
                code=region.code,
                path=region.path,
                x=round(region.centre[0], 1),
                y=round(region.centre[1], 1),
            )
            for region in drawing.regions
        ]
        exports.append(f"export const {_shapes_name(figure)} = {json.dumps(shapes)};\n")
    return "".join(exports)


def _shape_id(shape: ObjectVar[_Shape]) -> StringVar:
    return ("body-" + shape["code"].to(str)).to(str)


def _offered_class(name: str, shape: ObjectVar[_Shape], offered: ArrayVar[list[str]]) -> StringVar:
    return rx.cond(offered.contains(shape["code"].to(str)), name, f"{name} body-not-offered").to(
        str
    )


def _chosen_class(
    name: StringVar, shape: ObjectVar[_Shape], chosen: ArrayVar[list[str]]
) -> StringVar:
    return rx.cond(
        chosen.contains(shape["code"].to(str)), (name + " body-chosen").to(str), name
    ).to(str)
