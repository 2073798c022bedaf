"""Pages as plain sentences, for the tests of how easy they are to read."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from fbss_app.content.loader import Content
from fbss_app.domain.decision_aid.cause import Cause
from fbss_app.domain.decision_aid.glossary import Glossary
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.option import Option
from fbss_app.domain.decision_aid.prose import (
    Block,
    FigureBlock,
    Heading,
    inline_groups,
    told_together,
)
from fbss_app.domain.decision_aid.topic import Page, Topic

type_of_page = Option | Cause | Topic | Page

SENTENCE_END = re.compile(r"(?<=[.!?])[\")]?\s+")
# A short word of one syllable that is no medical term.
NEUTRAL = "part"


def all_pages(content: Content) -> dict[str, type_of_page]:
    pages = chain(content.options, content.causes, content.topics, content.pages.values())
    return {page.id: page for page in pages}


def blocks_of(page: type_of_page) -> tuple[Block, ...]:
    if not isinstance(page, Option | Cause):
        return page.blocks
    return tuple(
        block
        for section in page.sections
        for block in (Heading(text=section.title), *section.blocks)
    )


def sentences_in(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE_END.split(text.strip()) if sentence]


def runs_of_words(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        for inlines in inline_groups(block):
            if text := plain_text(inlines):
                yield text


def runs_shown(blocks: Iterable[Block]) -> Iterator[str]:
    """Give what is to be read of some blocks: what figures of the same people share, once."""
    for run in told_together(blocks):
        figures = [block for block in run if isinstance(block, FigureBlock)]
        if not figures:
            yield from runs_of_words(run)
            continue
        for block in figures:
            yield plain_text(block.words.statement)
            yield plain_text(block.words.uncertainty)
        # Each comparison of its own, and each note, but what is the same for all of them once.
        words = [block.words for block in figures]
        yield from dict.fromkeys(plain_text(each.comparison) for each in words)
        yield from dict.fromkeys(plain_text(each.note or ()) for each in words)
        yield plain_text(words[0].origin)


def drawn_words(page: type_of_page) -> list[str]:
    drawing = page.drawing if isinstance(page, Cause) else None
    return [drawing.shows, *drawing.labels.values()] if drawing else []


def sentences_of(page: type_of_page) -> list[str]:
    runs = [page.title, page.summary, *drawn_words(page), *runs_of_words(blocks_of(page))]
    return [sentence for run in runs for sentence in sentences_in(run)]


def words_in(text: str) -> list[str]:
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def as_plain_text(sentences: list[str]) -> str:
    """Give each sentence a full stop, and take away the points that end none (3.7)."""
    ended = (re.sub(r"[.!?:;,]*$", "", sentence) + "." for sentence in sentences)
    return " ".join(re.sub(r"(\d)\.(\d)", r"\1\2", sentence) for sentence in ended)


def without_terms(text: str, content: Content) -> str:
    """Put a neutral word for each medical term."""
    return Glossary(content.glossary).without_terms(text, NEUTRAL)
