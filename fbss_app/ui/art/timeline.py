"""Operations along a line of time, and the strength of pain above it.

The drawing is hidden from assistive technology: the sentences beside it say the same. Back and leg
pain differ by line and mark, not by colour, so that it can be read on any paper.
"""

from typing import Any, TypedDict

import reflex as rx
from reflex.vars import ObjectVar, StringVar

_LEFT, _RIGHT = 34, 301
_SCALE = {"10": 30, "5": 63, "0": 96}
_AXIS = 103


class Point(TypedDict):
    """A number of pain; `textY` is where the number itself stands."""

    x: float
    y: float
    textY: float
    value: str


class Operation(TypedDict):
    """An operation on the line; `yearY` is where its year stands."""

    number: str
    year: str
    x: float
    yearY: float


class Moment(TypedDict):
    """A word over the numbers of pain: before, best, now."""

    word: str
    x: float


class Drawing(TypedDict):
    """All places on the sheet, as `timeline_drawing.js` finds them."""

    isDrawn: bool
    sheet: str
    operations: list[Operation]
    moments: list[Moment]
    back: list[Point]
    leg: list[Point]
    backLine: str
    legLine: str
    sentences: list[str]
    note: str


def timeline(drawing: ObjectVar[Drawing]) -> rx.Component:
    """Draw a timeline.

    Args:
        drawing: Where everything goes.

    Returns:
        The drawing with its key.
    """
    back = drawing["back"].to(list[dict[str, Any]])
    leg = drawing["leg"].to(list[dict[str, Any]])
    has_pain = drawing["moments"].to(list[Any]).length() > 0
    return rx.el.div(
        rx.el.svg(
            rx.cond(has_pain, rx.fragment(*_scale())),
            rx.foreach(drawing["moments"].to(list[dict[str, Any]]), _moment),
            rx.el.path(d=f"M{_LEFT - 8} {_AXIS}H{_RIGHT + 8}", class_name="time-axis"),
            rx.foreach(drawing["operations"].to(list[dict[str, Any]]), _operation),
            _line(drawing["legLine"].to(str), "time-leg"),
            _line(drawing["backLine"].to(str), "time-back"),
            rx.foreach(leg, lambda point: _point(point, _square(point))),
            rx.foreach(back, lambda point: _point(point, _dot(point))),
            view_box=drawing["sheet"].to(str),
            custom_attrs={"focusable": "false"},
        ),
        rx.el.p(
            rx.cond(back.length() > 0, _key(_dot_at("8", "8"), "time-back", "Back pain")),
            rx.cond(leg.length() > 0, _key(_square_at("3.5", "3.5"), "time-leg", "Leg pain")),
            class_name="time-key",
        ),
        aria_hidden="true",
        class_name="timeline",
    )


def _scale() -> list[rx.Component]:
    return [
        part
        for number, y in _SCALE.items()
        for part in (
            rx.el.path(d=f"M{_LEFT - 8} {y}H{_RIGHT + 8}", class_name="time-grid"),
            _text(number, str(_LEFT - 13), str(y + 5), "end"),
        )
    ]


def _text(
    words: StringVar | str, x: StringVar | str, y: StringVar | str, anchor: str = "middle"
) -> rx.Component:
    return rx.el.svg.text(words, x=x, y=y, text_anchor=anchor)


def _moment(moment: ObjectVar[Moment]) -> rx.Component:
    return _text(moment["word"].to(str), moment["x"].to(str), "13")


def _operation(operation: ObjectVar[Operation]) -> rx.Component:
    x = operation["x"].to(str)
    return rx.el.g(
        rx.el.svg.line(x1=x, x2=x, y1="24", y2=str(_AXIS), class_name="time-stem"),
        rx.el.circle(cx=x, cy="114", r="11", class_name="time-operation"),
        rx.el.svg.text(
            operation["number"].to(str),
            x=x,
            y="119",
            text_anchor="middle",
            class_name="time-number",
        ),
        _text(operation["year"].to(str), x, operation["yearY"].to(str)),
    )


def _line(points: StringVar, name: str) -> rx.Component:
    return rx.el.svg.polyline(points=points, class_name=name)


def _point(point: ObjectVar[Point], mark: rx.Component) -> rx.Component:
    words = _text(point["value"].to(str), point["x"].to(str), point["textY"].to(str))
    return rx.el.g(mark, words)


def _dot(point: ObjectVar[Point]) -> rx.Component:
    return _dot_at(point["x"].to(str), point["y"].to(str))


def _dot_at(x: StringVar | str, y: StringVar | str) -> rx.Component:
    return rx.el.circle(cx=x, cy=y, r="4.5", class_name="time-dot")


def _square(point: ObjectVar[Point]) -> rx.Component:
    x, y = point["x"].to(str), point["y"].to(str)
    return rx.el.g(
        rx.el.rect(x="-5", y="-5", width="10", height="10", class_name="time-square"),
        transform=("translate(" + x + " " + y + ")").to(str),
    )


def _square_at(x: str, y: str) -> rx.Component:
    return rx.el.rect(x=x, y=y, width="9", height="9", class_name="time-square")


def _key(mark: rx.Component, line: str, words: str) -> rx.Component:
    return rx.el.span(
        rx.el.svg(
            rx.el.path(d="M0 8H28", class_name=line),
            rx.el.g(mark, transform="translate(6 0)"),
            view_box="0 0 28 16",
            class_name="time-key-mark",
        ),
        words,
    )
