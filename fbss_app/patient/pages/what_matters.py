"""How every option does on each thing that can matter, the same for everyone.

What a person chose is marked and opened where it stands. Nothing is added up, moved or left out.
"""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.explained_terms import ExplainedTerms
from fbss_app.domain.decision_aid.option import Family, Option
from fbss_app.domain.decision_aid.title import split_title
from fbss_app.domain.decision_aid.value import HowSure, Value, Values
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.glossary import explained_terms, page_words
from fbss_app.patient.pages.options import FAMILIES, evidence
from fbss_app.ui.button import link_button
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.icon import icon
from fbss_app.ui.page_head import page_head

HOW_SURE = {
    HowSure.BY_NATURE: "How sure: it is part of this option",
    HowSure.HIGH: "How sure: high",
    HowSure.MODERATE: "How sure: moderate",
    HowSure.LOW: "How sure: low",
    HowSure.VERY_LOW: "How sure: very low",
    HowSure.EXPERTS_DISAGREE: "How sure: experts disagree",
    HowSure.NOT_KNOWN: "How sure: not known",
}


def chosen_condition(value: Value) -> str:
    """Name the condition of the questionnaire that holds when a person chose this."""
    return f"chose-{value.id}"


def _how_it_does(option: Option, value: Value) -> rx.Component:
    plain, _ = split_title(option.title)
    does = value.option[option.id]
    return rx.el.li(
        rx.el.p(rx.el.a(plain, href=routes.option(option.id))),
        rx.el.p(does.words),
        rx.el.p(HOW_SURE[does.how_sure], class_name="note"),
        class_name="how-it-does",
    )


def _family(family: Family, value: Value) -> rx.Component:
    title, _ = FAMILIES[family]
    own = [option for option in load_content().options if option.family is family]
    return rx.el.div(
        rx.el.h3(title),
        rx.el.ul(*(_how_it_does(option, value) for option in own), class_name="how-they-do"),
        class_name="stack",
    )


def _value(response: ResponseVars, value: Value) -> rx.Component:
    is_chosen = response.condition(chosen_condition(value))
    by_helper = response.slice("by_helper", "helper", bool)
    return section(
        value.title,
        rx.cond(
            is_chosen,
            rx.el.p(
                icon("check"),
                rx.cond(by_helper, "They chose this", "You chose this"),
                class_name="chosen-mark",
            ),
        ),
        disclosure(
            rx.fragment(
                "See how every option does",
                rx.el.span(f" on: {value.title}", class_name="visually-hidden"),
            ),
            rx.el.div(
                *(_family(family, value) for family in Family),
                class_name="stack",
            ),
            open_=is_chosen,
        ),
    )


def _words(values: Values) -> ExplainedTerms:
    terms = explained_terms()
    for value in values.value:
        for does in value.option.values():
            terms.mark_line(does.words)
    return terms


def what_matters_page() -> rx.Component:
    """Show how every option does on each thing that can matter."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    values = load_content().values
    return patient_page(
        parent_link("All options", routes.OPTIONS),
        page_head(
            "How the options do on what matters",
            lead=f"Here are {len(values.value)} things that can matter to people. "
            "Under each one you see how every option does, and how sure we are.",
        ),
        rx.el.p(
            "This page is the same for everyone, and it gives no total and no winner. "
            "It does not tell you what to choose. Talk about it with your specialist.",
            class_name="measure",
        ),
        *(_value(response, value) for value in values.value),
        section(
            "What you can do next",
            rx.el.p("What counts most is for you to say. The questions help you to work it out."),
            rx.el.div(
                link_button("Go on with the questions", href=routes.QUESTIONNAIRE),
                class_name="actions",
            ),
        ),
        rx.el.p(
            "The figures and sources stand on the page of each option.", class_name="section note"
        ),
        page_words(_words(values)),
        *evidence([], values.reviewed_on),
        current=routes.OPTIONS,
        narrow=False,
    )
