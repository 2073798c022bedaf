"""A clinic asks: what for, what happens with the answers, and the way to begin."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page
from fbss_app.patient.pages.link_script import clean_address
from fbss_app.patient.pages.server_trouble import BUSY, OFFLINE
from fbss_app.ui.button import button, link_button
from fbss_app.ui.clinic_logo import clinic_logo
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head

_INVITATION = PageStore("sending/invitation", "useInvitation")


def _begin(response: ResponseVars) -> rx.Component:
    has_answers = response.slice("has_answers", "hasAnswers", bool)
    # Hidden ones may be somebody else's: an invitation must not join them unasked.
    are_hidden = response.slice("are_hidden", "hidden", bool)
    return rx.cond(
        has_answers | are_hidden,
        rx.el.div(
            rx.el.p("There are answers on this phone already."),
            rx.el.div(
                link_button("Go on with these answers", href=routes.QUESTIONNAIRE),
                rx.el.a(
                    "Begin anew",
                    href=routes.QUESTIONNAIRE,
                    on_click=_INVITATION.call("beginAnew", response_name(response)),
                    class_name="button button-secondary",
                ),
                class_name="actions",
            ),
            rx.el.p(
                "If you begin anew, the other answers wait on this phone until you want them.",
                class_name="hint",
            ),
            class_name="stack",
        ),
        rx.el.div(
            link_button("Begin", href=routes.QUESTIONNAIRE),
            class_name="actions",
        ),
    )


def _opened(response: ResponseVars) -> rx.Component:
    phone = _INVITATION.slice("phone")
    clinic = _INVITATION.slice("clinic")
    return rx.el.div(
        clinic_logo(
            _INVITATION.slice("logo.address"),
            _INVITATION.slice("logo.width", int),
            _INVITATION.slice("logo.height", int),
            name=clinic,
        ),
        rx.el.h1(
            rx.el.bdi(clinic),
            " asks you to answer some questions",
            class_name="page-title",
        ),
        rx.el.p(
            "They are about your back, your operation and your pain. Your answers help the "
            "specialist to prepare, so that more of the visit is for you."
        ),
        rx.el.ul(
            rx.el.li("You do not have to. Your care does not depend on it."),
            rx.el.li("You can leave questions out, stop at any time, and go on later."),
            rx.el.li("A relative can help you."),
            rx.el.li("Nothing is sent until you say so at the end."),
            class_name="bullets",
        ),
        rx.cond(
            _INVITATION.slice("isUsed", bool),
            notice("Answers were begun with this invitation before, perhaps on another phone."),
        ),
        _begin(response),
        rx.el.p(
            "You can use the invitation until ",
            _INVITATION.slice("until"),
            ".",
            rx.cond(phone, rx.fragment(" Questions? Call ", rx.el.bdi(phone), ".")),
            class_name="hint",
        ),
        class_name="stack",
    )


def _to_the_start() -> rx.Component:
    return rx.el.div(link_button("To the start", href=routes.START), class_name="actions")


def _failed(response: ResponseVars) -> rx.Component:
    again = rx.el.div(
        button("Try again", on_click=_INVITATION.call("openInvitation", response_name(response))),
        class_name="actions",
    )
    return rx.el.div(
        page_head("This invitation could not be opened"),
        rx.match(
            _INVITATION.slice("failure"),
            ("offline", rx.el.div(notice(OFFLINE, kind="warning"), again, class_name="stack")),
            ("busy", rx.el.div(notice(BUSY, kind="warning"), again, class_name="stack")),
            (
                "too-many",
                rx.el.div(
                    rx.el.p("It was tried too often. Wait ", _INVITATION.slice("wait"), "."),
                    again,
                    class_name="stack",
                ),
            ),
            rx.el.div(
                rx.el.p(
                    "It may be over, or the link may be incomplete. Ask the clinic for a new one. "
                    "You can use this app without an invitation, too."
                ),
                _to_the_start(),
                class_name="stack",
            ),
        ),
        class_name="stack",
    )


def _none() -> rx.Component:
    return rx.el.div(
        page_head("There is no invitation here"),
        rx.el.p(
            "If a clinic sent you a link, open it again. You can use this app without one, too."
        ),
        _to_the_start(),
        class_name="stack",
    )


def invited_page() -> rx.Component:
    """Show what the clinic asks for."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return rx.fragment(
        clean_address(),
        patient_page(
            _INVITATION.effect(
                "useInvitationPage", response_store(response), response_name(response)
            ),
            rx.el.div(
                rx.match(
                    _INVITATION.slice("step"),
                    ("opened", _opened(response)),
                    ("failed", _failed(response)),
                    ("none", _none()),
                    rx.el.div(
                        page_head("An invitation from a clinic"),
                        rx.el.p("Opening it…", role="status"),
                    ),
                ),
                id=rx.Var.create("invited"),
                tab_index=-1,
            ),
            response=response,
        ),
    )
