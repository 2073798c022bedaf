"""The causes a specialist may consider: an index in three groups and a page for each."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.cause import Cause, CauseSectionTitle, Phase
from fbss_app.domain.decision_aid.title import split_title
from fbss_app.patient.pages.evidence import evidence
from fbss_app.patient.pages.frame import contents, parent_link, patient_page, section
from fbss_app.patient.pages.glossary import explained_terms, page_words
from fbss_app.ui.art.causes.gallery import cause_figure, cause_picture
from fbss_app.ui.card import card_group, link_card
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import lead, prose

_CANNOT_TELL = (
    "These are reasons a specialist may consider. This page cannot tell you which one you have."
)
_PHASES = {
    Phase.BEFORE: ("Before the operation", "These were already there."),
    Phase.LINKED: ("Linked to the operation", "These began with the operation itself."),
    Phase.AFTER: ("After the operation", "These came later."),
}
_GENERAL_TEACHING = {
    CauseSectionTitle.WHAT_PEOPLE_NOTICE: (
        "This is what doctors are usually taught. Where no source is named, no study stands "
        "behind it here."
    ),
    CauseSectionTitle.TESTS: "Not everyone needs each test. This too is general teaching.",
}


def _card(cause: Cause) -> rx.Component:
    plain, term = split_title(cause.title)
    return link_card(
        plain,
        *([cause_picture(cause.drawing)] if cause.drawing else []),
        summary=cause.summary,
        term=term,
        href=routes.cause(cause.id),
        heading=3,
    )


def _phase(phase: Phase) -> rx.Component:
    title, explanation = _PHASES[phase]
    causes = [cause for cause in load_content().causes if cause.phase is phase]
    return card_group(title, explanation, *(_card(cause) for cause in causes))


def causes_page() -> rx.Component:
    """List every cause in its group, the same for everyone."""
    return patient_page(
        parent_link("All topics", routes.LEARN),
        page_head(
            "The causes a specialist may consider",
            lead="They are the same, in the same order, for everyone. More than one can be true.",
        ),
        notice(_CANNOT_TELL),
        *(_phase(phase) for phase in Phase),
        rx.el.p(
            "What can each cause lead to? See the ",
            rx.el.a("table of all causes", href=routes.topic("fusion-or-decompression")),
            ". Does the time tell something? See ",
            rx.el.a("when the pain came back", href=routes.topic("when-the-pain-came-back")),
            ".",
            class_name="section measure",
        ),
        *evidence((), min(cause.reviewed_on for cause in load_content().causes)),
        current=routes.LEARN,
        narrow=False,
    )


def _next_cause(cause: Cause) -> rx.Component:
    causes = load_content().causes
    following = causes[causes.index(cause) + 1 :]
    title, address = (
        (following[0].title, routes.cause(following[0].id))
        if following
        else ("All the causes", routes.CAUSES)
    )
    return rx.el.p("Next: ", rx.el.a(title, href=address), class_name="section")


def cause_page(cause: Cause) -> rx.Component:
    """Explain one cause.

    Args:
        cause: The cause.
    """
    parts = [(f"part-{number}", part) for number, part in enumerate(cause.sections, 1)]
    terms = explained_terms()
    return patient_page(
        parent_link("All causes", routes.CAUSES),
        page_head(cause.title, lead(terms.mark_line(cause.summary))),
        contents([(anchor, part.title.value) for anchor, part in parts]),
        notice(_CANNOT_TELL),
        cause_figure(cause.drawing, cause.title) if cause.drawing else rx.fragment(),
        *(
            section(
                part.title.value,
                prose(terms.mark(part.blocks), cause.sources),
                *_teaching(part.title),
                id=rx.Var.create(anchor),
                tab_index=-1,
            )
            for anchor, part in parts
        ),
        _next_cause(cause),
        page_words(terms),
        *evidence(cause.sources, cause.reviewed_on),
        current=routes.LEARN,
    )


def _teaching(title: CauseSectionTitle) -> list[rx.Component]:
    if title not in _GENERAL_TEACHING:
        return []
    return [rx.el.p(_GENERAL_TEACHING[title], class_name="note")]
