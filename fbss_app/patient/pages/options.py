"""The options: an index in their groups and a page for each, the same for everyone."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.certainty import Certainty
from fbss_app.domain.decision_aid.option import Family, Option
from fbss_app.domain.decision_aid.prose import cited_sources
from fbss_app.domain.decision_aid.title import split_title
from fbss_app.domain.decision_aid.topic import Page
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import contents, parent_link, patient_page, section
from fbss_app.patient.pages.glossary import explained_terms, page_words
from fbss_app.ui.button import link_button
from fbss_app.ui.card import card_group, link_card
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import lead, prose

FIND_THE_CAUSE = "first-find-the-cause"
_BEFORE_ANY_SURGERY = "before-any-surgery"

FAMILIES = {
    Family.NO_CHANGE: ("No change", "This is an option too."),
    Family.NON_SURGICAL: ("Non-surgical options", "No operation is needed."),
    Family.IN_BETWEEN: (
        "In between: implanted pain devices",
        "An operation places them, but they do not repair the spine.",
    ),
    Family.SURGICAL: ("Surgical options", "Another operation on the spine."),
}

_CERTAINTY_WORDS = {
    Certainty.HIGH: "How sure the evidence is: high",
    Certainty.MODERATE: "How sure the evidence is: moderate",
    Certainty.LOW: "How sure the evidence is: low",
    Certainty.VERY_LOW: "How sure the evidence is: very low",
    Certainty.MIXED: "How sure the evidence is: it differs within this page",
}


def _find_the_cause_first() -> rx.Component:
    return notice(
        rx.el.p(
            "Before any option comes one step: ",
            rx.el.a("first find the cause of the pain", href=routes.topic(FIND_THE_CAUSE)),
            ".",
        )
    )


def _card(option: Option) -> rx.Component:
    plain, term = split_title(option.title)
    return link_card(
        plain,
        summary=option.summary,
        term=term,
        href=routes.option(option.id),
        heading=3,
    )


def _family(family: Family) -> rx.Component:
    title, explanation = FAMILIES[family]
    options = [option for option in load_content().options if option.family is family]
    return card_group(title, explanation, *(_card(option) for option in options))


def options_page() -> rx.Component:
    """List every option in its group."""
    return patient_page(
        page_head(
            "The options people discuss with their team",
            lead="More surgery, other treatments, or carry on as now? This page shows all options. "
            "They are the same, in the same order, for everyone.",
        ),
        _find_the_cause_first(),
        rx.el.div(
            link_button("Compare options side by side", href=routes.COMPARE, kind="secondary"),
            class_name="section",
        ),
        *(_family(family) for family in Family),
        rx.el.p(
            "What matters to you in this? See ",
            rx.el.a("how every option does on what matters", href=routes.WHAT_MATTERS),
            ".",
            class_name="section measure",
        ),
        rx.el.p(
            "How do specialists decide? Read about ",
            rx.el.a("joining bones or making room", href=routes.topic("fusion-or-decompression")),
            ".",
            class_name="section measure",
        ),
        *evidence((), min(option.reviewed_on for option in load_content().options)),
        current=routes.OPTIONS,
        narrow=False,
    )


def _before_any_surgery(option: Option) -> Page | None:
    if option.family is not Family.SURGICAL:
        return None
    return load_content().pages[_BEFORE_ANY_SURGERY]


def _sources(option: Option, before: Page | None) -> list[str]:
    """Number the sources of a page once: those of the option first, then those it is shown with."""
    added = cited_sources(before.blocks) if before else []
    return list(dict.fromkeys([*option.sources, *added]))


def option_page(option: Option) -> rx.Component:
    """Explain one option, with what may help and what may go wrong in equal detail.

    Args:
        option: The option.
    """
    before = _before_any_surgery(option)
    sources = _sources(option, before)
    parts = [(f"part-{number}", part) for number, part in enumerate(option.sections, 1)]
    terms = explained_terms()
    summary = terms.mark_line(option.summary)
    before_blocks = terms.mark(before.blocks) if before else ()
    return patient_page(
        parent_link("All options", routes.OPTIONS),
        page_head(option.title, lead(summary)),
        contents(
            [
                *([(_BEFORE_ANY_SURGERY, before.title)] if before else []),
                *((anchor, part.title.value) for anchor, part in parts),
            ]
        ),
        section(
            before.title,
            prose(before_blocks, sources),
            id=rx.Var.create(_BEFORE_ANY_SURGERY),
            tab_index=-1,
        )
        if before
        else rx.fragment(),
        *(
            section(
                part.title.value,
                prose(terms.mark(part.blocks), sources),
                id=rx.Var.create(anchor),
                tab_index=-1,
            )
            for anchor, part in parts
        ),
        section(
            "Using this page",
            rx.el.p(rx.el.strong(_CERTAINTY_WORDS[option.certainty])),
            rx.el.p(
                "This page does not tell you what to choose. Talk about it with your specialist."
            ),
            rx.el.p(
                rx.el.a("Compare this option with others", href=f"{routes.COMPARE}#{option.id}")
            ),
        ),
        page_words(terms),
        *evidence(sources, option.reviewed_on),
        current=routes.OPTIONS,
    )
