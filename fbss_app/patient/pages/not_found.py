"""What a wrong address shows."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.pages.frame import patient_page
from fbss_app.ui.button import link_button
from fbss_app.ui.page_head import page_head


def not_found_page() -> rx.Component:
    """Say that there is no such page, and lead on."""
    return patient_page(
        page_head(
            "There is no page at this address",
            lead="The link may be old or cut off. Your answers are not lost.",
        ),
        rx.el.div(link_button("Go to the start", href=routes.START), class_name="actions"),
    )
