"""The mark of the app: four vertebrae in a gentle curve."""

import reflex as rx

_VERTEBRAE = ("M13 9h10.5", "M16.5 16.2h10.5", "M16.5 23.6h10.5", "M12.5 31H23")


def mark() -> rx.Component:
    """Draw the mark on the accent colour.

    Returns:
        The drawing, hidden from assistive technology, as the name stands beside it.
    """
    return rx.el.svg(
        rx.el.rect(width="40", height="40", rx="11", class_name="mark-ground"),
        *(rx.el.path(d=path, class_name="mark-bone") for path in _VERTEBRAE),
        view_box="0 0 40 40",
        aria_hidden="true",
        custom_attrs={"focusable": "false"},
        class_name="mark",
    )
