"""The small tree that a page of words is made of. Knows neither Markdown nor HTML.

There is one level of heading below the page's title, and nothing nests: what a phone cannot
show well cannot be written.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from fbss_app.domain.decision_aid.figure import Figure, NoComparison
from fbss_app.domain.decision_aid.figure_words import FigureWords, figure_words
from fbss_app.domain.decision_aid.inline import Inlines, Link, SourceReference, Text
from fbss_app.domain.questionnaire.base import Definition, Words


class Paragraph(Definition):
    """Sentences that belong together."""

    kind: Literal["paragraph"] = "paragraph"
    children: Inlines


class BulletList(Definition):
    """Short items in no particular order."""

    kind: Literal["bullet-list"] = "bullet-list"
    items: Annotated[tuple[Inlines, ...], Field(min_length=1)]


class Table(Definition):
    """Rows under a header; the first cell of a row says what the row is about."""

    kind: Literal["table"] = "table"
    header: Annotated[tuple[Inlines, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[Inlines, ...], ...], Field(min_length=1)]


class Heading(Definition):
    """The title of the part that follows."""

    kind: Literal["heading"] = "heading"
    text: Words


class FigureBlock(Definition):
    """A figure, said in sentences and drawn.

    Attributes:
        figure: The figure.
        marked: Its sentences with the terms that the page explains in them, once those are known.
    """

    kind: Literal["figure"] = "figure"
    figure: Figure
    marked: FigureWords | None = None

    @property
    def words(self) -> FigureWords:
        """What is said of the figure."""
        return self.marked or figure_words(self.figure)


Block = Annotated[
    Paragraph | BulletList | Table | Heading | FigureBlock, Field(discriminator="kind")
]


def inline_groups(block: Block) -> Iterator[Inlines]:
    """Yield each run of inline words in a block: a paragraph, a list item, a table cell."""
    match block:
        case Paragraph():
            yield block.children
        case BulletList():
            yield from block.items
        case Table():
            yield from block.header
            for row in block.rows:
                yield from row
        case Heading():
            yield (Text(text=block.text),)
        case FigureBlock():
            yield from block.words.paragraphs


def told_together(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks one by one, but figures of the same people that follow each other as one.

    Whom such figures are about, how sure they are and where they come from is said once.
    """
    for _, run in groupby(blocks, key=_evidence):
        yield tuple(run)


def _evidence(block: Block) -> tuple[object, ...]:
    if not isinstance(block, FigureBlock):
        return (id(block),)
    shown = block.figure
    none = shown.comparison if isinstance(shown.comparison, NoComparison) else None
    return (shown.population, shown.certainty, shown.rated_by, shown.sources, none)


_BLOCKS = TypeAdapter(tuple[Block, ...])


def filled_in(blocks: tuple[Block, ...], **values: object) -> tuple[Block, ...]:
    """Put a deployment's own values in place of `{name}` wherever the words have it."""
    words = _BLOCKS.dump_json(blocks).decode()
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", json.dumps(str(value))[1:-1])
    return _BLOCKS.validate_json(words)


def cited_sources(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the ids of the sources that the blocks cite, each once, in the order of reading."""
    return tuple(
        dict.fromkeys(
            part.source_id
            for block in blocks
            for inlines in inline_groups(block)
            for part in inlines
            if isinstance(part, SourceReference)
        )
    )


def link_targets(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the addresses that the blocks link to, each once, in the order of reading."""
    return tuple(
        dict.fromkeys(
            part.href
            for block in blocks
            for inlines in inline_groups(block)
            for part in inlines
            if isinstance(part, Link)
        )
    )


def shown_figures(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the ids of the figures that the blocks show, in the order of reading."""
    return tuple(block.figure.id for block in blocks if isinstance(block, FigureBlock))
