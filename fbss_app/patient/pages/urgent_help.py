"""Emergency signs, before, beside and without the questions; the numbers come from the country."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.model import RedFlag, Service, Urgency
from fbss_app.patient.client.definitions import questionnaires
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import patient_page
from fbss_app.patient.pages.glossary import explained_terms, page_words
from fbss_app.patient.pages.urgent import HEADINGS, call_links
from fbss_app.ui.care_card import care_card
from fbss_app.ui.events import dom_event
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import lead, prose


def _signs(urgency: Urgency) -> list[RedFlag]:
    flags = questionnaires()[routes.PRIMARY_QUESTIONNAIRE].red_flag
    return [
        flag for flag in flags if flag.urgency is urgency and not flag.id.startswith("not-sure")
    ]


def _card(urgency: Urgency, *numbers: rx.Component) -> rx.Component:
    return care_card(
        urgency.value,
        f"{HEADINGS[urgency.value]} if you have any of these:",
        *numbers,
        rx.el.ul(*(rx.el.li(flag.heading) for flag in _signs(urgency)), class_name="bullets"),
    )


def _advice(response: ResponseVars) -> rx.Component:
    advice = response.slice("help_advice", "helpAdvice")
    return rx.cond(advice, rx.el.p(advice))


def _numbers(response: ResponseVars, name: str) -> rx.Component:
    calls = response.slice(f"calls_{name}", f"helpCalls.{name}", list[dict[str, str]])
    return call_links(calls)


def _country_choice(response: ResponseVars) -> rx.Component:
    countries = load_content().countries.country
    return rx.el.div(
        rx.el.label("Numbers for", html_for="country", class_name="field-label"),
        rx.el.select(
            *(rx.el.option(country.name, value=country.code) for country in countries),
            id="country",
            name="country",
            value=response.slice("help_country", "country.code"),
            on_change=dom_event(response.action("chooseCountry", "event.target.value")),
            class_name="select-input",
        ),
        class_name="field",
    )


def urgent_help_page() -> rx.Component:
    """Show every warning sign with what to do, whatever a person has answered."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    intro = load_content().pages["urgent-help-intro"]
    terms = explained_terms()
    return patient_page(
        page_head(intro.title, lead(terms.mark_line(intro.summary))),
        rx.el.div(
            _country_choice(response),
            _card(Urgency.EMERGENCY, _numbers(response, Service.EMERGENCY.value)),
            care_card(
                Urgency.EMERGENCY.value,
                "Talk to someone now if you are thinking of ending your life or harming yourself",
                rx.el.p("You do not have to be alone with this."),
                _numbers(response, Service.CRISIS.value),
            ),
            _card(Urgency.SAME_DAY, _numbers(response, Service.URGENT.value), _advice(response)),
            _card(Urgency.SOON),
            class_name="stack-large",
        ),
        rx.el.div(prose(terms.mark(intro.blocks)), class_name="section"),
        page_words(terms),
        *evidence((), intro.reviewed_on),
        current=routes.URGENT_HELP,
    )
