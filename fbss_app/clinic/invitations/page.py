"""The invitations: who was asked, what became of it, asking more, ending and renewing."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.invitations.invite_form import invite_section
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.made_links import made_links
from fbss_app.clinic.invitations.presenter import InvitationView, ListTab
from fbss_app.clinic.paging import paging
from fbss_app.clinic.view import View
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import button
from fbss_app.ui.empty import empty_state
from fbss_app.ui.icon import icon


def _tab(tab: View) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(tab.words),
            rx.el.span(tab.count, class_name="tab-count"),
            type="button",
            aria_pressed=rx.cond(tab.state == InviteState.only, "true", "false"),
            class_name="tab",
            on_click=InviteState.show_state(tab.state),
        )
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.label("Find a label", html_for="search", class_name="visually-hidden"),
        rx.el.input(
            type="search",
            id=rx.Var.create("search"),
            name="search",
            placeholder="Find a label",
            auto_complete="off",
            default_value=InviteState.search,
            class_name="text-input staff-search",
        ),
        button("Find", type_="submit", kind="secondary"),
        on_submit=InviteState.find,
        role="search",
        class_name="staff-search-form invitation-search",
    )


def _action(words: str, handler: View, whose: View) -> rx.Component:
    return rx.el.button(
        words,
        rx.el.span(": ", whose, class_name="visually-hidden"),
        type="button",
        on_click=handler,
        class_name="row-action",
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
            rx.cond(row.can_renew, _action("New link", InviteState.renew(row.id), row.label)),
            rx.cond(row.can_end, _action("End", InviteState.ask_to_end(row.id), row.label)),
            class_name="member-actions",
        ),
        rx.cond(
            InviteState.asks_to_end == row.id,
            rx.el.div(
                rx.el.p("End the invitation of ", rx.el.strong(row.label), "?"),
                rx.el.p("Its link opens nothing any more. You can make a new one later."),
                rx.el.div(
                    button("End it", kind="danger", on_click=InviteState.end(row.id)),
                    button("Keep it", kind="quiet", on_click=InviteState.ask_to_end(row.id)),
                    class_name="actions",
                ),
                role="alert",
                class_name="member-question",
            ),
        ),
        class_name="member",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        InviteState.search != "",
        empty_state(
            no_answers(),
            "Nothing found",
            rx.el.p("No label has a word that begins like this."),
            button("Show all again", kind="secondary", on_click=InviteState.find_no_more),
        ),
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
                rx.el.nav(
                    rx.el.ul(rx.foreach(view.tabs.to(list[ListTab]), _tab), class_name="tabs"),
                    aria_label="Lists",
                ),
                rx.el.div(_search(), class_name="staff-tools"),
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
