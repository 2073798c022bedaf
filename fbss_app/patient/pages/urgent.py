"""The full page that a warning sign opens. Says what to do; never what it might be."""

import reflex as rx

from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import section
from fbss_app.ui.button import button
from fbss_app.ui.care_card import call_link, care_card
from fbss_app.ui.question import back_button

HEADINGS = {
    "emergency": "Get emergency help now",
    "same-day": "Get medical advice today",
    "soon": "Contact your surgical team or doctor within 1 to 3 days",
}


def call_links(calls: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """List telephone numbers as links that can be called.

    Args:
        calls: Rows with label and number.
    """
    return rx.foreach(
        calls,
        lambda call: call_link(call["number"].to(str), "Call ", call["label"].to(str)),
    )


def _actions(response: ResponseVars) -> rx.Component:
    actions = response.slice("urgent_actions", "urgent.actions", list[str])
    return rx.foreach(actions, lambda action: rx.el.p(action))


def _signs(response: ResponseVars) -> rx.Component:
    signs = response.slice("urgent_signs", "urgent.signs", list[str])
    return rx.el.div(
        rx.el.p("This is because of:"),
        rx.el.ul(rx.foreach(signs, lambda sign: rx.el.li(sign)), class_name="bullets"),
    )


def _relay(response: ResponseVars) -> rx.Component:
    relay = response.slice("relay", "urgent.relay")
    return rx.cond(
        relay,
        rx.el.p(
            "If you cannot hear or speak on the phone: ",
            relay,
            ". ",
            response.slice("relay_advice", "urgent.relayAdvice"),
        ),
    )


def _card(response: ResponseVars, urgency: str) -> rx.Component:
    advice = response.slice("urgent_advice", "urgent.advice")
    return care_card(
        urgency,
        HEADINGS[urgency],
        _actions(response),
        call_links(response.slice("calls", "urgent.calls", list[dict[str, str]])),
        rx.cond(advice, rx.el.p(advice)),
        _relay(response),
        _signs(response),
        level=1,
    )


def urgent_view(response: ResponseVars) -> rx.Component:
    """Show what to do about the warning signs just given, with a way to go on afterwards.

    Args:
        response: The response whose store names the flags.
    """
    return rx.el.div(
        back_button(response.action("back")),
        rx.match(
            response.slice("urgency", "urgent.urgency"),
            ("emergency", _card(response, "emergency")),
            ("same-day", _card(response, "same-day")),
            _card(response, "soon"),
        ),
        section(
            "When you have done this",
            rx.el.p(
                "Do not wait for the questions before you get help. "
                "Your answers are kept, so you can go on with them later."
            ),
        ),
        rx.el.div(
            button(
                "Go on with the questions",
                kind="secondary",
                on_click=response.action("continueAfterUrgent"),
            ),
            class_name="actions",
        ),
    )
