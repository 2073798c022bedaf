"""Medical words in plain words: on a page of their own, and on each page that uses them."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.content.review_dates import review_dates
from fbss_app.domain.decision_aid.explained_terms import ExplainedTerms
from fbss_app.domain.decision_aid.glossary import Glossary
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import parent_link, patient_page
from fbss_app.ui.glossary import word_list, words_on_this_page
from fbss_app.ui.page_head import page_head

_TITLE = "Words explained"


def explained_terms() -> ExplainedTerms:
    """Begin a page on which no word has been explained yet."""
    return ExplainedTerms(Glossary(load_content().glossary))


def page_words(terms: ExplainedTerms) -> rx.Component:
    """List the words that a page has explained, with a way to all others.

    Args:
        terms: What was marked on the page; all its texts must have been marked before.
    """
    return words_on_this_page(terms.entries, glossary_link())


def glossary_link() -> rx.Component:
    """Lead to the page with all words."""
    return rx.el.p(rx.el.a(f"All {_TITLE.lower()}", href=routes.GLOSSARY))


def glossary_page() -> rx.Component:
    """Explain every word, from A to Z."""
    content = load_content()
    entries = sorted(content.glossary, key=lambda entry: entry.term.casefold())
    return patient_page(
        parent_link("All topics", routes.LEARN),
        page_head(_TITLE, lead="Medical words that you may read or hear, from A to Z."),
        word_list(entries),
        *evidence((), min(review_dates(content).values())),
        current=routes.LEARN,
    )
