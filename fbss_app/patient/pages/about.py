"""What the app rests on: about it, its methods, sources, standards and reading grades."""

from collections.abc import Iterable

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.cause import Cause
from fbss_app.domain.decision_aid.inline import Link
from fbss_app.domain.decision_aid.option import Option
from fbss_app.domain.decision_aid.prose import cited_sources
from fbss_app.domain.decision_aid.source import Seen, Source
from fbss_app.domain.decision_aid.standard import Part, Result, StandardItem, tally
from fbss_app.domain.decision_aid.topic import Page, Topic
from fbss_app.patient.pages.frame import section
from fbss_app.patient.pages.text_pages import text_page
from fbss_app.ui.prose import source_words
from fbss_app.ui.table import Cell, table

_EASY_GRADE = 5
_ADDRESSES = {
    "about": routes.ABOUT,
    "methods": routes.ABOUT_METHODS,
    "sources": routes.ABOUT_SOURCES,
    "standards": routes.ABOUT_STANDARDS,
    "reading": routes.ABOUT_READING,
    "privacy": routes.PRIVACY,
    "accessibility": routes.ACCESSIBILITY,
    "save-consent": routes.SAVE,
    "urgent-help-intro": routes.URGENT_HELP,
}
_SEEN = {
    Seen.FULL: "Read in full",
    Seen.ABSTRACT: "Abstract: the short version, or a part",
    Seen.SECONDARY: "Secondary: a page that quotes it",
}
_PARTS = {
    Part.QUALIFYING: "What makes it a decision aid",
    Part.CERTIFICATION: "What keeps it from being one-sided",
    Part.QUALITY: "What makes it better",
}
_RESULTS = {
    Result.MET: "Met",
    Result.PARTLY: "Partly",
    Result.NOT_YET: "Not yet",
    Result.DOES_NOT_APPLY: "Does not apply",
}


def about_page() -> rx.Component:
    """Say what this is, who made it and what it rests on."""
    return text_page("about", current=routes.ABOUT)


def methods_page() -> rx.Component:
    """Say how the facts were found and chosen, and how sure they are."""
    return _part_of_about("methods")


def sources_page() -> rx.Component:
    """List every source with what was read of it and the pages that use it."""
    sources = load_content().sources.values()
    return _part_of_about("sources", *(_sources(sources, seen) for seen in Seen))


def standards_page() -> rx.Component:
    """Show each item of the standard for decision aids with its true result."""
    return _part_of_about("standards", *(_standard(part) for part in Part))


def reading_page() -> rx.Component:
    """Show how easy each page is to read, as measured."""
    content = load_content()
    pages = [*content.options, *content.causes, *content.topics, *content.pages.values()]
    grades = [
        (page, content.reading_grades[page.id])
        for page in pages
        if page.id in content.reading_grades
    ]
    easy = sum(grade.grade <= _EASY_GRADE for _, grade in grades)
    heads = ("Page", "Grade", "Ease", "Grade with medical words", "Ease with medical words")
    scores = (
        [
            [_page_name(page)],
            [_score(grade.grade)],
            [_score(grade.ease)],
            [_score(grade.grade_with_terms)],
            [_score(grade.ease_with_terms)],
        ]
        for page, grade in grades
    )
    return _part_of_about(
        "reading",
        section(
            "The score of each page",
            rx.el.p(
                f"{easy} of {len(grades)} pages are at grade {_EASY_GRADE} or lower "
                "without medical words."
            ),
            _table(heads, scores),
        ),
    )


def _part_of_about(page_id: str, *after: rx.Component) -> rx.Component:
    return text_page(
        page_id,
        *after,
        current=routes.ABOUT,
        parent=(load_content().pages["about"].title, routes.ABOUT),
    )


def _table(heads: Iterable[str], rows: Iterable[list[Cell]]) -> rx.Component:
    labels = list(heads)
    return rx.el.div(
        table(header=[[label] for label in labels], labels=labels, rows=rows), class_name="prose"
    )


def _sources(sources: Iterable[Source], seen: Seen) -> rx.Component:
    listed = [source for source in sources if source.seen is seen]
    if not listed:
        return section(_SEEN[seen], rx.el.p("There is none."))
    count = "1 source." if len(listed) == 1 else f"{len(listed)} sources."
    return section(
        _SEEN[seen],
        rx.el.p(count),
        rx.el.ol(*(_source(source) for source in listed), class_name="source-list"),
    )


def _source(source: Source) -> rx.Component:
    has_link = source.doi or source.url
    return rx.el.li(
        *source_words(source),
        *(() if has_link else (" We have no link to it.",)),
        rx.el.p("Used on: ", *_joined(_pages_using(source)), class_name="note"),
    )


def _pages_using(source: Source) -> list[rx.Component | str]:
    content = load_content()
    pages = [*content.options, *content.causes, *content.topics, *content.pages.values()]
    return [_page_name(page) for page in pages if source.id in cited_sources(page.blocks)]


def _page_name(page: Option | Cause | Topic | Page) -> rx.Component | str:
    """Name a page by its title, with a link where it has an address of its own."""
    match page:
        case Option():
            address = routes.option(page.id)
        case Cause():
            address = routes.cause(page.id)
        case Topic():
            address = routes.topic(page.id)
        case _:
            address = _ADDRESSES.get(page.id)
    return rx.el.a(page.title, href=address) if address else page.title


def _standard(part: Part) -> rx.Component:
    items = load_content().standards
    counts = tally(items, part)
    partly = f" {counts.partly} partly." if counts.partly else ""
    rows = (_item(item) for item in items if item.part is part)
    return section(
        _PARTS[part],
        rx.el.p(f"Met: {counts.met} of {counts.applying} that apply.{partly}"),
        _table(("What it asks", "Result", "In this app"), rows),
    )


def _item(item: StandardItem) -> list[Cell]:
    number = f"{item.number} to {item.through}" if item.through else f"{item.number}"
    where = _joined([_link(link) for link in item.where])
    return [
        [f"{number}. {item.asks}"],
        [_RESULTS[item.result]],
        [item.says, *([" See ", *where, "."] if where else [])],
    ]


def _link(link: Link) -> rx.Component:
    return rx.el.a(link.text, href=link.href)


def _joined(parts: list[rx.Component | str]) -> list[rx.Component | str]:
    return [piece for part in parts for piece in ("; ", part)][1:]


def _score(value: float) -> str:
    return f"{value:.1f}"
