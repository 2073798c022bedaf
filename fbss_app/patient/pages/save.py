"""Consent, and only then the way to the server; and what can be done with saved answers."""

import hashlib
import json

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import Block, filled_in, inline_groups
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.patient.pages.held_responses import held_responses
from fbss_app.patient.pages.link_ended import link_ended
from fbss_app.patient.pages.operator_words import operator_words
from fbss_app.settings import Settings
from fbss_app.ui.button import button
from fbss_app.ui.card import card_grid, link_card
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.error_summary import ProblemLink, error_summary
from fbss_app.ui.events import dom_event
from fbss_app.ui.form_field import tick_field
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import prose

CONSENT_VERSION = "3"
_PAGE = "save-consent"
_FORM = PageStore("saving/consent_form", "useConsentForm")
_COPY = PageStore("saving/server_copy", "useServerCopy")
_NEXT = (
    ("Come back later", "On this phone, on another one, or with a code.", routes.COME_BACK),
    ("Let someone help", "A relative answers with you, or a clinician reads.", routes.HELPERS),
    ("Your answers", "Download them, take them back, or delete them.", routes.YOUR_DATA),
)


def consent_text() -> tuple[Block, ...]:
    """Give the words a person agrees to, with who runs this deployment and its time limit."""
    settings = Settings()
    blocks = load_content().pages[_PAGE].blocks
    return filled_in(blocks, draft_days=settings.draft_days, **operator_words(settings))


def consent_text_sha256() -> str:
    """Hash the words a person agrees to, so that the consent record proves which ones they were."""
    lines = [plain_text(words) for block in consent_text() for words in inline_groups(block)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _consent_form(response: ResponseVars) -> rx.Component:
    consent = json.dumps({"version": CONSENT_VERSION, "text_sha256": consent_text_sha256()})
    problems = _FORM.slice("problems", list[ProblemLink])
    return rx.el.form(
        error_summary(problems),
        rx.el.div(
            tick_field("consent", "I agree to this", name="consent", problems=problems),
            rx.cond(
                response.slice("by_helper", "helper", bool),
                tick_field(
                    "agreed",
                    "The person I am helping has agreed that I save their answers",
                    name="agreed",
                    problems=problems,
                ),
            ),
            class_name="stack",
        ),
        rx.el.div(button("Save my answers", type_="submit"), class_name="actions"),
        on_submit=dom_event(
            _FORM.call("giveConsent", response_store(response), consent, "event.target")
        ),
        method="dialog",
        no_validate=True,
    )


def _status(response: ResponseVars) -> rx.Component:
    until = _COPY.slice("until")
    return rx.fragment(
        rx.match(
            response.slice("sync", "sync"),
            ("saved", notice("Saved. The server has confirmed every answer.")),
            ("saving", notice("Saving your answers…")),
            notice(response.slice("sync_text", "statusText"), kind="warning"),
        ),
        rx.el.p(
            "From now on each answer is saved when you continue.",
            rx.cond(
                until,
                rx.fragment(
                    " The server keeps them until ", until, ", and longer if you go on answering."
                ),
            ),
        ),
    )


def _saved(response: ResponseVars) -> rx.Component:
    return rx.fragment(
        _status(response),
        rx.cond(
            response.slice("sync", "sync") == "saved",
            rx.fragment(),
            rx.el.div(
                button("Save now", kind="secondary", on_click=response.action("send", "true")),
                class_name="actions",
            ),
        ),
        section(
            "What you can do now",
            card_grid(
                *(
                    link_card(title, summary=summary, href=href, heading=3)
                    for title, summary, href in _NEXT
                )
            ),
        ),
    )


def save_page() -> rx.Component:
    """Ask for consent, save, and lead to what saved answers can be used for."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    page = load_content().pages[_PAGE]
    return patient_page(
        _COPY.effect("useServerCopyUpdates", response_store(response), response_name(response)),
        _FORM.effect("useConsentFormPage"),
        rx.cond(
            response.slice("has_consent", "hasConsent", bool),
            page_head("Your saved answers"),
            page_head(page.title, lead=page.summary),
        ),
        # Stays while what is in it changes, so that the focus is not lost with the button.
        rx.el.div(
            link_ended(response),
            rx.cond(
                response.slice("has_consent", "hasConsent", bool),
                rx.fragment(
                    _saved(response),
                    disclosure("What you agreed to", prose(consent_text())),
                ),
                rx.fragment(
                    prose(consent_text()), rx.el.div(_choice(response), class_name="section")
                ),
            ),
            held_responses(response),
            tab_index=-1,
            class_name="stack",
        ),
        response=response,
        shows_answers=True,
    )


def _choice(response: ResponseVars) -> rx.Component:
    return rx.cond(
        response.slice("has_answers", "hasAnswers", bool),
        _consent_form(response),
        nothing_yet(response, "So there is nothing to save. Come back here when there is."),
    )
