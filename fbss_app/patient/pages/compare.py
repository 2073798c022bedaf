"""Two or three options side by side, each told in the same rows."""

from collections.abc import Callable
from itertools import groupby

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import NumberVar, VarData

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.certainty import Certainty
from fbss_app.domain.decision_aid.explained_terms import ExplainedTerms
from fbss_app.domain.decision_aid.figure import Figure
from fbss_app.domain.decision_aid.figure_words import figure_words
from fbss_app.domain.decision_aid.option import Family, Option, Outcome
from fbss_app.domain.decision_aid.prose import FigureBlock
from fbss_app.domain.decision_aid.title import split_title
from fbss_app.patient.client.vars import CLIENT
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.glossary import explained_terms, page_words
from fbss_app.patient.pages.options import FAMILIES
from fbss_app.ui.button import link_button
from fbss_app.ui.figure import Said, figures
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import said_with

AT_MOST = 3
_COMPARISON = f"{CLIENT}/decision_aid/comparison"

_CERTAINTY = {
    Certainty.HIGH: "High",
    Certainty.MODERATE: "Moderate",
    Certainty.LOW: "Low",
    Certainty.VERY_LOW: "Very low",
    Certainty.MIXED: "It differs from figure to figure, or experts disagree.",
}

_OTHER_TIMES = "These figures are over different times, or we do not know the time."

Cell = Callable[[Option], str | Outcome]

_ROWS: dict[str, Cell] = {
    "What it is": lambda option: option.summary,
    "Is there an operation?": lambda option: option.compare.operation,
    "What may help": lambda option: option.compare.may_help,
    "What may go wrong": lambda option: option.compare.may_go_wrong,
    "Getting over it": lambda option: option.compare.getting_over_it,
    "Can it be stopped or undone?": lambda option: option.compare.undo,
    "What it asks of you": lambda option: option.compare.effort,
    "How sure the evidence is": lambda option: _CERTAINTY[option.certainty],
}


def _figure(outcome: Outcome) -> Figure | None:
    return load_content().figures[outcome.figure] if outcome.figure else None


def _outcome(outcome: Outcome, said: Said) -> rx.Component:
    about = outcome.about or ""
    shown = _figure(outcome)
    return rx.fragment(
        *([rx.el.p(f"{about[:1].upper()}{about[1:]}:", class_name="hint")] if about else []),
        figures([(shown, figure_words(shown))], said) if shown else rx.el.p(outcome.words),
    )


def _figures_shown(options: tuple[Option, ...]) -> list[str]:
    return [
        outcome.figure
        for option in options
        for outcome in (option.compare.may_help, option.compare.may_go_wrong)
        if outcome.figure
    ]


def _name(option: Option) -> str:
    return split_title(option.title)[0]


def _term(option: Option) -> tuple[rx.Component, ...]:
    _, term = split_title(option.title)
    return (rx.el.span(term, class_name="choice-hint"),) if term else ()


def _box(option: Option) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name="compared", value=option.id, class_name="choice-input"),
        rx.el.span(_name(option), *_term(option), class_name="choice-label"),
        class_name="choice-row",
    )


def _choice(options: tuple[Option, ...]) -> rx.Component:
    families = groupby(options, key=lambda option: option.family)
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(rx.el.h2("Choose two or three", class_name="section-title")),
            *(_family(family, tuple(members)) for family, members in families),
            class_name="compare-choice",
        ),
        custom_attrs={"data-compare": "", "autoComplete": "off"},
    )


def _family(family: Family, options: tuple[Option, ...]) -> rx.Component:
    return rx.fragment(
        rx.el.h3(FAMILIES[family][0], class_name="choice-group"),
        rx.el.div(*(_box(option) for option in options), class_name="compare-boxes"),
    )


def _count() -> NumberVar[int]:
    data = VarData(
        hooks={"const compared_count = useComparedCount()": None},
        imports={_COMPARISON: [ImportVar(tag="useComparedCount")]},
    )
    return rx.Var("compared_count", _var_type=int, _var_data=data).to(int)


def _follow_the_boxes() -> rx.Component:
    data = VarData(
        hooks={f"useComparedOptions({AT_MOST})": None},
        imports={_COMPARISON: [ImportVar(tag="useComparedOptions")]},
    )
    return rx.fragment(rx.Var("null", _var_data=data))


