"""The app: every page at its address, and the API in front of the built site."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.clinic import server_context
from fbss_app.clinic.account.account_page import account_page
from fbss_app.clinic.account.account_state import AccountState
from fbss_app.clinic.account.door_state import LogInState
from fbss_app.clinic.account.log_in_page import log_in_page
from fbss_app.clinic.account.set_up_page import set_up_page
from fbss_app.clinic.account.set_up_state import SetUpState
from fbss_app.clinic.audit.page import audit_page
from fbss_app.clinic.audit.state import AuditState
from fbss_app.clinic.dashboard.page import dashboard_page
from fbss_app.clinic.dashboard.state import DashboardState
from fbss_app.clinic.exports.page import exports_page
from fbss_app.clinic.exports.research_state import ResearchState
from fbss_app.clinic.exports.state import ExportsState
from fbss_app.clinic.inbox.page import inbox_page
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.invitations.invite_state import InviteState
from fbss_app.clinic.invitations.page import invitations_page
from fbss_app.clinic.response.page import response_page
from fbss_app.clinic.response.state import ResponseState
from fbss_app.clinic.settings.logo_state import LogoState
from fbss_app.clinic.settings.page import settings_page
from fbss_app.clinic.settings.state import SettingsState
from fbss_app.clinic.settings.webhook_state import WebhookState
from fbss_app.clinic.staff.page import staff_list_page
from fbss_app.clinic.staff.state import StaffListState
from fbss_app.clinic.staff_state import answer_exception
from fbss_app.content.loader import load_content
from fbss_app.patient.client.definitions import questionnaires
from fbss_app.patient.pages.about import (
    about_page,
    methods_page,
    reading_page,
    sources_page,
    standards_page,
)
from fbss_app.patient.pages.causes import cause_page, causes_page
from fbss_app.patient.pages.check_answers import check_answers_page
from fbss_app.patient.pages.come_back import come_back_page
from fbss_app.patient.pages.compare import compare_page
from fbss_app.patient.pages.confirm_answers import confirm_answers_page
from fbss_app.patient.pages.glossary import glossary_page
from fbss_app.patient.pages.helpers import helpers_page
from fbss_app.patient.pages.invited import invited_page
from fbss_app.patient.pages.learn import learn_page, topic_page
from fbss_app.patient.pages.not_found import not_found_page
from fbss_app.patient.pages.open_link import open_page
from fbss_app.patient.pages.options import option_page, options_page
from fbss_app.patient.pages.questionnaire import questionnaire_page
from fbss_app.patient.pages.save import save_page
from fbss_app.patient.pages.send import send_page
from fbss_app.patient.pages.start import start_page
from fbss_app.patient.pages.summary import summary_page
from fbss_app.patient.pages.take_over import take_over_page
from fbss_app.patient.pages.text_pages import accessibility_page, privacy_page
from fbss_app.patient.pages.urgent_help import urgent_help_page
from fbss_app.patient.pages.what_matters import what_matters_page
from fbss_app.patient.pages.your_data import your_data_page
from fbss_app.patient.pwa.head import install_tags
from fbss_app.server.api.app import api_lifespan, create_api
from fbss_app.settings import Settings
from fbss_app.ui.words import APP_NAME

Page = Callable[[], rx.Component]

# Nobody should come upon these by a search engine: pages for staff, and those that a secret opens.
_NOT_TO_BE_FOUND = [{"name": "robots", "content": "noindex"}]
_REACHED_BY_LINK = (routes.OPEN, routes.INVITED, routes.TAKE_OVER)
_EARLY_INPUT = Path(__file__).parent / "patient" / "client" / "early_input.js"
# Reflex reads this cookie before it would connect. Patient pages open no websocket; those for
# staff do, and the cookie of the longer path is read first. A page in a frame sets no cookie, and
# neither does a browser that refuses all: what Reflex reads is then put in its place.
_NO_WEBSOCKET = (
    "(function(){var off='backend-enabled=false';"
    "if(/^\\/clinic(\\/|$)/.test(location.pathname)){"
    "document.cookie='backend-enabled=true; path=/clinic; SameSite=Strict';return}"
    "if(document.documentElement.dataset.framed===undefined)"
    "document.cookie=off+'; path=/; SameSite=Strict';"
    "if(document.cookie.indexOf(off)<0)Object.defineProperty(document,'cookie',"
    "{configurable:true,get:function(){return off},set:function(){}})})()"
)


def _page_of(page: Callable[[Any], rx.Component], subject: Any) -> Page:
    """Make the page of one subject, whose code is built with that of the page's own module.

    Reflex asks the function for its module, and would build all partial functions into one piece:
    whoever opens a question would fetch every option and every summary with it.
    """
    made = partial(page, subject)
    made.__module__ = page.__module__
    return made


def _patient_pages() -> dict[str, tuple[str, str, Page]]:
    """List every patient page: its address, title, description and component."""
    content = load_content()
    pages: dict[str, tuple[str, str, Page]] = {
        routes.START: (
            "Pain that continues after back surgery",
            "Answer questions, understand your options, and take one page to your specialist.",
            start_page,
        ),
        routes.SAVE: ("Save your answers", "What is sent, to whom, and how to undo it.", save_page),
        routes.COME_BACK: (
            "Come back later",
            "A link, a QR code or a short code that opens your answers on another phone.",
            come_back_page,
        ),
        routes.OPEN: (
            "Open the answers",
            "For a link or a short code that somebody gave you, or that you made.",
            open_page,
        ),
        routes.TAKE_OVER: (
            "Your answers come along",
            "Takes over the answers of a page that is shown within another one.",
            take_over_page,
        ),
        routes.INVITED: (
            "An invitation from a clinic",
            "What a clinic asks you for, and what happens with your answers.",
            invited_page,
        ),
        routes.SEND: (
            "Send your answers to the clinic",
            "What is sent, who sees it, and how to undo it.",
            send_page,
        ),
        routes.HELPERS: (
            "Let someone help",
            "Links for relatives and clinicians: make them, see them, end them.",
            helpers_page,
        ),
        routes.CONFIRM_ANSWERS: (
            "Confirm answers",
            "Go through what a helper answered for you: confirm it, or change it.",
            confirm_answers_page,
        ),
        routes.YOUR_DATA: (
            "Your answers",
            "Download your answers, take them back, or delete them.",
            your_data_page,
        ),
        routes.OPTIONS: (
            "The options",
            "Non-surgical, in-between and surgical options after back surgery, side by side.",
            options_page,
        ),
        routes.COMPARE: (
            "Compare options",
            "Two or three options side by side, in the same rows.",
            compare_page,
        ),
        routes.WHAT_MATTERS: (
            "What matters to you",
            "How every option does on what can matter to you, in words, for everyone alike.",
            what_matters_page,
        ),
        routes.LEARN: (
            "Understand pain after back surgery",
            "Why pain can stay after back surgery, and what a specialist looks for.",
            learn_page,
        ),
        routes.CAUSES: (
            "The causes a specialist may consider",
            "Reasons for pain after back surgery: what people notice, tests, what follows.",
            causes_page,
        ),
        routes.GLOSSARY: (
            "Words explained",
            "Medical words about back surgery and pain, in plain words.",
            glossary_page,
        ),
        routes.URGENT_HELP: (
            "Signs that need help fast",
            "Emergency signs after back surgery, and the numbers to call.",
            urgent_help_page,
        ),
    }
    for page_id, (address, component) in {
        "about": (routes.ABOUT, about_page),
        "methods": (routes.ABOUT_METHODS, methods_page),
        "sources": (routes.ABOUT_SOURCES, sources_page),
        "standards": (routes.ABOUT_STANDARDS, standards_page),
        "reading": (routes.ABOUT_READING, reading_page),
        "privacy": (routes.PRIVACY, privacy_page),
        "accessibility": (routes.ACCESSIBILITY, accessibility_page),
    }.items():
        page = content.pages[page_id]
        pages[address] = (page.title, page.summary, component)
    for option in content.options:
        address = routes.option(option.id)
        pages[address] = (option.title, option.summary, _page_of(option_page, option))
    for cause in content.causes:
        pages[routes.cause(cause.id)] = (cause.title, cause.summary, _page_of(cause_page, cause))
    for topic in content.topics:
        pages[routes.topic(topic.id)] = (topic.title, topic.summary, _page_of(topic_page, topic))
    for name, definition in questionnaires().items():
        own = routes.questionnaire_pages(name)
        title = definition.title
        pages |= {
            own["questionnaire"]: (
                f"Questions \N{EN DASH} {title}",
                definition.description,
                _page_of(questionnaire_page, name),
            ),
            own["checkAnswers"]: (
                f"Check your answers \N{EN DASH} {title}",
                "All your answers on one page.",
                _page_of(check_answers_page, name),
            ),
            own["summary"]: (
                f"Summary \N{EN DASH} {title}",
                "One page for the specialist, made on your phone.",
                _page_of(summary_page, name),
            ),
        }
    return pages


def _staff_pages() -> dict[str, tuple[str, Page, Any]]:
    """List every page for staff: its address, title, component and what it loads first."""
    return {
        routes.CLINIC_LOG_IN: ("Log in", log_in_page, LogInState.on_load),
        routes.CLINIC_SET_UP: ("Set up", set_up_page, SetUpState.on_load),
        routes.CLINIC: ("Inbox", inbox_page, InboxState.on_load),
        routes.CLINIC_RESPONSE: ("Answers", response_page, ResponseState.on_load),
        routes.CLINIC_DASHBOARD: ("Numbers", dashboard_page, DashboardState.on_load),
        routes.CLINIC_INVITATIONS: ("Invitations", invitations_page, InviteState.on_load),
        routes.CLINIC_EXPORTS: (
            "Exports",
            exports_page,
            [ExportsState.on_load, ResearchState.on_load],
        ),
        routes.CLINIC_STAFF: ("Staff", staff_list_page, StaffListState.on_load),
        routes.CLINIC_SETTINGS: (
            "Settings",
            settings_page,
            [
                SettingsState.on_load,
                WebhookState.on_load,
                LogoState.on_load,
            ],
        ),
        routes.CLINIC_AUDIT: ("Audit trail", audit_page, AuditState.on_load),
        routes.CLINIC_ACCOUNT: ("Your log-in", account_page, AccountState.on_load),
    }


def _without_comments(script: str) -> str:
    """Leave out the lines that are comments, and the indents: every page carries the rest twice."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if not line.startswith("//"))


