"""Pages of words about the app itself, such as privacy with "clear this phone"."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.content.review_dates import review_dates
from fbss_app.domain.decision_aid.prose import filled_in
from fbss_app.domain.decision_aid.review import next_check
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.glossary import explained_terms, page_words
from fbss_app.patient.pages.operator_words import operator_words
from fbss_app.settings import Settings
from fbss_app.ui.button import button
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import lead, prose


def text_page(
    page_id: str, *after: rx.Component, current: str, parent: tuple[str, str] | None = None
) -> rx.Component:
    """Show a page of words about the app.

    Args:
        page_id: The id of the page.
        *after: What follows the words.
        current: The address that the navigation marks as this page.
        parent: The name and the address of the page that this one belongs to.
    """
    content, settings = load_content(), Settings()
    page = content.pages[page_id]
    dates = review_dates(content).values()
    words = filled_in(
        page.blocks,
        draft_days=settings.draft_days,
        **operator_words(settings),
        checked_on=f"{min(dates):%-d %B %Y}",
        next_check=f"{next_check(dates):%-d %B %Y}",
    )
    terms = explained_terms()
    return patient_page(
        *([parent_link(*parent)] if parent else []),
        page_head(page.title, lead(terms.mark_line(page.summary))),
        prose(terms.mark(words)),
        *after,
        page_words(terms),
        *evidence((), page.reviewed_on),
        current=current,
    )


def accessibility_page() -> rx.Component:
    """Say what works for whom, and where to report what does not."""
    return text_page("accessibility", current=routes.ACCESSIBILITY)


def _clear_phone() -> rx.Component:
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return section(
        "Clear this phone",
        rx.el.p(
            "This removes every answer from this phone at once. It cannot be undone. "
            "What you saved on the server stays there until you erase it."
        ),
        rx.cond(
            response.slice("has_consent", "hasConsent", bool),
            rx.el.p(
                "To erase the copy on the server as well, do that first: ",
                rx.el.a("erase it from the server", href=routes.YOUR_DATA),
                ". This phone holds the only key to it.",
            ),
        ),
        rx.el.div(
            rx.cond(
                response.slice("clearing", "isClearing", bool),
                rx.el.div(
                    rx.el.p(rx.el.strong("Remove all answers from this phone?")),
                    rx.el.div(
                        button(
                            "Yes, remove everything",
                            kind="danger",
                            on_click=response.action("clearPhone"),
                        ),
                        button(
                            "Keep my answers",
                            kind="secondary",
                            on_click=response.action("keepPhone"),
                        ),
                        class_name="actions",
                    ),
                ),
                button("Clear this phone", kind="danger", on_click=response.action("askToClear")),
            ),
            tab_index=-1,
        ),
        rx.el.div(
            rx.cond(
                response.slice("cleared", "cleared", bool),
                notice("Done. There are no answers on this phone."),
            ),
            role="status",
        ),
        id="clear",
    )


def privacy_page() -> rx.Component:
    """Say what is kept where, and let a person clear the phone."""
    return text_page("privacy", _clear_phone(), current=routes.PRIVACY)
