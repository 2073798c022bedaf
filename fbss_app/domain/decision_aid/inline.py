"""Words within a line: plain, strong, a link, a term, or a reference to a source."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from fbss_app.domain.decision_aid.glossary import GlossaryEntry
from fbss_app.domain.decision_aid.source import SourceId
from fbss_app.domain.questionnaire.base import Definition, Words


class Text(Definition):
    """Plain words."""

    kind: Literal["text"] = "text"
    text: str


class Strong(Definition):
    """Words that stand out."""

    kind: Literal["strong"] = "strong"
    text: Annotated[str, StringConstraints(min_length=1)]


class Link(Definition):
    """Words that lead to another page of this app."""

    kind: Literal["link"] = "link"
    text: Words
    href: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/-]*$")]


class SourceReference(Definition):
    """Where a figure or a statement comes from."""

    kind: Literal["source-reference"] = "source-reference"
    source_id: SourceId


class Term(Definition):
    """Words that the glossary explains, at their first use on a page, plain or standing out."""

    kind: Literal["term"] = "term"
    text: Words
    entry: GlossaryEntry
    strong: bool = False


Inline = Annotated[Text | Strong | Link | SourceReference | Term, Field(discriminator="kind")]
Inlines = Annotated[tuple[Inline, ...], Field(min_length=1)]


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the words alone, without the references to sources."""
    words = "".join(part.text for part in inlines if not isinstance(part, SourceReference))
    return " ".join(words.split())
