"""Metal from the side: screws that run through the pedicles into the bodies, and a rod."""

import reflex as rx

from fbss_app.ui.art.drawing import area, line

_SHAFT = "M42-11.5L-16-10.5L-23-8L-16-5.5L42-4.5Z"
_THREADS = "M-12-12L-9-4M-4-12L-1-4M4-12.5L7-4M12-12.5L15-3.5M20-12.5L23-3.5M28-12.5L31-3.5"
_HEAD = "M42-17h10a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4h-10z"
# The same screw in two pieces, the front one slipped down.
_BROKEN_BACK = "M42-11.5L14-11L11-9L14-8L10-6L13-5L42-4.5Z"
_BROKEN_FRONT = "M5-9.5L-16-8.5L-23-6L-16-3.5L4-3L7-5L3-6L6-8Z"
_BROKEN_THREADS = "M-12-10L-9-2M-4-10L-1-2M20-12.5L23-3.5M28-12.5L31-3.5"
# The room that a loose screw has made in the bone around it.
_LOOSE_ROOM = "M30-16L-18-14.5C-27-14-31-10-28-6C-26-1-20 1-14 1.5L30 2.5"


def broken_screw() -> tuple[rx.Component, ...]:
    """Draw a screw that has broken inside the bone."""
    return (
        area(_BROKEN_FRONT, tinted=False, bold=False),
        area(_BROKEN_BACK, tinted=False, bold=False),
        line(_BROKEN_THREADS),
        area(_HEAD, tinted=False),
    )


def loose_screw() -> tuple[rx.Component, ...]:
    """Draw a screw with room around it, tipped in that room."""
    return (
        area(_LOOSE_ROOM + "Z", bold=False),
        rx.el.g(*screw(), transform="rotate(-3 30 -8) translate(0 1)"),
    )


def screw() -> tuple[rx.Component, ...]:
    """Draw a screw in the coordinates of its vertebra, its head behind the arch's pedicle."""
    return (area(_SHAFT, tinted=False, bold=False), line(_THREADS), area(_HEAD, tinted=False))


def rod(path: str) -> tuple[rx.Component, ...]:
    """Draw a rod along a line."""
    return (
        rx.el.svg.path(d=path, class_name="art-rod-edge"),
        rx.el.svg.path(d=path, class_name="art-rod"),
    )
