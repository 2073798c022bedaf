"""What stands around a list of staff's: its tabs, the search in its labels, what a row offers."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.view import View
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import button
from fbss_app.ui.empty import empty_state


def list_tab(words: View, count: View, *, is_current: View, on_click: View) -> rx.Component:
    """Show one tab of a list, with how many rows stand behind it."""
    return rx.el.li(
        rx.el.button(
            rx.el.span(words),
            rx.el.span(count, class_name="tab-count"),
            type="button",
            aria_pressed=rx.cond(is_current, "true", "false"),
            class_name="tab",
            on_click=on_click,
        )
    )


def list_tabs(tabs: rx.Component) -> rx.Component:
    """Show the tabs of a list: `tabs` is what `list_tab` gave for each."""
    return rx.el.nav(rx.el.ul(tabs, class_name="tabs"), aria_label="Lists")


def label_search(search: View, on_find: View) -> rx.Component:
    """Ask for the beginning of a word of a label; `search` is what is searched for now."""
    return rx.el.form(
        rx.el.label("Find a label", html_for="search", class_name="visually-hidden"),
        rx.el.input(
            type="search",
            id=rx.Var.create("search"),
            name="search",
            placeholder="Find a label",
            auto_complete="off",
            default_value=search,
            class_name="text-input staff-search",
        ),
        button("Find", type_="submit", kind="secondary"),
        on_submit=on_find,
        role="search",
        class_name="staff-search-form",
    )


def no_label_found(on_show_all: View) -> rx.Component:
    """Say that the search found nothing, and offer the whole list."""
    return empty_state(
        no_answers(),
        "Nothing found",
        rx.el.p("No label has a word that begins like this."),
        button("Show all again", kind="secondary", on_click=on_show_all),
    )


def row_action(words: str, handler: View, whose: View) -> rx.Component:
    """Offer something to do with one row; `whose` tells a screen reader which."""
    return rx.el.button(
        words,
        rx.el.span(": ", whose, class_name="visually-hidden"),
        type="button",
        on_click=handler,
        class_name="row-action",
    )
