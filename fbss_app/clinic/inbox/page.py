"""The inbox: whose answers arrived, who needs a call today, and what is done about them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.frame import sees_answers, staff_page
from fbss_app.clinic.inbox.presenter import CAME_WORDS, RowView, Tab
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.list_tools import label_search, list_tab, list_tabs, no_label_found
from fbss_app.clinic.paging import paging
from fbss_app.clinic.urgency_tag import urgency_tag
from fbss_app.clinic.view import View
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import button, link_button
from fbss_app.ui.empty import empty_state
from fbss_app.ui.icon import icon

_SORTS = (("urgency", "Most urgent first"), ("newest", "Newest first"), ("oldest", "Oldest first"))


def _view() -> View:
    return InboxState.view


def _tab(tab: View) -> rx.Component:
    return list_tab(
        tab.words,
        tab.count,
        is_current=tab.status == InboxState.status,
        on_click=InboxState.show_status(tab.status),
    )


def _tools() -> rx.Component:
    return rx.el.div(
        label_search(InboxState.search, InboxState.find),
        rx.el.label(
            rx.el.span("Looked after by", class_name="tool-label"),
            rx.el.select(
                rx.el.option("Everybody", value=""),
                rx.el.option("Me", value="me"),
                rx.el.option("Nobody yet", value="nobody"),
                value=InboxState.assigned,
                on_change=InboxState.filter_assigned,
                class_name="text-input select-input",
            ),
            class_name="tool",
        ),
        rx.el.label(
            rx.el.span("How they came", class_name="tool-label"),
            rx.el.select(
                rx.el.option("Invited or not", value=""),
                *(rx.el.option(words, value=value) for value, words in CAME_WORDS.items()),
                value=InboxState.came,
                on_change=InboxState.filter_came,
                class_name="text-input select-input",
            ),
            class_name="tool",
        ),
        rx.cond(
            sees_answers(),
            rx.el.label(
                rx.el.span("Order", class_name="tool-label"),
                rx.el.select(
                    *(rx.el.option(words, value=value) for value, words in _SORTS),
                    value=rx.cond(
                        InboxState.sort != "",
                        InboxState.sort,
                        rx.cond(InboxState.status == "all", "newest", "urgency"),
                    ),
                    on_change=InboxState.sort_by,
                    class_name="text-input select-input",
                ),
                class_name="tool",
            ),
        ),
        class_name="staff-tools",
    )


def _row(row: View) -> rx.Component:
    label = rx.el.bdi(row.label)
    return rx.el.li(
        rx.el.div(
            rx.cond(
                sees_answers(),
                rx.el.a(label, href=row.href, class_name="inbox-label"),
                rx.el.span(label, class_name="inbox-label"),
            ),
            rx.cond(row.note, rx.el.span(row.note, class_name="inbox-note")),
            class_name="inbox-who",
        ),
        rx.el.div(
            rx.cond(row.urgency, urgency_tag(row.urgency, row.urgency_words)),
            rx.cond(
                row.flags.length() > 0,
                rx.el.ul(
                    rx.foreach(row.flags.to(list[str]), lambda flag: rx.el.li(flag)),
                    class_name="inbox-flags",
                ),
            ),
            class_name="inbox-urgency",
        ),
        rx.el.div(
            rx.el.span(row.status_words, class_name="inbox-status"),
            rx.cond(
                row.assigned,
                rx.el.span(row.assigned, class_name="inbox-assigned"),
                rx.cond(
                    row.status != "reviewed",
                    rx.el.span("Nobody yet", class_name="inbox-assigned"),
                ),
            ),
            class_name="inbox-state",
        ),
        rx.el.time(row.time, date_time=row.iso_time, class_name="inbox-time"),
        class_name="inbox-row",
        data_urgency=row.urgency,
    )


def _nothing_looked_after() -> rx.Component:
    return empty_state(
        no_answers(),
        "Nothing found",
        rx.el.p(
            rx.cond(
                InboxState.assigned == "me",
                "You look after nothing in this list.",
                "Nothing in this list waits for somebody to look after it.",
            )
        ),
        button(
            "Show everybody\N{RIGHT SINGLE QUOTATION MARK}s",
            kind="secondary",
            on_click=InboxState.filter_assigned(""),
        ),
    )


def _nobody_came_so() -> rx.Component:
    return empty_state(
        no_answers(),
        "Nothing found",
        rx.el.p(
            rx.cond(
                InboxState.came == "invited",
                "Nothing in this list is from somebody whom you invited.",
                "Nothing in this list is from somebody who came by themselves.",
            )
        ),
        button("Show both", kind="secondary", on_click=InboxState.filter_came("")),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        InboxState.search != "",
        no_label_found(InboxState.find_no_more),
        rx.cond(
            InboxState.came != "",
            _nobody_came_so(),
            rx.cond(InboxState.assigned != "", _nothing_looked_after(), _nothing_in_list()),
        ),
    )


def _nothing_in_list() -> rx.Component | rx.Var[Any]:
    return rx.match(
        InboxState.status,
        (
            "in-progress",
            empty_state(
                no_answers(),
                "Nothing is in progress",
                rx.el.p("What somebody has begun to look at stands here."),
            ),
        ),
        (
            "reviewed",
            empty_state(
                no_answers(),
                "Nothing has been reviewed yet",
                rx.el.p("What somebody has marked as reviewed stands here."),
            ),
        ),
        empty_state(
            no_answers(),
            "Nothing new",
            rx.el.p("Answers appear here by themselves as soon as a patient sends them."),
            link_button("Invite patients", href=routes.CLINIC_INVITATIONS, kind="secondary"),
        ),
    )


def inbox_page() -> rx.Component:
    """Show the inbox."""
    view = _view()
    return staff_page(
        "Inbox",
        rx.cond(
            InboxState.view,
            rx.fragment(
                list_tabs(rx.foreach(view.tabs.to(list[Tab]), _tab)),
                _tools(),
                rx.el.p(view.found, class_name="note", role="status"),
                rx.cond(
                    view.total > 0,
                    rx.el.ul(
                        rx.foreach(view.rows.to(list[RowView]), _row),
                        class_name="inbox",
                        aria_label="Answer sets",
                    ),
                    _nothing(),
                ),
                paging(view.page, view.pages, InboxState.turn_page),
            ),
        ),
        current=routes.CLINIC,
        beside_title=link_button(
            icon("people"), "Invite patients", href=routes.CLINIC_INVITATIONS, kind="secondary"
        ),
    )
