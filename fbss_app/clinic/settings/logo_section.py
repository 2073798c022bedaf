"""The section of the settings about the logo. Its form works without scripts."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.confirmation import confirmation
from fbss_app.clinic.form import posted_form
from fbss_app.clinic.frame import own_logo
from fbss_app.clinic.settings.logo_state import LogoState
from fbss_app.clinic.view import View
from fbss_app.server.api.clinic.logo_upload import FIELD
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import field_around


def _problems() -> View:
    return LogoState.problems


def _present() -> rx.Component:
    """Show the logo as patients see it, and the way to take it away."""
    return rx.el.div(
        own_logo(is_beside_name=False),
        confirmation(
            LogoState.asks_to_remove,
            rx.el.p("Remove the logo? Your patients see the name of the clinic alone."),
            do="Remove it",
            on_do=LogoState.remove,
            on_leave=LogoState.ask_to_remove,
        ),
        rx.cond(
            ~LogoState.asks_to_remove,
            rx.el.div(
                button("Remove the logo", kind="quiet", on_click=LogoState.ask_to_remove),
                class_name="actions",
            ),
        ),
        class_name="stack",
    )


def _form() -> rx.Component:
    return posted_form(
        field_around(
            FIELD,
            "Picture",
            lambda described: rx.el.input(
                type="file",
                id=rx.Var.create(FIELD),
                name=FIELD,
                accept="image/png,image/jpeg,image/webp",
                class_name="file-input",
                **described,
            ),
            problems=_problems(),
            hint="PNG, JPEG or WebP, at most 1 MB. It is shown on white, at most 240 pixels wide "
            "and 80 high.",
        ),
        rx.el.div(button("Save the logo", type_="submit", kind="secondary"), class_name="actions"),
        action=routes.CLINIC_LOGO_API,
        has_file=True,
        class_name="staff-form stack",
    )


def logo_section(has_logo: View) -> rx.Component:
    """Show the section. The page loads it with `LogoState.on_load`.

    Args:
        has_logo: Whether the clinic has one.
    """
    return rx.el.section(
        rx.el.h2("Logo", class_name="section-title"),
        rx.el.p(
            "Your patients see it beside the name of the clinic. Save what you changed above "
            "first: saving the logo loads this page anew.",
            class_name="note",
        ),
        rx.cond(
            LogoState.is_loaded,
            rx.el.div(
                rx.cond(has_logo, _present()),
                error_summary(_problems()),
                _form(),
                class_name="stack logo-section",
            ),
        ),
        class_name="section",
    )
