"""One's own log-in: the password, the recovery codes, and where one is logged in."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.account.account_state import AccountState
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.view import View
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import text_field
from fbss_app.ui.notice import notice


def _problems() -> View:
    return AccountState.problems


def _password() -> rx.Component:
    fields = (
        ("old-password", "The password you have now", "", "current-password"),
        ("new-password", "New password", "15 characters or more.", "new-password"),
        ("password-again", "The new password again", "", "new-password"),
    )
    return rx.el.section(
        rx.el.h2("Password", class_name="section-title"),
        error_summary(_problems()),
        staff_form(
            *(
                text_field(
                    name,
                    label,
                    name=name,
                    problems=_problems(),
                    hint=hint,
                    type_="password",
                    auto_complete=fills_in,
                )
                for name, label, hint, fills_in in fields
            ),
            rx.el.div(button("Change the password", type_="submit"), class_name="actions"),
            on_submit=AccountState.change_password,
        ),
        class_name="section",
    )


def _codes() -> rx.Component:
    codes: View = AccountState.recovery_codes
    return rx.el.section(
        rx.el.h2("Recovery codes", class_name="section-title"),
        rx.el.p("Each lets you in once without your phone. New codes end the old ones."),
        rx.cond(
            codes.length() > 0,
            rx.fragment(
                notice("They are shown only now. Print them or write them down.", kind="warning"),
                rx.el.ul(
                    rx.foreach(codes, lambda code: rx.el.li(code)), class_name="recovery-codes"
                ),
            ),
            rx.el.div(
                button(
                    "Get new codes", kind="secondary", on_click=AccountState.renew_recovery_codes
                ),
                class_name="actions",
            ),
        ),
        class_name="section",
    )


def _sessions() -> rx.Component:
    sessions: View = AccountState.sessions
    return rx.el.section(
        rx.el.h2("Where you are logged in", class_name="section-title"),
        rx.el.ul(
            rx.foreach(
                sessions,
                lambda one: rx.el.li("Since ", one.began, ", last used ", one.seen),
            ),
            class_name="bullets",
        ),
        rx.el.p(
            "You are logged out by yourself after 15 minutes without use, and after 8 hours.",
            class_name="note",
        ),
        rx.el.div(
            button(
                "Log out everywhere", kind="secondary", on_click=AccountState.log_out_everywhere
            ),
            class_name="actions",
        ),
        class_name="section",
    )


def account_page() -> rx.Component:
    """Show one's own log-in."""
    return staff_page(
        "Your log-in", _sessions(), _password(), _codes(), current=routes.CLINIC_ACCOUNT
    )
