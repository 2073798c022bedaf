"""Turns the blocks of a content page into elements, and lists the sources they cite."""

from collections.abc import Iterable, Sequence

import reflex as rx

from fbss_app.domain.decision_aid.inline import (
    Inline,
    Link,
    SourceReference,
    Strong,
    Term,
    Text,
    plain_text,
)
from fbss_app.domain.decision_aid.prose import (
    Block,
    BulletList,
    FigureBlock,
    Heading,
    Paragraph,
    Table,
    cited_sources,
    told_together,
)
from fbss_app.domain.decision_aid.source import Source
from fbss_app.ui.figure import Said, figures
from fbss_app.ui.glossary import definitions, explained_text, term
from fbss_app.ui.link import in_page_link
from fbss_app.ui.table import table

_DOI = "https://doi.org/"
# Letters in a cell, of which three fit beside each other on a small phone.
_SHORT = 14


def prose(blocks: Sequence[Block], sources: Sequence[str] = ()) -> rx.Component:
    """Show the blocks of a page one after the other.

    Args:
        blocks: The blocks.
        sources: The ids of the page's sources in the order of its source list, which gives each
            its number. Left out, the blocks' own citations number themselves.

    Returns:
        The text. A wide table becomes one labelled card a row on a phone.
    """
    numbers = {source: number for number, source in enumerate(sources or cited_sources(blocks), 1)}
    return explained_text(
        *(_together(run, numbers) for run in told_together(blocks)),
        class_name="prose",
    )


def lead(words: Sequence[Inline]) -> rx.Component:
    """Show what a page is about, with its terms explained in place.

    Args:
        words: One or two sentences.

    Returns:
        The line, for the head of a page.
    """
    return explained_text(rx.el.p(*_inlines(words, {}), class_name="lead"), class_name="lead-row")


def said_with(sources: Sequence[str]) -> Said:
    """Give what turns words into elements, with the numbers of a page's sources.

    Args:
        sources: The ids of the sources in the order of the page's source list.
    """
    numbers = {source: number for number, source in enumerate(sources, 1)}
    return lambda words: _inlines(words, numbers)


def source_list(sources: Iterable[Source]) -> rx.Component:
    """List the sources that the text refers to by number.

    Args:
        sources: The sources, in the order of their numbers.

    Returns:
        A numbered list whose entries the references lead to.
    """
    return rx.el.ol(*(_source(source) for source in sources), class_name="source-list")


def source_words(source: Source) -> list[rx.Component | str]:
    """Name a source: the citation, the link to it if it has one, and what to know about it."""
    href = _DOI + source.doi if source.doi else source.url
    address = f"doi:{source.doi}" if source.doi else source.url
    link = (" ", rx.el.a(address, href=href, rel="noreferrer")) if href else ()
    note = (" ", source.note) if source.note else ()
    return [source.citation, *link, *note]


def _source(source: Source) -> rx.Component:
    return rx.el.li(
        *source_words(source),
        id=rx.Var.create(_source_id(source.id)),
        tab_index=-1,
    )


def _source_id(source: str) -> str:
    return f"source-{source}"


def _together(blocks: Sequence[Block], numbers: dict[str, int]) -> rx.Component:
    first = blocks[0]
    if not isinstance(first, FigureBlock):
        return _block(first, numbers)
    shown = [(block.figure, block.words) for block in blocks if isinstance(block, FigureBlock)]
    return figures(shown, lambda words: _inlines(words, numbers))


def _block(
    block: Paragraph | BulletList | Table | Heading, numbers: dict[str, int]
) -> rx.Component:
    match block:
        case Heading():
            return rx.el.h2(block.text)
        case Paragraph():
            return rx.el.p(*_inlines(block.children, numbers))
        case BulletList():
            items = (rx.el.li(*_inlines(item, numbers)) for item in block.items)
            return rx.el.ul(*items, class_name="bullets")
        case Table():
            return _table(block, numbers)


def _table(block: Table, numbers: dict[str, int]) -> rx.Component:
    return table(
        header=[_inlines(cell, numbers) for cell in block.header],
        labels=[plain_text(cell) for cell in block.header],
        rows=[[_inlines(cell, numbers) for cell in row] for row in block.rows],
        is_short=all(len(plain_text(cell)) <= _SHORT for row in block.rows for cell in row),
    )


def _inlines(inlines: Sequence[Inline], numbers: dict[str, int]) -> list[rx.Component | str]:
    following = (*inlines[1:], None)
    shown = [
        # Without the space a reference cannot be left alone at the start of a line.
        part.text.rstrip()
        if isinstance(part, Text) and isinstance(after, SourceReference)
        else _inline(part, numbers)
        for part, after in zip(inlines, following, strict=True)
    ]
    return [*shown, *definitions(inlines)]


def _inline(part: Inline, numbers: dict[str, int]) -> rx.Component | str:
    match part:
        case Strong():
            return rx.el.strong(part.text)
        case Link():
            return rx.el.a(part.text, href=part.href)
        case SourceReference():
            return _reference(part.source_id, numbers)
        case Term(strong=True):
            return rx.el.strong(term(part))
        case Term():
            return term(part)
        case _:
            return part.text


def _reference(source: str, numbers: dict[str, int]) -> rx.Component:
    return rx.el.sup(
        in_page_link(
            rx.el.span("Source ", class_name="visually-hidden"),
            str(numbers.get(source, source)),
            href=f"#{_source_id(source)}",
        ),
        class_name="source-reference",
    )
