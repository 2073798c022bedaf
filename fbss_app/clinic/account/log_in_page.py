"""The page where staff log in."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.account.door_state import LogInState
from fbss_app.clinic.account.door_steps import later_steps
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.frame import door_page
from fbss_app.clinic.view import View
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import text_field


def log_in_page() -> rx.Component:
    """Ask for the e-mail address and the password."""
    problems: View = LogInState.problems
    first = rx.fragment(
        error_summary(problems),
        rx.el.h1("Log in", class_name="page-title"),
        rx.el.p("For the staff of clinics. Patients need no log-in: they use the link they got."),
        staff_form(
            text_field(
                "email",
                "E-mail address",
                name="email",
                problems=problems,
                type_="email",
                auto_complete="username",
                input_mode="email",
            ),
            text_field(
                "password",
                "Password",
                name="password",
                problems=problems,
                type_="password",
                auto_complete="current-password",
            ),
            rx.el.div(button("Log in", type_="submit"), class_name="actions"),
            on_submit=LogInState.log_in,
        ),
        rx.el.p(
            "Forgotten your password, or lost your phone? An administrator of your clinic can give "
            "you a new link.",
            class_name="note",
        ),
    )
    return door_page(later_steps(LogInState, first))
