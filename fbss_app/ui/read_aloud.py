"""The button that reads the page aloud."""

import reflex as rx

from fbss_app.ui import words
from fbss_app.ui.events import Handler, dom_event
from fbss_app.ui.icon import icon


def read_aloud(on_listen: Handler) -> rx.Component:
    """Offer to read the page aloud; shown only where the device has a voice of its own.

    While it reads, the phone's code puts the controls at the end of this element. The line after
    the button is there from the start, or a screen reader would not announce what went wrong.

    Args:
        on_listen: Called with the DOM event.
    """
    return rx.el.div(
        rx.el.button(
            icon("sound"),
            words.LISTEN,
            rx.el.span(" ", words.TO_THIS_PAGE, class_name="visually-hidden"),
            type="button",
            on_click=dom_event(on_listen),
            class_name="listen",
        ),
        rx.el.p(role="status", data_failed=words.CANNOT_BE_READ, class_name="listen-status"),
        class_name="read-aloud no-print",
    )
