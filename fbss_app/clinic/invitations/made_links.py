"""The links that were just made: to copy, to print, or to send; never to be seen again."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.copy_button import copy_button
from fbss_app.clinic.form import posted_form
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.presenter import MadeInvitation
from fbss_app.clinic.view import View
from fbss_app.ui.button import button, working_button


def _link(made: View) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.bdi(made.label, class_name="inbox-label"),
            rx.cond(made.mail_words != "", rx.el.div(made.mail_words, class_name="note")),
            class_name="member-who",
        ),
        rx.el.p(made.link, class_name="link-text made-link"),
        copy_button("Copy the link", made.link, whose=made.label, is_in_row=True),
        class_name="made-row",
    )


def made_links() -> rx.Component:
    """Show the new links; nothing where there are none."""
    made: View = InviteState.made
    is_mailing: View = InviteState.is_mailing
    links = made.to(list[MadeInvitation])
    return rx.cond(
        made.length() > 0,
        rx.el.section(
            rx.el.h2(InviteState.made_says, class_name="section-title"),
            rx.el.p(
                "Links are shown only now. Whoever has one can use it, so give it to its "
                "patient alone."
            ),
            rx.el.div(
                posted_form(
                    rx.foreach(
                        links,
                        lambda each: rx.el.input(type="hidden", name="secret", value=each.secret),
                    ),
                    button("Print with QR codes", type_="submit", auto_focus=True),
                    action=routes.CLINIC_INVITATION_SHEET,
                    target="_blank",
                ),
                rx.cond(
                    InviteState.to_mail > 0,
                    working_button(
                        "Send by e-mail",
                        "Sending\N{HORIZONTAL ELLIPSIS}",
                        is_mailing,
                        kind="secondary",
                        on_click=InviteState.mail,
                    ),
                ),
                button("I am done", kind="quiet", on_click=InviteState.put_away),
                class_name="actions",
            ),
            rx.el.ul(rx.foreach(links, _link), class_name="members made-list"),
            aria_label="New links",
            class_name="section invite",
        ),
    )
