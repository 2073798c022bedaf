"""The section of the settings about calls to the clinic's own system."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.confirmation import confirmation
from fbss_app.clinic.copy_button import copy_button
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.settings.outcome_notice import outcome_notice
from fbss_app.clinic.settings.webhook_state import FIELD, WebhookState
from fbss_app.clinic.view import View
from fbss_app.server.services.clinic.settings.webhook_call import SIGNATURE, TIMESTAMP
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import text_field
from fbss_app.ui.notice import notice


def _problems() -> View:
    return WebhookState.problems


def _secret() -> rx.Component:
    return rx.el.div(
        rx.cond(
            WebhookState.secret != "",
            notice(
                rx.el.p(
                    rx.el.strong("The secret that signs the calls"),
                    ". Put it into your system now: it is shown only this once. The secret "
                    "before it no longer counts.",
                ),
                rx.el.p(WebhookState.secret, class_name="link-text"),
                copy_button("Copy the secret", WebhookState.secret),
                kind="warning",
            ),
        ),
        role="status",
    )


def _set_up() -> rx.Component:
    """Show what is called, and what can be done about it."""
    return rx.el.div(
        rx.el.p("This address is called:", class_name="note"),
        rx.el.p(WebhookState.address, class_name="link-text"),
        rx.el.div(
            button("Make a test call", kind="secondary", on_click=WebhookState.test),
            button("Remove the address", kind="quiet", on_click=WebhookState.ask_to_remove),
            class_name="actions",
        ),
        confirmation(
            WebhookState.asks_to_remove,
            rx.el.p("Remove the address? Your system is told of nothing any more."),
            do="Remove it",
            on_do=WebhookState.remove,
            on_leave=WebhookState.ask_to_remove,
        ),
        class_name="stack",
    )


def _delivery(one: View) -> rx.Component:
    return rx.el.li(
        rx.el.span(one.what, class_name="delivery-what"),
        rx.el.time(one.time, date_time=one.iso_time, class_name="note"),
        rx.el.span(one.state, class_name=rx.cond(one.has_failed, "is-refusal", "")),
        class_name="delivery",
    )


def _last_calls() -> rx.Component:
    deliveries: View = WebhookState.deliveries
    return rx.cond(
        deliveries.length() > 0,
        rx.el.div(
            rx.el.h3("The last calls", class_name="score-title"),
            rx.el.ul(rx.foreach(deliveries, _delivery), class_name="deliveries"),
            class_name="section",
        ),
    )


def webhook_section() -> rx.Component:
    """Show the section. The page loads it with `WebhookState.on_load`."""
    return rx.el.section(
        rx.el.h2("Tell your own system", class_name="section-title"),
        rx.el.p(
            "When answers arrive, the app can call an address of yours (a webhook). The call says "
            "that answers came and where to read them, never what was answered. "
            f"{SIGNATURE} holds the HMAC-SHA256 of {TIMESTAMP}, a full stop and the body. What "
            "fails is tried again for a day.",
            class_name="note",
        ),
        _secret(),
        outcome_notice(WebhookState.outcome, is_good=~WebhookState.has_failed),
        rx.cond(
            WebhookState.is_loaded,
            rx.fragment(
                rx.cond(WebhookState.address != "", _set_up()),
                error_summary(_problems()),
                staff_form(
                    text_field(
                        FIELD,
                        "Address to call",
                        name=FIELD,
                        problems=_problems(),
                        hint="Such as https://example.org/new. Each time it is set, there is a new "
                        "secret.",
                        type_="url",
                        spell_check=False,
                    ),
                    rx.el.div(
                        button("Set the address", type_="submit", kind="secondary"),
                        class_name="actions",
                    ),
                    on_submit=WebhookState.set_address,
                ),
                _last_calls(),
            ),
        ),
        class_name="section webhook",
    )
