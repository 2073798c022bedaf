"""The invitations: who was asked, what became of it, asking more, ending and renewing."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.confirmation import confirmation
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.invitations.invite_form import invite_section
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.made_links import made_links
from fbss_app.clinic.invitations.presenter import InvitationView, ListTab
from fbss_app.clinic.list_tools import (
    label_search,
    list_tab,
    list_tabs,
    no_label_found,
    row_action,
)
from fbss_app.clinic.paging import paging
from fbss_app.clinic.view import View
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import button
from fbss_app.ui.empty import empty_state
from fbss_app.ui.icon import icon


def _tab(tab: View) -> rx.Component:
    return list_tab(
        tab.words,
        tab.count,
        is_current=tab.state == InviteState.only,
        on_click=InviteState.show_state(tab.state),
    )


def _row(row: View) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.bdi(row.label, class_name="inbox-label"),
            rx.el.div(row.about, class_name="note"),
            class_name="member-who",
        ),
        rx.el.span(row.state_words, class_name="member-role"),
        rx.el.div(
            rx.cond(
                row.can_renew, row_action("New link", InviteState.ask_to_renew(row.id), row.label)
            ),
            rx.cond(row.can_end, row_action("End", InviteState.ask_to_end(row.id), row.label)),
            class_name="member-actions",
        ),
        confirmation(
            InviteState.asks_to_renew == row.id,
            rx.el.p("Make a new link for ", rx.el.strong(row.label), "?"),
            rx.el.p("It works for ", row.renewed, ". The link from before opens nothing any more."),
            do="Make a new link",
            on_do=InviteState.renew(row.id),
            leave="Leave it",
            on_leave=InviteState.ask_to_renew(row.id),
            is_harmless=True,
        ),
        confirmation(
            InviteState.asks_to_end == row.id,
            rx.el.p("End the invitation of ", rx.el.strong(row.label), "?"),
            rx.el.p("Its link opens nothing any more. You can make a new one later."),
            do="End it",
            on_do=InviteState.end(row.id),
            on_leave=InviteState.ask_to_end(row.id),
        ),
        class_name="member",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        InviteState.search != "",
        no_label_found(InviteState.find_no_more),
        rx.cond(
            InviteState.only != "",
            empty_state(no_answers(), "None", rx.el.p("No invitation is in this list.")),
            empty_state(
                no_answers(),
                "Nobody is invited yet",
                rx.el.p("Each patient gets a link of their own. You see here what became of it."),
            ),
        ),
    )


def invitations_page() -> rx.Component:
    """Show the invitations."""
    view: View = InviteState.view
    return staff_page(
        "Invitations",
        made_links(),
        invite_section(),
        rx.cond(
            InviteState.view,
            rx.fragment(
                list_tabs(rx.foreach(view.tabs.to(list[ListTab]), _tab)),
                rx.el.div(
                    label_search(InviteState.search, InviteState.find),
                    class_name="staff-tools invitation-tools",
                ),
                rx.el.p(view.found, class_name="note", role="status"),
                rx.cond(
                    view.total > 0,
                    rx.el.ul(
                        rx.foreach(view.rows.to(list[InvitationView]), _row),
                        class_name="members",
                        aria_label="Invitations",
                    ),
                    _nothing(),
                ),
                paging(view.page, view.pages, InviteState.turn_page),
            ),
        ),
        current=routes.CLINIC_INVITATIONS,
        beside_title=rx.cond(
            InviteState.is_inviting,
            rx.fragment(),
            button(icon("people"), "Invite patients", on_click=InviteState.begin),
        ),
    )
