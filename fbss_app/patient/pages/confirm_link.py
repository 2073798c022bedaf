"""The way to the page where the patient goes through what a helper answered."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.notice import notice


def unconfirmed_count(response: ResponseVars) -> Any:
    """Count the helper's answers that the patient has not confirmed."""
    return response.slice("unconfirmed_count", "unconfirmed.count", int)


def confirm_link(response: ResponseVars) -> rx.Component:
    """Lead to the page where the patient goes through a helper's answers, if there are any.

    Args:
        response: The response.
    """
    count = unconfirmed_count(response)
    return rx.cond(
        (count > 0) & ~response.slice("by_helper", "helper", bool),
        notice(
            rx.el.p(
                "A helper gave ",
                rx.cond(count == 1, "1 answer", rx.fragment(count, " answers")),
                " for you. ",
                rx.el.a("Go through them and confirm", href=routes.CONFIRM_ANSWERS),
                ".",
            )
        ),
    )
