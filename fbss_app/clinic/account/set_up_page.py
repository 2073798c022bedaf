"""The page that a set-up link opens: to found a clinic, to join one, or for a new password."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.account.door_steps import later_steps
from fbss_app.clinic.account.set_up_state import SetUpState
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.frame import door_page
from fbss_app.clinic.select_field import select_field
from fbss_app.clinic.view import View
from fbss_app.content.loader import load_content
from fbss_app.ui.button import button, link_button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import text_field

_HOW_TO_CHOOSE = (
    "15 characters or more; three or four words that do not belong together are easy to keep. "
    "You may paste it from a password manager."
)


def _problems() -> View:
    return SetUpState.problems


def _password_fields() -> rx.Component:
    return rx.fragment(
        text_field(
            "password",
            "Password",
            name="password",
            problems=_problems(),
            hint=_HOW_TO_CHOOSE,
            type_="password",
            auto_complete="new-password",
        ),
        text_field(
            "password-again",
            "The same password again",
            name="password-again",
            problems=_problems(),
            type_="password",
            auto_complete="new-password",
        ),
    )


def _your_name() -> rx.Component:
    return text_field(
        "name",
        "Your name",
        name="name",
        problems=_problems(),
        hint="As your colleagues and the audit trail shall name you.",
        auto_complete="name",
        default_value=SetUpState.name,
    )


def _go_on(words: str) -> rx.Component:
    return rx.el.div(button(words, type_="submit"), class_name="actions")


def _found() -> rx.Component:
    countries = {country.code: country.name for country in load_content().countries.country}
    return rx.fragment(
        error_summary(_problems()),
        rx.el.h1("Set up your clinic", class_name="page-title"),
        rx.el.p(
            "You become its first administrator: you let colleagues in and choose what is asked. "
            "This link works once."
        ),
        staff_form(
            text_field(
                "clinic-name",
                "Name of the clinic",
                name="clinic-name",
                problems=_problems(),
                hint="Patients see it before they send you anything.",
                auto_complete="organization",
            ),
            select_field(
                "country",
                "Country",
                countries,
                name="country",
                problems=_problems(),
                hint="Decides which emergency numbers your patients see first.",
            ),
            _your_name(),
            text_field(
                "email",
                "Your e-mail address",
                name="email",
                problems=_problems(),
                hint="You log in with it.",
                type_="email",
                auto_complete="username",
            ),
            _password_fields(),
            _go_on("Set up the clinic"),
            on_submit=SetUpState.found,
        ),
    )


def _join() -> rx.Component:
    return rx.fragment(
        error_summary(_problems()),
        rx.el.h1("Join ", rx.el.bdi(SetUpState.clinic), class_name="page-title"),
        rx.el.p("You will log in with ", rx.el.strong(SetUpState.email), "."),
        staff_form(
            rx.el.input(
                type="hidden", name="email", value=SetUpState.email, auto_complete="username"
            ),
            _your_name(),
            _password_fields(),
            _go_on("Join"),
            on_submit=SetUpState.join,
        ),
    )


def _reset() -> rx.Component:
    return rx.fragment(
        error_summary(_problems()),
        rx.el.h1("Choose a new password", class_name="page-title"),
        rx.el.p(
            "For ",
            rx.el.strong(SetUpState.email),
            ". Wherever you are logged in now, you will be logged out.",
        ),
        staff_form(
            _password_fields(), _go_on("Save the password"), on_submit=SetUpState.choose_password
        ),
    )


def _over() -> rx.Component:
    return rx.fragment(
        rx.el.h1("This link does not work", class_name="page-title"),
        rx.el.p(
            "It may have been used before, be over, or be incomplete. Each link works once. Ask "
            "whoever gave it to you for a new one."
        ),
        rx.el.div(
            link_button("To the log-in", href=routes.CLINIC_LOG_IN, kind="secondary"),
            class_name="actions",
        ),
    )


def set_up_page() -> rx.Component:
    """Show what the link is for."""
    first = rx.match(
        SetUpState.purpose,
        ("found", _found()),
        ("join", _join()),
        ("reset", _reset()),
        ("over", _over()),
        rx.fragment(
            rx.el.h1("One moment", class_name="page-title"),
            rx.el.p("Reading the link\N{HORIZONTAL ELLIPSIS}", role="status"),
        ),
    )
    return door_page(later_steps(SetUpState, rx.fragment(first)))
