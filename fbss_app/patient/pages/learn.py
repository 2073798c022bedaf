"""What to understand before choosing: an index of topics and a page for each."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.topic import Topic
from fbss_app.patient.pages.care_path import way_to_treatment
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.glossary import explained_terms, glossary_link, page_words
from fbss_app.patient.pages.options import FIND_THE_CAUSE
from fbss_app.ui.button import link_button
from fbss_app.ui.card import card_grid, link_card
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import lead, prose


def learn_page() -> rx.Component:
    """List the topics in their reading order."""
    return patient_page(
        page_head("Understand pain after back surgery", lead="Read what you like, in any order."),
        section("The path to a treatment", way_to_treatment()),
        section(
            "What to read",
            card_grid(
                *(
                    link_card(
                        topic.title, summary=topic.summary, href=routes.topic(topic.id), heading=3
                    )
                    for topic in load_content().topics
                )
            ),
        ),
        section(
            "The causes, one by one",
            rx.el.p(
                "What people typically notice, which tests there are, and what a cause may lead to."
            ),
            link_button("See all the causes", href=routes.CAUSES, kind="secondary"),
        ),
        rx.el.div(glossary_link(), class_name="section"),
        *evidence((), min(topic.reviewed_on for topic in load_content().topics)),
        current=routes.LEARN,
        narrow=False,
    )


def _next_topic(topic: Topic) -> rx.Component:
    topics = load_content().topics
    following = topics[topics.index(topic) + 1 :]
    if not following:
        title, address = "The options", routes.OPTIONS
    else:
        title, address = following[0].title, routes.topic(following[0].id)
    return rx.el.p("Next: ", rx.el.a(title, href=address), class_name="section")


def topic_page(topic: Topic) -> rx.Component:
    """Explain one topic.

    Args:
        topic: The topic.
    """
    terms = explained_terms()
    return patient_page(
        parent_link("All topics", routes.LEARN),
        page_head(topic.title, lead(terms.mark_line(topic.summary))),
        way_to_treatment() if topic.id == FIND_THE_CAUSE else rx.fragment(),
        prose(terms.mark(topic.blocks), topic.sources),
        _next_topic(topic),
        page_words(terms),
        *evidence(topic.sources, topic.reviewed_on),
        current=routes.LEARN,
    )
