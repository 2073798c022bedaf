"""Consent, and only then the way to the server; and the way back."""

import hashlib
import json

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import Block, filled_in, inline_groups
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.frame import patient_page
from fbss_app.settings import Settings
from fbss_app.ui.button import button
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.error_summary import ProblemLink, problem_list
from fbss_app.ui.events import dom_event
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import prose

CONSENT_VERSION = "1"
_PAGE = "save-consent"


def consent_text() -> tuple[Block, ...]:
    """Give the words a person agrees to, with this deployment's own time limit in them."""
    return filled_in(load_content().pages[_PAGE].blocks, draft_days=Settings().draft_days)


def consent_text_sha256() -> str:
    """Hash the words a person agrees to, so that the consent record proves which ones they were."""
    lines = [plain_text(words) for block in consent_text() for words in inline_groups(block)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _consent_form(response: ResponseVars) -> rx.Component:
    consent = json.dumps({"version": CONSENT_VERSION, "text_sha256": consent_text_sha256()})
    problem = response.slice("consent_problem", "consentProblem")
    problems = rx.Var.create([{"href": "#consent", "message": problem}]).to(list[ProblemLink])
    return rx.el.form(
        rx.cond(problem, problem_list(problems)),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name="consent",
                id="consent",
                checked=response.slice("agrees", "agrees", bool),
                on_change=dom_event(response.action("setAgrees", "event.target.checked")),
                class_name="choice-input",
                aria_invalid=rx.cond(problem, "true", "false"),
            ),
            rx.el.span("I agree to this", class_name="choice-label"),
            class_name="choice-row",
        ),
        rx.el.div(button("Save my answers", type_="submit"), class_name="actions"),
        on_submit=response.action("saveToServer", consent),
        method="dialog",
        no_validate=True,
    )


def _saved(response: ResponseVars) -> rx.Component:
    return rx.el.div(
        rx.match(
            response.slice("sync", "sync"),
            ("saved", notice("Saved. The server has confirmed every answer.")),
            ("saving", notice("Saving your answers…")),
            notice(response.slice("sync_text", "statusText"), kind="warning"),
        ),
        rx.el.p("From now on each answer is saved when you continue."),
        rx.el.div(
            button("Save now", kind="secondary", on_click=response.action("send", "true")),
            button(
                "Erase from the server",
                kind="danger",
                on_click=response.action("eraseFromServer"),
            ),
            class_name="actions",
        ),
        class_name="stack",
    )


def save_page() -> rx.Component:
    """Ask for consent, save, and let a person take it back."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    page = load_content().pages[_PAGE]
    return patient_page(
        page_head(page.title, lead=page.summary),
        rx.el.div(
            rx.cond(
                response.slice("erased", "erased", bool),
                notice("Erased. The server holds no answers of yours. This phone keeps its copy."),
            ),
            role="status",
        ),
        # Stays while what is in it changes, so that the focus is not lost with the button.
        rx.el.div(
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
            tab_index=-1,
            class_name="stack",
        ),
        response=response,
    )


def _choice(response: ResponseVars) -> rx.Component:
    return rx.cond(
        response.slice("has_answers", "hasAnswers", bool),
        _consent_form(response),
        nothing_yet(response, "So there is nothing to save. Come back here when there is."),
    )
