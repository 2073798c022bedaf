"""Text that opens on request."""

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.icon import icon


def disclosure(
    summary: rx.Component | StringVar | str,
    *children: rx.Component | StringVar | str,
    open_: rx.Var[bool] | bool = False,
    folds: bool = False,
) -> rx.Component:
    """Show a line that opens to more text.

    Args:
        summary: The line that is always shown.
        *children: What opens under it.
        open_: Whether it starts open, or a Var that opens it later.
        folds: Whether it is written open and begins closed on a small screen, as the parts of the
            summary do.

    Returns:
        A native `details` element.
    """
    return rx.el.details(
        rx.el.summary(icon("chevron", "disclosure-mark"), rx.el.span(summary)),
        rx.el.div(*children, class_name="disclosure-body"),
        class_name="disclosure",
        open=True if folds else open_,
        custom_attrs={"data-folded": "true"} if folds else {},
    )
