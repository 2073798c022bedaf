"""The body map as a drawing: to tap on in the question, to look at on the summary.

The drawing is hidden from assistive technology. In the question the checkboxes beside it are the
control, and on the summary the list of places says the same in words.
"""

from collections.abc import Callable

import reflex as rx
from reflex.vars import ArrayVar, BooleanVar, ObjectVar, StringVar

from fbss_app.content.body_map import Figure
from fbss_app.ui import words
from fbss_app.ui.art.body_figures import Layers, figures, hatched, sides, worst_mark
from fbss_app.ui.art.body_shapes import Shape, shapes
from fbss_app.ui.events import Handler, dom_event

# Where a figure leaves room for the name of a side: below the hand, beside the calf.
_SIDE_NAME_AT = (105, 500)


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
    left = rx.cond(by_helper, words.THEIR_LEFT, words.YOUR_LEFT).to(str)
    right = rx.cond(by_helper, words.THEIR_RIGHT, words.YOUR_RIGHT).to(str)

    def hit(shape: ObjectVar[Shape]) -> rx.Component:
        return rx.el.path(
            id=_shape_id(shape),
            d=shape["path"].to(str),
            on_click=dom_event(toggle(shape["code"].to(str))),
            class_name=_offered_class(shape, offered),
        )

    def region(figure: Figure, shape: ObjectVar[Shape]) -> rx.Component:
        return rx.el.svg.use(
            href=_shape_link(shape),
            on_click=dom_event(toggle(shape["code"].to(str))),
            class_name=(_region_class(shape, chosen) + _offered_class(shape, offered)).to(str),
            custom_attrs=_region_attributes(figure, shape, chosen),
        )

    def layers(figure: Figure) -> Layers:
        x, y = _SIDE_NAME_AT
        on_the_left, _, on_the_right = sides(figure, left, right)
        return Layers(
            regions=rx.fragment(
                # A wide unseen border around each region makes arms and feet easy to hit.
                rx.el.g(rx.foreach(shapes(figure), hit), class_name="body-hits"),
                rx.foreach(shapes(figure), lambda shape: region(figure, shape)),
            ),
            borders=_for_each_chosen(
                figure,
                chosen,
                lambda shape: rx.el.svg.use(
                    href=_shape_link(shape), class_name="body-chosen-border"
                ),
            ),
            marks=rx.fragment(
                rx.el.svg.text(on_the_left, x=-x, y=y, class_name="body-side"),
                rx.el.svg.text(on_the_right, x=x, y=y, class_name="body-side"),
            ),
        )

    return rx.el.div(figures(layers, left, right, tapped), class_name="body-map-to-tap")


def body_map_to_read(chosen: ArrayVar[list[str]], worst: StringVar) -> rx.Component:
    """Draw both figures with the places that hurt hatched and the worst one marked.

    Args:
        chosen: The codes of the regions that hurt.
        worst: The code of the region that hurts most; "" where none was named.

    Returns:
        The drawing with its key, side by side also on paper.
    """

    def layers(figure: Figure) -> Layers:
        return Layers(
            regions=rx.foreach(
                shapes(figure),
                lambda shape: rx.el.path(
                    d=shape["path"].to(str),
                    class_name=_region_class(shape, chosen),
                    custom_attrs=_region_attributes(figure, shape, chosen),
                ),
            ),
            borders=_for_each_chosen(
                figure,
                chosen,
                lambda shape: rx.el.path(d=shape["path"].to(str), class_name="body-chosen-border"),
            ),
            marks=rx.foreach(
                shapes(figure),
                lambda shape: rx.cond(
                    shape["code"].to(str) == worst,
                    rx.fragment(*worst_mark(shape["x"].to(str), shape["y"].to(str))),
                ),
            ),
        )

    return rx.el.div(
        figures(layers, words.LEFT, words.RIGHT), _key(worst), class_name="body-map-to-read"
    )


def _for_each_chosen(
    figure: Figure,
    chosen: ArrayVar[list[str]],
    draw: Callable[[ObjectVar[Shape]], rx.Component],
) -> rx.Component:
    return rx.foreach(
        shapes(figure),
        lambda shape: rx.cond(chosen.contains(shape["code"].to(str)), draw(shape)),
    )


def _key(worst: StringVar) -> rx.Component:
    return rx.el.p(
        _key_mark(
            rx.el.rect(
                x="-13",
                y="-9",
                width="26",
                height="18",
                class_name="body-hatched",
                custom_attrs={"fill": hatched(Figure.BACK)},
            )
        ),
        words.PAIN,
        rx.cond(worst != "", rx.fragment(_key_mark(*worst_mark("0", "0")), words.WORST_PAIN)),
        aria_hidden="true",
        class_name="body-key",
    )


def _key_mark(*marks: rx.Component) -> rx.Component:
    return rx.el.svg(*marks, view_box="-15 -14 30 28", class_name="body-key-mark")


def _region_attributes(
    figure: Figure, shape: ObjectVar[Shape], chosen: ArrayVar[list[str]]
) -> dict[str, StringVar]:
    code = shape["code"].to(str)
    fill = rx.cond(chosen.contains(code), hatched(figure), "transparent").to(str)
    return {"data-region": code, "fill": fill}


def _shape_id(shape: ObjectVar[Shape]) -> StringVar:
    return ("body-" + shape["code"].to(str)).to(str)


def _shape_link(shape: ObjectVar[Shape]) -> StringVar:
    return ("#" + _shape_id(shape)).to(str)


def _offered_class(shape: ObjectVar[Shape], offered: ArrayVar[list[str]]) -> StringVar:
    return rx.cond(offered.contains(shape["code"].to(str)), "", " body-not-offered").to(str)


def _region_class(shape: ObjectVar[Shape], chosen: ArrayVar[list[str]]) -> StringVar:
    return (
        "body-region"
        + rx.cond(shape["around_operation"].to(bool), " body-around-operation", "").to(str)
        + rx.cond(chosen.contains(shape["code"].to(str)), " body-chosen", "").to(str)
    ).to(str)
