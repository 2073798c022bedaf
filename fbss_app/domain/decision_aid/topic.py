"""Pages to read: topics to learn about, and pages about the app itself."""

from datetime import date
from typing import Annotated

from pydantic import Field, PositiveInt

from fbss_app.domain.decision_aid.option import Title
from fbss_app.domain.decision_aid.prose import Block
from fbss_app.domain.decision_aid.source import SourceId
from fbss_app.domain.questionnaire.base import Definition, Kebab, Words


class Topic(Definition):
    """Something to understand before choosing."""

    id: Kebab
    title: Title
    summary: Words
    order: PositiveInt
    sources: tuple[SourceId, ...]
    reviewed_on: date
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]


class Page(Definition):
    """A page about the app, or a piece of text that several pages show."""

    id: Kebab
    title: Title
    summary: Words
    reviewed_on: date
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
