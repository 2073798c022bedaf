"""A clinic's logo, on a white plate: a logo is drawn for white paper, and pages may be dark."""

from typing import Any

import reflex as rx

# Neither a broken picture nor an empty plate.
_VANISH = rx.Var("((event) => { event.currentTarget.parentElement.hidden = true; })")


def clinic_logo(address: Any, width: Any, height: Any, *, name: Any) -> rx.Component:
    """Show a logo in room that is kept free for it; nothing of it where it does not load.

    Args:
        address: Where the picture is. Nothing is shown where it is empty.
        width: The width of the picture in pixels.
        height: Its height in pixels.
        name: The clinic's name, read out in place of the picture; empty where it stands beside.
    """
    picture = rx.el.img(
        src=address,
        alt=name,
        custom_attrs={
            "width": width,
            "height": height,
            "style": {"--logo-width": width, "--logo-height": height},
            "onError": _VANISH,
        },
    )
    # Another picture is another element, for the one before may have vanished.
    return rx.cond(address != "", rx.el.span(picture, key=address, class_name="clinic-logo"))