def _what_is_missing() -> rx.Component:
    count = _count()
    return rx.el.div(
        rx.cond(
            count > AT_MOST,
            notice(
                f"You have chosen more than {AT_MOST}. Take one away to see your new choice.",
                kind="warning",
            ),
            rx.cond(
                count == 0,
                rx.el.p("You have not chosen an option yet."),
                rx.cond(count == 1, rx.el.p("Choose one more to see two side by side.")),
            ),
        ),
        role="status",
    )


def _table(options: tuple[Option, ...], said: Said) -> rx.Component:
    """Lay out every option once, hidden until it is chosen.

    The roles are said again because a phone shows the rows as cards, and an element that is no
    longer laid out as a table loses its role in some browsers.
    """
    head = (
        rx.el.th(
            rx.el.a(_name(option), href=routes.option(option.id)),
            hidden=True,
            custom_attrs={"scope": "col", "role": "columnheader", **_column(option)},
        )
        for option in options
    )
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(rx.el.td(custom_attrs={"role": "cell"}), *head, role="row"), role="rowgroup"
        ),
        rx.el.tbody(
            *(_row(title, cell, options, said) for title, cell in _ROWS.items()), role="rowgroup"
        ),
        role="table",
        class_name="table table-cards compare-table",
    )


def _column(option: Option) -> dict[str, str]:
    return {"data-compare-option": option.id}


def _row(title: str, cell: Cell, options: tuple[Option, ...], said: Said) -> rx.Component:
    cells = [(option, cell(option)) for option in options]
    has_figures = any(isinstance(told, Outcome) for _, told in cells)
    return rx.el.tr(
        rx.el.th(
            title,
            *(
                [rx.el.p(_OTHER_TIMES, class_name="note", data_other_times="")]
                if has_figures
                else []
            ),
            custom_attrs={"scope": "row", "role": "rowheader"},
        ),
        *(
            rx.el.td(
                _outcome(told, said) if isinstance(told, Outcome) else told,
                hidden=True,
                data_label=_name(option),
                custom_attrs={"role": "cell", **_column(option), **_time(told)},
            )
            for option, told in cells
        ),
        role="row",
    )


def _other_times() -> rx.Component:
    """Say that figures of a row are over different times; hidden where those shown are not."""
    return rx.el.p(_OTHER_TIMES, class_name="note", data_other_times="")


def _time(told: str | Outcome) -> dict[str, str]:
    """Give over what time a cell's figure counts, for the row to say where others differ."""
    shown = _figure(told) if isinstance(told, Outcome) else None
    return {"data-compare-time": shown.horizon} if shown else {}


def _words(options: tuple[Option, ...]) -> ExplainedTerms:
    """Find the medical words of the table; which of its columns are shown is not known here."""
    terms = explained_terms()
    for option in options:
        for cell in _ROWS.values():
            told = cell(option)
            if isinstance(told, str):
                terms.mark_line(told)
            elif shown := _figure(told):
                terms.mark([FigureBlock(figure=shown)])
    return terms


def _without_scripts() -> rx.Component:
    """Show every option, one under the other, where nothing can be chosen.

    Reflex hides `hidden` elements in a layer of styles, and what is `!important` in a layer can be
    undone only there.
    """
    return rx.el.noscript(
        rx.el.style(
            "@layer __reflex_base { "
            ".compare-table :is(tbody, tr, th, td) { display: block !important } } "
            ".compare-table td::before { content: attr(data-label) } "
            "[data-compare] { display: none }"
        )
    )


def compare_page() -> rx.Component:
    """Let a person set two or three options side by side; nothing depends on their answers."""
    content = load_content()
    options = content.options
    sources = list(
        dict.fromkeys(
            source
            for figure_id in _figures_shown(options)
            for source in content.figures[figure_id].sources
        )
    )
    return patient_page(
        _follow_the_boxes(),
        parent_link("All options", routes.OPTIONS),
        page_head(
            "Compare options side by side",
            lead="Every option has the same rows. This page does not say which one is for you.",
        ),
        _without_scripts(),
        _choice(options),
        section(
            "Side by side",
            _what_is_missing(),
            rx.el.p(
                "The studies counted different people, over different times. "
                "So a larger number does not mean that an option is better."
            ),
            rx.el.div(_table(options, said_with(sources)), class_name="prose"),
        ),
        section(
            "Before any surgery",
            link_button(
                "What each further operation changes",
                href=routes.topic("more-than-one-operation"),
                kind="secondary",
            ),
        ),
        page_words(_words(options)),
        *evidence(sources, min(option.reviewed_on for option in options)),
        current=routes.OPTIONS,
        narrow=False,
    )
