"""The form that invites one patient or many, and what is read of it before anybody is invited."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import EventChain
from reflex.vars.function import FunctionVar

from fbss_app.clinic.form import staff_form
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.presenter import PreviewLine
from fbss_app.clinic.view import View
from fbss_app.server.services.clinic.invitations.invitation_list import MOST_LINES
from fbss_app.server.services.clinic.invitations.invitations import LEAST_DAYS, MOST_DAYS
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.events import dom_event
from fbss_app.ui.form_field import field_around, text_field

_LABEL_HINT = (
    "What you know them by, such as a number of your own. Only your clinic sees it. Leave out "
    "birthdays, NHS numbers and anything about health."
)
# Spreadsheets still write files in an older code than UTF-8, where é would come out as a box.
_READ_FILE = """(async (event) => {
    const input = event.target;
    const file = input.files[0];
    if (!file) return;
    const bytes = await file.arrayBuffer();
    let text;
    try {
        text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        text = new TextDecoder("windows-1252").decode(bytes);
    }
    const area = document.getElementById("people");
    area.value = text;
    area.focus();
    input.value = "";
})"""


def _problems() -> View:
    return InviteState.problems


def _days() -> rx.Component:
    return text_field(
        "days",
        "How many days the links work",
        name="days",
        problems=_problems(),
        hint=f"From {LEAST_DAYS} to {MOST_DAYS}.",
        input_class="input-short",
        input_mode="numeric",
        default_value=InviteState.days,
    )


def _one() -> rx.Component:
    return staff_form(
        text_field(
            "label",
            "Label of the patient",
            name="label",
            problems=_problems(),
            hint=_LABEL_HINT,
            default_value=InviteState.label,
            auto_focus=True,
        ),
        text_field(
            "email",
            "E-mail address",
            name="email",
            problems=_problems(),
            optional=True,
            hint="Nothing is sent before you say so.",
            type_="email",
            default_value=InviteState.email,
        ),
        _days(),
        _actions("Make the link"),
        on_submit=InviteState.check_one,
        reset_on_submit=False,
    )


def _many() -> rx.Component:
    file_handler: dict[str, Any] = {
        "on_change": dom_event(rx.Var(_READ_FILE).to(FunctionVar, EventChain))
    }
    return staff_form(
        rx.el.div(
            rx.el.label("A file with your list", html_for="list-file", class_name="form-label"),
            rx.el.p(
                "CSV or plain text. It is put into the field below, where you can change it.",
                id=rx.Var.create("list-file-hint"),
                class_name="hint",
            ),
            rx.el.input(
                type="file",
                id=rx.Var.create("list-file"),
                accept=".csv,.tsv,.txt,text/csv,text/plain",
                aria_describedby="list-file-hint",
                class_name="file-input",
                **file_handler,
            ),
            class_name="field",
        ),
        field_around(
            "people",
            "Labels of the patients",
            lambda described: rx.el.textarea(
                id=rx.Var.create("people"),
                name="people",
                rows=8,
                default_value=InviteState.people,
                spell_check=False,
                auto_focus=True,
                class_name="text-input",
                **described,
            ),
            problems=_problems(),
            hint=f"One a line, {MOST_LINES} at most. An e-mail address may follow after a comma, "
            f"or paste two columns of a table. {_LABEL_HINT}",
        ),
        _days(),
        _actions("Check the list"),
        on_submit=InviteState.check_many,
        reset_on_submit=False,
    )


def _actions(words: str) -> rx.Component:
    return rx.el.div(
        button(words, type_="submit"),
        button("Cancel", kind="quiet", on_click=InviteState.begin),
        class_name="actions",
    )


def _preview_row(line: View) -> rx.Component:
    said = line.problems.to(list[str])
    odd = line.warnings.to(list[str])
    return rx.el.tr(
        rx.el.td(line.number, data_label="Line"),
        rx.el.th(rx.el.bdi(line.label), scope="row"),
        rx.el.td(line.email, data_label="E-mail"),
        rx.el.td(
            rx.foreach(said, lambda each: rx.el.p(each, class_name="is-refusal")),
            rx.foreach(odd, lambda each: rx.el.p(each)),
            data_label="To look at",
        ),
    )


def _preview() -> rx.Component:
    lines: View = InviteState.preview
    return rx.el.div(
        rx.el.p(rx.el.strong(InviteState.preview_says), role="status"),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        *(
                            rx.el.th(words, scope="col")
                            for words in ("Line", "Label", "E-mail", "To look at")
                        )
                    )
                ),
                rx.el.tbody(rx.foreach(lines.to(list[PreviewLine]), _preview_row)),
                class_name="staff-table",
            ),
            class_name="table-scroll staff-table-cards preview-list",
            tab_index=0,
            role="region",
            aria_label="What was read",
        ),
        rx.el.div(
            rx.cond(
                InviteState.can_invite,
                button("Make the links", on_click=InviteState.invite),
            ),
            button("Change it", kind="secondary", on_click=InviteState.change, auto_focus=True),
            button("Cancel", kind="quiet", on_click=InviteState.begin),
            class_name="actions",
        ),
        class_name="stack",
    )


def _choice(words: str, *, is_many: bool) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        aria_pressed=rx.cond(InviteState.is_many == is_many, "true", "false"),
        class_name="tab",
        on_click=InviteState.choose(is_many),
    )


def invite_section() -> rx.Component:
    """Show the form, where somebody asked for it."""
    lines: View = InviteState.preview
    return rx.cond(
        InviteState.is_inviting,
        rx.el.section(
            rx.el.h2("Invite patients", class_name="section-title"),
            error_summary(_problems()),
            rx.cond(
                lines.length() > 0,
                _preview(),
                rx.fragment(
                    rx.el.div(
                        _choice("One patient", is_many=False),
                        _choice("Many", is_many=True),
                        class_name="tabs",
                        role="group",
                        aria_label="How many",
                    ),
                    rx.cond(InviteState.is_many, _many(), _one()),
                ),
            ),
            class_name="section invite",
        ),
    )
