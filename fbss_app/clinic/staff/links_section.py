"""The links with which colleagues were asked to join and have not yet."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.confirmation import confirmation
from fbss_app.clinic.list_tools import row_action
from fbss_app.clinic.staff.presenter import LinkView
from fbss_app.clinic.staff.state import StaffListState
from fbss_app.clinic.view import View


def _link(link: View) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(rx.el.bdi(link.name)),
            rx.el.div(link.email, class_name="note"),
            rx.el.div(link.about, class_name="note"),
            class_name="member-who",
        ),
        rx.el.span(link.role_words, class_name="member-role"),
        rx.el.div(
            row_action("New link", StaffListState.renew_link(link.id), link.name),
            row_action("End link", StaffListState.ask_to_end_link(link.id), link.name),
            class_name="member-actions",
        ),
        confirmation(
            StaffListState.asks_to_end_link == link.id,
            rx.el.p("End the link of ", rx.el.strong(link.name), "?"),
            rx.el.p("It lets nobody in any more. You can make another later."),
            do="End the link",
            on_do=StaffListState.end_link(link.id),
            on_leave=StaffListState.ask_to_end_link(link.id),
        ),
        class_name="member",
    )


def links_section() -> rx.Component:
    """Show the links that wait; nothing where none does."""
    links: View = StaffListState.links
    return rx.cond(
        links.length() > 0,
        rx.el.section(
            rx.el.h2("Not joined yet", class_name="section-title"),
            rx.el.p(
                "Whoever has one of these links can still join. End those that nobody needs.",
                class_name="note",
            ),
            rx.el.ul(
                rx.foreach(links.to(list[LinkView]), _link),
                class_name="members",
                aria_label="Links that wait",
            ),
            class_name="section",
        ),
    )
