"""One submission: the page for the specialist, every answer with its past, and what is done."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.confirmation import confirmation
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.response.presenter import (
    AnswerView,
    FactView,
    FlagView,
    Line,
    NoteView,
    PartView,
    SectionView,
    TableView,
)
from fbss_app.clinic.response.state import ResponseState
from fbss_app.clinic.urgency_tag import urgency_tag
from fbss_app.clinic.view import View
from fbss_app.ui.art.body_map import body_map_to_read
from fbss_app.ui.button import button, link_button
from fbss_app.ui.icon import icon
from fbss_app.ui.notice import notice


def _view() -> View:
    return ResponseState.response


def _flag(flag: View) -> rx.Component:
    return rx.el.li(urgency_tag(flag.urgency, flag.words), rx.el.strong(flag.heading))


def _flags(view: View) -> rx.Component:
    return rx.cond(
        view.flags.length() > 0,
        rx.el.section(
            rx.el.h2("Warning signs that were reported", class_name="section-title"),
            rx.el.ul(rx.foreach(view.flags.to(list[FlagView]), _flag), class_name="flag-list"),
            class_name="response-flags",
        ),
        rx.el.p(
            "No warning sign was reported. That does not mean that there is none.",
            class_name="note",
        ),
    )


def _work(view: View) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span("Status: "), rx.el.strong(view.status_words), class_name="response-status"
        ),
        rx.el.label(
            rx.el.span("Looked after by", class_name="tool-label"),
            rx.el.select(
                rx.el.option("Nobody yet", value=""),
                rx.foreach(
                    ResponseState.colleagues,
                    lambda one: rx.el.option(one[1], value=one[0]),
                ),
                value=view.assigned_to,
                on_change=ResponseState.assign,
                class_name="text-input select-input",
            ),
            class_name="tool",
        ),
        rx.el.div(
            rx.cond(
                view.status == "reviewed",
                button(
                    "Open it again",
                    kind="secondary",
                    on_click=ResponseState.set_status("in-progress"),
                ),
                rx.fragment(
                    button(
                        icon("check"),
                        "Mark as reviewed",
                        on_click=ResponseState.set_status("reviewed"),
                    ),
                    rx.cond(
                        view.status == "new",
                        button(
                            "In progress",
                            kind="secondary",
                            on_click=ResponseState.set_status("in-progress"),
                        ),
                        button(
                            "Back to new",
                            kind="quiet",
                            on_click=ResponseState.set_status("new"),
                        ),
                    ),
                ),
            ),
            class_name="response-actions",
        ),
        class_name="response-work no-print",
    )


def _removal(view: View) -> rx.Component:
    """Offer to remove what somebody sent whom nobody invited; nothing for anybody else's."""
    return rx.cond(
        ResponseState.can_remove,
        rx.el.div(
            rx.cond(
                ResponseState.asks_to_remove,
                rx.fragment(),
                button(
                    "Remove: not one of our patients",
                    kind="quiet",
                    on_click=ResponseState.ask_to_remove,
                ),
            ),
            confirmation(
                ResponseState.asks_to_remove,
                rx.el.p("Remove what ", rx.el.strong(rx.el.bdi(view.label)), " sent?"),
                rx.cond(
                    view.flags.length() > 0,
                    rx.el.p(
                        "Warning signs were reported. Before you remove this, make sure that "
                        "nobody needs help."
                    ),
                ),
                rx.el.p(
                    "The answers, your notes on them and the name are deleted for good. Whoever "
                    "sent this is told, keeps their own answers, and can send again. The audit "
                    "trail keeps that you did it."
                ),
                do="Remove it",
                on_do=ResponseState.remove,
                on_leave=ResponseState.ask_to_remove,
            ),
            class_name="no-print",
        ),
    )


def _line(line: View) -> rx.Component:
    return rx.el.div(rx.el.dt(line.label), rx.el.dd(line.text), class_name="fact")


def _fact(fact: View) -> rx.Component:
    return rx.el.div(
        rx.el.dt(fact.label),
        rx.el.dd(
            rx.el.bdi(fact.answer),
            rx.cond(fact.note, rx.el.div(fact.note, class_name="summary-note")),
        ),
        class_name="fact",
    )


def _table(table: View) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.foreach(
                        table.columns.to(list[str]), lambda column: rx.el.th(column, scope="col")
                    )
                )
            ),
            rx.el.tbody(
                rx.foreach(
                    table.rows.to(list[list[str]]),
                    lambda row: rx.el.tr(
                        rx.foreach(
                            row.to(list[str]),
                            lambda cell, index: rx.cond(
                                index == 0, rx.el.th(cell, scope="row"), rx.el.td(cell)
                            ),
                        )
                    ),
                )
            ),
            class_name="staff-table",
        ),
        tab_index=0,
        role="region",
        aria_label=table.columns[0],
        class_name="table-scroll",
    )


def _part(part: View) -> rx.Component:
    places = part.places.to(list[str])
    return rx.el.section(
        rx.el.h3(rx.cond(part.starred, icon("star")), part.title, class_name="summary-block-title"),
        rx.cond(places.length() > 0, body_map_to_read(places, part.worst.to(str))),
        rx.cond(part.told, rx.el.p(part.told)),
        rx.foreach(part.tables.to(list[TableView]), _table),
        rx.el.dl(rx.foreach(part.facts.to(list[FactView]), _fact), class_name="facts"),
        class_name="sheet-part",
    )


