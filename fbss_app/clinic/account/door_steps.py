"""The steps after the password, as the pages before the log-in show them."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from fbss_app import routes
from fbss_app.clinic.account.door_state import DoorState
from fbss_app.clinic.form import posted_form, staff_form
from fbss_app.clinic.view import View
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import text_field
from fbss_app.ui.notice import notice

_ENTER = "enter-with-ticket"


def _problems(state: type[DoorState]) -> View:
    return state.problems


def enter_form(state: type[DoorState]) -> rx.Component:
    """Change a ticket for the cookie as soon as there is one: a form that sends itself.

    The tab notes which ticket it has sent: whoever logs out and comes back to the log-in is for a
    moment shown what was there before, with a ticket that opens nothing any more.
    """
    ticket: View = state.ticket
    sends_itself = rx.Var(
        "null",
        _var_data=VarData(
            imports={"react": [ImportVar(tag="useEffect")]},
            hooks={
                f"""useEffect(() => {{
                    const ticket = {ticket!s};
                    if (!ticket || sessionStorage.getItem("{_ENTER}") === ticket) return;
                    sessionStorage.setItem("{_ENTER}", ticket);
                    document.getElementById("{_ENTER}")?.submit();
                }}, [{ticket!s}])""": ticket._get_all_var_data()
            },
        ),
    )
    return posted_form(
        rx.el.input(type="hidden", name="ticket", value=ticket),
        rx.fragment(sends_itself),
        id=rx.Var.create(_ENTER),
        action=routes.CLINIC_SESSION,
    )


def _code_field(state: type[DoorState], label: str, hint: str, *, digits: bool) -> rx.Component:
    keyboard: dict[str, Any] = {"input_mode": "numeric"} if digits else {}
    return text_field(
        "code",
        label,
        name="code",
        problems=_problems(state),
        hint=hint,
        input_class="input-code",
        auto_complete="one-time-code",
        **keyboard,
    )


def _code_step(
    state: type[DoorState],
    title: str,
    *about: rx.Component,
    field: rx.Component,
    otherwise: rx.Component,
) -> rx.Component:
    return rx.fragment(
        error_summary(_problems(state)),
        rx.el.h1(title, class_name="page-title"),
        *about,
        staff_form(
            field,
            rx.el.div(button("Log in", type_="submit"), otherwise, class_name="actions"),
            on_submit=state.enter_code,
        ),
    )


def code_step(state: type[DoorState]) -> rx.Component:
    """Ask for the code of the authenticator app."""
    return _code_step(
        state,
        "Enter the code from your app",
        field=_code_field(
            state, "Code", "Six digits; a new one comes every 30 seconds.", digits=True
        ),
        otherwise=button(
            "I do not have the app here", kind="quiet", on_click=state.use_recovery_code
        ),
    )


def recovery_step(state: type[DoorState]) -> rx.Component:
    """Ask for a recovery code."""
    return _code_step(
        state,
        "Use a recovery code",
        rx.el.p(
            "You got ten of them when you set up the app. Each works once. If you have none left, "
            "an administrator of your clinic can let you set up the app anew."
        ),
        field=_code_field(state, "Recovery code", "", digits=False),
        otherwise=button("Use the app instead", kind="quiet", on_click=state.use_app_code),
    )


def set_up_step(state: type[DoorState]) -> rx.Component:
    """Let somebody connect an authenticator app."""
    return rx.fragment(
        error_summary(_problems(state)),
        rx.el.h1("Set up a second step", class_name="page-title"),
        rx.el.p(
            "Whoever knows your password alone must not see patients' answers. An authenticator "
            "app on your phone makes a new code every 30 seconds; you enter it when you log in."
        ),
        rx.el.ol(
            rx.el.li("Install an authenticator app on your phone, if you have none."),
            rx.el.li("Let the app scan this square, or type the key under it."),
            rx.el.li("Enter the six digits that the app shows."),
            class_name="staff-steps",
        ),
        rx.el.div(
            rx.html(state.qr, class_name="staff-qr"),
            rx.el.p("Key to type", class_name="note"),
            rx.el.p(state.typed_secret, class_name="link-text"),
            class_name="stack",
        ),
        staff_form(
            _code_field(state, "Code from the app", "Six digits.", digits=True),
            rx.el.div(button("Go on", type_="submit"), class_name="actions"),
            on_submit=state.confirm_second_factor,
        ),
    )


def codes_step(state: type[DoorState]) -> rx.Component:
    """Show the recovery codes, once."""
    return rx.fragment(
        rx.el.h1("Keep these recovery codes", class_name="page-title"),
        notice(
            "Each of them lets you in once without your phone. They are shown only now. Print "
            "them or write them down, and keep them away from your computer.",
            kind="warning",
        ),
        rx.el.ul(
            rx.foreach(state.recovery_codes, lambda code: rx.el.li(code)),
            class_name="recovery-codes",
        ),
        rx.el.div(
            button("I have kept them: go on", on_click=state.codes_are_kept), class_name="actions"
        ),
    )


def later_steps(state: type[DoorState], first: rx.Component) -> rx.Component:
    """Show the step that somebody has come to.

    Args:
        state: The state of the page.
        first: What the page begins with.
    """
    return rx.fragment(
        enter_form(state),
        rx.match(
            state.step,
            ("code", code_step(state)),
            ("recovery", recovery_step(state)),
            ("set-up", set_up_step(state)),
            ("codes", codes_step(state)),
            first,
        ),
    )
