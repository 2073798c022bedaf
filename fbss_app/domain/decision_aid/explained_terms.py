"""Marks the first use of each glossary term on a page, so that the page can explain it there."""

from collections.abc import Iterable, Iterator

from fbss_app.domain.decision_aid.figure_words import FigureWords
from fbss_app.domain.decision_aid.glossary import Glossary, GlossaryEntry
from fbss_app.domain.decision_aid.inline import Inline, Inlines, Strong, Term, Text
from fbss_app.domain.decision_aid.prose import (
    Block,
    BulletList,
    FigureBlock,
    Heading,
    Paragraph,
    Table,
)


class ExplainedTerms:
    """The terms of one page: hand it all words of the page, in the order of reading.

    Headings, links, names of columns and the numbers of figures are left alone.
    """

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._found: dict[str, GlossaryEntry] = {}

    @property
    def entries(self) -> tuple[GlossaryEntry, ...]:
        """The entries marked so far, from A to Z."""
        return tuple(sorted(self._found.values(), key=lambda entry: entry.term.casefold()))

    def mark_line(self, text: str) -> Inlines:
        """Return a line, such as the lead of the page, with its terms marked."""
        return self._inlines((Text(text=text),))

    def mark(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Return the blocks with a `Term` at each first use that no earlier block had."""
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                return block.model_copy(update={"children": self._inlines(block.children)})
            case BulletList():
                items = tuple(self._inlines(item) for item in block.items)
                return block.model_copy(update={"items": items})
            case Table():
                rows = tuple(tuple(map(self._inlines, row)) for row in block.rows)
                return block.model_copy(update={"rows": rows})
            case FigureBlock():
                return block.model_copy(update={"marked": self._figure(block.words)})
            case Heading():
                return block

    def _figure(self, words: FigureWords) -> FigureWords:
        return FigureWords(
            statement=self._inlines(words.statement, bold=False),
            comparison=self._inlines(words.comparison),
            uncertainty=self._inlines(words.uncertainty),
            origin=self._inlines(words.origin),
            note=self._inlines(words.note) if words.note else None,
        )

    def _inlines(self, inlines: Inlines, *, bold: bool = True) -> Inlines:
        return tuple(new for part in inlines for new in self._parts(part, bold=bold))

    def _parts(self, part: Inline, *, bold: bool) -> Iterator[Inline]:
        if not isinstance(part, Text) and not (bold and isinstance(part, Strong)):
            yield part
            return
        plain = type(part)
        done = 0
        for use, entry in self._glossary.uses(part.text):
            if entry.id in self._found:
                continue
            self._found[entry.id] = entry
            if before := part.text[done : use.start()]:
                yield plain(text=before)
            yield Term(text=use.group(), entry=entry, strong=plain is Strong)
            done = use.end()
        if rest := part.text[done:]:
            yield plain(text=rest)