def _answer(answer: View) -> rx.Component:
    return rx.el.div(
        rx.el.dt(answer.question),
        rx.el.dd(
            rx.el.bdi(answer.answer, class_name="answer-words"),
            rx.cond(
                answer.is_void,
                rx.el.div("No longer asked, so it counts nowhere.", class_name="summary-note"),
            ),
            rx.el.div(answer.given, class_name="summary-note"),
            rx.cond(
                answer.earlier.length() > 0,
                rx.el.details(
                    rx.el.summary("Earlier answers"),
                    rx.el.ul(
                        rx.foreach(answer.earlier.to(list[str]), lambda one: rx.el.li(one)),
                        class_name="bullets",
                    ),
                    class_name="answer-history",
                ),
            ),
        ),
        class_name="answer-row",
    )


def _section(section: View) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.h3(section.title, class_name="answer-section-title"),
            rx.el.span(section.count, class_name="note"),
        ),
        rx.el.dl(rx.foreach(section.answers.to(list[AnswerView]), _answer)),
        class_name="answer-section",
    )


def _notes(view: View) -> rx.Component:
    problem = ResponseState.note_problem
    notes_saved: View = ResponseState.notes_saved
    return rx.el.section(
        rx.el.h2("Notes", class_name="section-title"),
        rx.el.p("Seen by your clinic only, never by the patient.", class_name="note"),
        rx.el.ul(
            rx.foreach(
                view.notes.to(list[NoteView]),
                lambda note: rx.el.li(
                    rx.el.p(note.text, class_name="note-text"),
                    rx.el.p(note.about, class_name="note"),
                ),
            ),
            class_name="note-list",
        ),
        rx.el.form(
            rx.el.label("Add a note", html_for="note", class_name="form-label"),
            rx.cond(
                problem != "",
                rx.el.p(
                    icon("warning"),
                    rx.el.span(problem),
                    id=rx.Var.create("note-error"),
                    class_name="field-error",
                ),
            ),
            rx.el.textarea(
                id=rx.Var.create("note"),
                name="note",
                # What was typed stays in the field until it is saved; then a new field stands here.
                key=notes_saved.to_string(),
                rows=3,
                max_length=2000,
                aria_describedby=rx.cond(problem != "", "note-error", ""),
                aria_invalid=rx.cond(problem != "", "true", "false"),
                class_name="text-input",
            ),
            rx.el.div(
                button("Save the note", type_="submit", kind="secondary"), class_name="actions"
            ),
            on_submit=ResponseState.write_note,
            class_name="staff-form no-print",
        ),
        class_name="section",
    )


def _sheet(view: View) -> rx.Component:
    return rx.el.section(
        rx.el.h2("For the specialist", class_name="section-title"),
        rx.el.p(view.origin, class_name="note"),
        rx.el.div(
            rx.foreach(view.parts.to(list[PartView]), _part),
            rx.cond(
                view.questions.length() > 0,
                rx.el.section(
                    rx.el.h3("Questions the patient may ask", class_name="summary-block-title"),
                    rx.el.ul(
                        rx.foreach(view.questions.to(list[str]), lambda one: rx.el.li(one)),
                        class_name="bullets",
                    ),
                    class_name="sheet-part",
                ),
            ),
            class_name="sheet-parts",
        ),
        rx.foreach(view.must_say.to(list[str]), lambda line: rx.el.p(line, class_name="note")),
        class_name="section",
    )


def _file(words: str, address: View) -> rx.Component:
    return link_button(icon("download"), words, href=address, kind="secondary", download=True)


def response_page() -> rx.Component:
    """Show one submission."""
    view = _view()
    return staff_page(
        rx.cond(ResponseState.response, rx.el.bdi(view.label), "Answers"),
        rx.cond(
            ResponseState.is_missing,
            notice(
                rx.el.p(
                    "These answers are not here. The patient may have deleted them, or their time "
                    "is over."
                ),
                link_button("To the inbox", href=routes.CLINIC, kind="secondary"),
            ),
        ),
        rx.cond(
            ResponseState.is_removed,
            link_button("To the inbox", href=routes.CLINIC, kind="secondary"),
        ),
        rx.cond(
            ResponseState.response,
            rx.fragment(
                _flags(view),
                _work(view),
                rx.el.div(
                    rx.foreach(view.remarks.to(list[str]), lambda remark: notice(rx.el.p(remark))),
                    _removal(view),
                    class_name="stack",
                ),
                _sheet(view),
                rx.el.section(
                    rx.el.h2("Every answer, and who gave it", class_name="section-title"),
                    rx.foreach(view.sections.to(list[SectionView]), _section),
                    class_name="section",
                ),
                _notes(view),
                rx.el.section(
                    rx.el.h2("About these answers", class_name="section-title"),
                    rx.el.dl(
                        rx.foreach(view.facts.to(list[Line]), _line), class_name="facts about-facts"
                    ),
                    class_name="section",
                ),
            ),
        ),
        current=routes.CLINIC_RESPONSE,
        beside_title=rx.cond(
            ResponseState.response,
            rx.el.div(
                rx.el.a(icon("back"), "Inbox", href=routes.CLINIC, class_name="back"),
                _file("PDF", view.pdf),
                _file("CSV", view.csv),
                _file("FHIR", view.fhir),
                class_name="response-actions no-print",
            ),
        ),
    )
