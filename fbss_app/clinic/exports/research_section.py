"""The part of the page of exports that is about files for research."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.exports.choice import choice
from fbss_app.clinic.exports.research_presenter import RequestView
from fbss_app.clinic.exports.research_state import ResearchState
from fbss_app.clinic.exports.words import STATUSES, URGENCIES
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.list_tools import row_action
from fbss_app.clinic.view import View
from fbss_app.server.services.clinic.exports.research_requests import (
    LONGEST_PURPOSE,
    SHORTEST_PURPOSE,
)
from fbss_app.ui.button import button, link_button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import field_around
from fbss_app.ui.icon import icon


def _problems() -> View:
    return ResearchState.problems


def _request(asked: View) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(rx.el.bdi(asked.purpose)),
            rx.el.div(asked.about, class_name="note"),
            rx.el.div(asked.state, class_name="request-state"),
            class_name="member-who",
        ),
        rx.cond(
            asked.href != "",
            link_button(
                icon("download"),
                "Download",
                rx.el.span(": ", asked.purpose, class_name="visually-hidden"),
                href=asked.href,
                kind="secondary",
                download=True,
            ),
        ),
        rx.cond(
            asked.can_decide,
            rx.el.div(
                row_action("Approve", ResearchState.approve(asked.id), asked.purpose),
                row_action("Refuse", ResearchState.refuse(asked.id), asked.purpose),
                class_name="member-actions",
            ),
        ),
        class_name="member request",
    )


def _form() -> rx.Component:
    return staff_form(
        rx.el.div(
            choice("research-status", "Status", STATUSES),
            choice("research-urgency", "Warning signs", URGENCIES),
            class_name="staff-tools",
        ),
        field_around(
            "purpose",
            "What it is for",
            lambda described: rx.el.textarea(
                id=rx.Var.create("purpose"),
                name="purpose",
                rows=2,
                max_length=LONGEST_PURPOSE,
                class_name="text-input",
                **described,
            ),
            problems=_problems(),
            hint=f"From {SHORTEST_PURPOSE} to {LONGEST_PURPOSE} characters, such as the study and "
            "its number at the ethics committee. The audit trail keeps it. Name no patient.",
        ),
        rx.el.div(button("Ask for approval", type_="submit"), class_name="actions"),
        on_submit=ResearchState.ask,
    )


def research_section() -> rx.Component:
    """Show what was asked for, and the form to ask for more."""
    requests: View = ResearchState.requests
    return rx.el.section(
        rx.el.h2("Files for research", class_name="section-title"),
        rx.el.p(
            "Age band, sex, region, operations, years since the last one, and scores; no name, no "
            "label, no date, no other answer. Everybody stands among 11 or more with the same "
            "traits; who cannot is left out."
        ),
        rx.el.p(
            "It takes two people: one asks and says what it is for, an administrator who is "
            "somebody else approves. Then whoever asked can take the file for 14 days, with what "
            "was sent before the approval. It is made when it is first taken; taking it again "
            "gives the same file. It is for the people of that purpose, not for the public."
        ),
        rx.cond(
            requests.length() > 0,
            rx.el.ul(
                rx.foreach(requests.to(list[RequestView]), _request),
                class_name="members",
                aria_label="Files that were asked for",
            ),
        ),
        rx.el.h3("Ask for a file", class_name="export-title"),
        error_summary(_problems()),
        _form(),
        class_name="section research",
    )
