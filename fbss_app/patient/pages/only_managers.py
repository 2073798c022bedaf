"""What stands in place of links where nothing is saved, or where somebody else decides."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import link_button
from fbss_app.ui.empty import empty_state


def _not_saved() -> rx.Component:
    return empty_state(
        no_answers(),
        "Your answers are not on the server",
        rx.el.p("They are on this phone only, so no link can lead to them yet. Save them first."),
        link_button("Save my answers", href=routes.SAVE),
    )


def _for_others(response: ResponseVars) -> rx.Component:
    read_only = response.slice("is_read_only", "isReadOnly", bool)
    return rx.el.div(
        rx.el.h2("What you may do", class_name="section-title"),
        rx.cond(
            read_only,
            rx.el.p("You may read these answers. You cannot change them or let others in."),
            rx.el.p(
                "You may read these answers, and answer for the person you help. "
                "Only they can make links, end them, or confirm answers as their own."
            ),
        ),
        rx.el.p("If you need more, ask the person who sent you the link."),
        rx.el.div(
            rx.cond(
                read_only,
                link_button("See the summary", href=routes.SUMMARY),
                link_button("Carry on with the questions", href=routes.QUESTIONNAIRE),
            ),
            class_name="actions",
        ),
        class_name="stack",
    )


def for_managers(response: ResponseVars, *children: rx.Component) -> rx.Component:
    """Show what only whoever may manage the links sees, or say why it is not there.

    Args:
        response: The response.
        *children: The part of the page.
    """
    return rx.cond(
        response.slice("has_consent", "hasConsent", bool),
        rx.cond(
            response.slice("can_manage", "canManage", bool),
            rx.fragment(*children),
            _for_others(response),
        ),
        _not_saved(),
    )
