"""The way to the clinic that asked, on the pages where answers are read back."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import link_button
from fbss_app.ui.notice import notice

_KEPT = PageStore("sending/kept_invitation", "useKeptInvitation")


def send_link(response: ResponseVars) -> rx.Component:
    """Lead on to sending; nothing where no clinic asked, or where it asks something else."""
    if response.questionnaire != routes.PRIMARY_QUESTIONNAIRE:
        return rx.fragment()
    clinic = _KEPT.slice("clinic")
    return rx.fragment(
        _KEPT.effect("useKeptInvitationPage", response_store(response), response_name(response)),
        rx.cond(
            clinic,
            notice(
                rx.el.p(rx.el.bdi(clinic), " asked for your answers. Nothing was sent by itself."),
                link_button("Send them, or see what was sent", href=routes.SEND, kind="secondary"),
            ),
        ),
    )
