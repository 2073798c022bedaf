"""Where figures and statements come from, and how much of it was read."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from fbss_app.domain.questionnaire.base import Definition, Words

SourceId = Annotated[str, StringConstraints(pattern=r"^S[0-9]+[a-z]?$")]


class Seen(StrEnum):
    """What was read: all of it, its abstract or an excerpt, or a page that quotes it."""

    FULL = "full"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"


class Source(Definition):
    """A study, a guideline or a page that a figure comes from."""

    id: SourceId
    citation: Words
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    seen: Seen
    note: Words | None = None
