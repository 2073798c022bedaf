"""The section of the settings about the clinic's own pages."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A

from fbss_app.clinic.copy_button import copy_button
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.settings.outcome_notice import outcome_notice
from fbss_app.clinic.settings.state import SITE_FIELD, SettingsState
from fbss_app.clinic.view import View
from fbss_app.ui.button import button
from fbss_app.ui.form_field import text_field


def _copy_and_look(copy: str, text: View, look: str, href: View) -> rx.Component:
    return rx.el.div(
        copy_button(copy, text),
        A.create(
            look, href=href, target="_blank", rel="noopener", class_name="button button-quiet"
        ),
        class_name="actions",
    )


def _addresses(pages: View) -> rx.Component:
    return rx.fragment(
        rx.el.p("Your own address, for letters and links:", class_name="note"),
        rx.el.p(pages.address, class_name="link-text"),
        _copy_and_look("Copy the address", pages.address, "Look at it", pages.address),
        rx.el.h3("Inside a page of your website", class_name="score-title"),
        rx.el.p(
            "Paste this where the questionnaire shall stand. It works without the script too, but "
            "then with a scroll bar of its own.",
            class_name="note",
        ),
        rx.el.pre(
            pages.snippet,
            id=rx.Var.create("snippet"),
            tab_index=0,
            class_name="snippet",
            aria_label="The code to paste",
        ),
        _copy_and_look("Copy the code", pages.snippet, "See what it shows", pages.preview),
    )


def _check() -> rx.Component:
    return rx.fragment(
        rx.el.h3("Check my site", class_name="score-title"),
        staff_form(
            text_field(
                SITE_FIELD,
                "Address of the page",
                name=SITE_FIELD,
                problems=rx.Var.create([]),
                hint="As it stands in the browser, such as https://www.example.org/pain.",
                input_mode="url",
                spell_check=False,
                auto_complete="off",
            ),
            rx.el.div(button("Check", type_="submit", kind="secondary"), class_name="actions"),
            on_submit=SettingsState.check_site,
            reset_on_submit=False,
        ),
        outcome_notice(SettingsState.found, is_good=SettingsState.is_allowed),
    )


def own_pages_section() -> rx.Component:
    """Show the section. The page loads it with `SettingsState.on_load`."""
    pages: View = SettingsState.pages
    return rx.el.section(
        rx.el.h2("Your own pages", class_name="section-title"),
        rx.cond(
            SettingsState.pages,
            rx.el.div(_addresses(pages), _check(), class_name="stack"),
            rx.el.p(
                "There are none yet. Tick \N{LEFT DOUBLE QUOTATION MARK}Patients may answer "
                "without an invitation\N{RIGHT DOUBLE QUOTATION MARK} above and save the settings.",
                class_name="note",
            ),
        ),
        class_name="section own-pages",
    )