def _inline_script(source: str) -> rx.Component:
    """Put a script into the prerendered head: `rx.script` would add it only after hydration."""
    return rx.el.script(custom_attrs={"dangerouslySetInnerHTML": {"__html": source}})


api = create_api(Settings(), questionnaires().values())
# Before the pages are made: some list what this deployment can choose from.
server_context.connect(api.state.context)
app = rx.App(
    stylesheets=["/theme.css"],
    html_lang="en",
    # Without Reflex's connection overlay: a patient page needs no connection.
    app_wraps={},
    toaster=None,
    head_components=[
        _inline_script(_NO_WEBSOCKET),
        _inline_script(_without_comments(_EARLY_INPUT.read_text(encoding="utf-8"))),
        *install_tags(),
    ],
    api_transformer=api,
    backend_exception_handler=answer_exception,
)
app.register_lifespan_task(api_lifespan, api=api)
for address, (title, description, component) in _patient_pages().items():
    app.add_page(
        component,
        route=address,
        title=f"{title} \N{EN DASH} {APP_NAME}",
        description=description,
        image="/icons/icon-512.png",
        meta=_NOT_TO_BE_FOUND if address in _REACHED_BY_LINK else [],
    )
for address, (title, component, on_load) in _staff_pages().items():
    app.add_page(
        component,
        route=address,
        title=f"{title} \N{EN DASH} {APP_NAME} for clinics",
        description="For the staff of clinics.",
        on_load=on_load,
        meta=_NOT_TO_BE_FOUND,
    )
app.add_page(not_found_page, route="404", title=f"Page not found \N{EN DASH} {APP_NAME}")
