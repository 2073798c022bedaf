"""Marks the first use of each glossary term on a page, so that the page can explain it there."""

from collections.abc import Iterable, Iterator

from fbss_app.domain.decision_aid.glossary import Glossary, GlossaryEntry
from fbss_app.domain.decision_aid.inline import Inline, Inlines, Term, Text
from fbss_app.domain.decision_aid.prose import (
    Block,
    BulletList,
    FigureBlock,
    Heading,
    Paragraph,
    Table,
)


class ExplainedTerms:
    """The terms of one page: hand it all blocks of the page, in the order of reading.

    Only running text is looked at: no headings, links, bold words or figures, and no cell that
    names a row or a column.
    """

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._found: dict[str, GlossaryEntry] = {}

    @property
    def entries(self) -> tuple[GlossaryEntry, ...]:
        """The entries marked so far, from A to Z."""
        return tuple(sorted(self._found.values(), key=lambda entry: entry.term.casefold()))

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
                rows = tuple((first, *map(self._inlines, others)) for first, *others in block.rows)
                return block.model_copy(update={"rows": rows})
            case Heading() | FigureBlock():
                return block

    def _inlines(self, inlines: Inlines) -> Inlines:
        return tuple(new for part in inlines for new in self._parts(part))

    def _parts(self, part: Inline) -> Iterator[Inline]:
        if not isinstance(part, Text):
            yield part
            return
        done = 0
        for use, entry in self._glossary.uses(part.text):
            if entry.id in self._found:
                continue
            self._found[entry.id] = entry
            if before := part.text[done : use.start()]:
                yield Text(text=before)
            yield Term(text=use.group(), entry=entry)
            done = use.end()
        if rest := part.text[done:]:
            yield Text(text=rest)
