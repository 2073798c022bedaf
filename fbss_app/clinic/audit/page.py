"""The audit trail: who did and saw what, for administrators."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.audit.presenter import ACTION_WORDS
from fbss_app.clinic.audit.state import AuditState
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.view import View
from fbss_app.ui.button import button, link_button
from fbss_app.ui.icon import icon


def _entry(entry: View) -> rx.Component:
    cells = (
        ("Time", rx.el.time(entry.time, date_time=entry.iso_time)),
        ("Who", rx.el.bdi(entry.actor)),
        ("What", rx.el.span(entry.action, class_name=rx.cond(entry.is_alert, "is-refusal", ""))),
        # An empty cell has no place on a phone, and neither has its label.
        ("Details", rx.cond(entry.details, rx.el.span(entry.details))),
    )
    return rx.el.tr(
        rx.el.th(entry.sequence, custom_attrs={"scope": "row", "role": "rowheader"}),
        *(rx.el.td(cell, role="cell", data_label=label) for label, cell in cells),
        role="row",
    )


def _filters() -> rx.Component:
    return rx.el.form(
        rx.el.label(
            rx.el.span("Who", class_name="tool-label"),
            rx.el.select(
                rx.el.option("Everybody", value=""),
                rx.foreach(AuditState.actors, lambda one: rx.el.option(one[1], value=one[0])),
                name="actor",
                default_value=AuditState.actor,
                class_name="text-input select-input",
            ),
            class_name="tool",
        ),
        rx.el.label(
            rx.el.span("What", class_name="tool-label"),
            rx.el.select(
                rx.el.option("Everything", value=""),
                *(
                    rx.el.option(words, value=str(action))
                    for action, words in sorted(ACTION_WORDS.items(), key=lambda each: each[1])
                ),
                name="action",
                default_value=AuditState.action,
                class_name="text-input select-input",
            ),
            class_name="tool",
        ),
        *(
            rx.el.label(
                rx.el.span(label, class_name="tool-label"),
                rx.el.input(type="date", name=name, class_name="text-input"),
                class_name="tool",
            )
            for label, name in (("From (UTC)", "since"), ("Until the end of", "until"))
        ),
        button("Show", type_="submit", kind="secondary"),
        on_submit=AuditState.filter,
        class_name="staff-tools",
    )


def audit_page() -> rx.Component:
    """Show the audit trail."""
    heads = ("No.", "Time", "Who", "What", "Details")
    entries: View = AuditState.entries
    return staff_page(
        "Audit trail",
        rx.el.p(
            "Every view, change, export, log-in and refusal. Entries are only ever added, and each "
            "vouches for the one before it. The file holds the marks to check that with.",
            class_name="note",
        ),
        rx.cond(AuditState.is_loaded, _filters()),
        rx.cond(
            AuditState.is_loaded,
            rx.cond(
                entries.length() > 0,
                rx.fragment(
                    rx.el.table(
                        rx.el.thead(
                            rx.el.tr(
                                *(
                                    rx.el.th(
                                        head,
                                        custom_attrs={"scope": "col", "role": "columnheader"},
                                    )
                                    for head in heads
                                ),
                                role="row",
                            ),
                            role="rowgroup",
                        ),
                        rx.el.tbody(rx.foreach(entries, _entry), role="rowgroup"),
                        role="table",
                        class_name="staff-table staff-table-cards",
                    ),
                    rx.cond(
                        AuditState.has_more,
                        rx.el.div(
                            button(
                                "Show earlier entries",
                                kind="secondary",
                                on_click=AuditState.show_more,
                            ),
                            class_name="paging",
                        ),
                    ),
                ),
                rx.el.p("No entry fits.", class_name="note", role="status"),
            ),
        ),
        current=routes.CLINIC_AUDIT,
        beside_title=rx.cond(
            AuditState.is_loaded,
            link_button(
                icon("download"),
                "Whole trail (CSV)",
                href=routes.CLINIC_AUDIT_FILE,
                kind="secondary",
                download=True,
            ),
        ),
    )
