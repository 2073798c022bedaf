"""Reads and checks all words and figures once. What is wrong names its file, line and field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from fbss_app.content.countries import Countries, read_countries
from fbss_app.content.cross_checks import same_order, unknown_links, unknown_sources
from fbss_app.content.figures import read_figures, unused_figures
from fbss_app.content.markdown import MarkdownFile, PlacedBlock, read_markdown
from fbss_app.content.messages import Messages, read_messages
from fbss_app.content.standards import read_standards
from fbss_app.content.validated import error_at, validated, validated_list
from fbss_app.content.values import read_values
from fbss_app.content.yaml_source import read_yaml
from fbss_app.domain.decision_aid.cause import Cause, CauseSectionTitle
from fbss_app.domain.decision_aid.figure import Figure
from fbss_app.domain.decision_aid.glossary import GlossaryEntry
from fbss_app.domain.decision_aid.option import Option, SectionTitle
from fbss_app.domain.decision_aid.prose import Heading, shown_figures
from fbss_app.domain.decision_aid.reading_grade import ReadingGrade
from fbss_app.domain.decision_aid.source import Source
from fbss_app.domain.decision_aid.standard import StandardItem
from fbss_app.domain.decision_aid.topic import Page, Topic
from fbss_app.domain.decision_aid.value import Values
from fbss_app.errors import ContentError, ContentErrors

ENGLISH = Path(__file__).parent / "en"

Made = TypeVar("Made")


@dataclass(frozen=True)
class Content:
    """All that patients read, apart from the questionnaires."""

    options: tuple[Option, ...]
    causes: tuple[Cause, ...]
    topics: tuple[Topic, ...]
    pages: Mapping[str, Page]
    figures: Mapping[str, Figure]
    sources: Mapping[str, Source]
    glossary: tuple[GlossaryEntry, ...]
    countries: Countries
    messages: Messages
    standards: tuple[StandardItem, ...]
    reading_grades: Mapping[str, ReadingGrade]
    values: Values


@cache
def load_content() -> Content:
    """Return the content of this app, read and checked once."""
    return read_content(ENGLISH)


def read_content(folder: Path) -> Content:
    """Read and check the content of one language.

    Raises:
        ContentErrors: Something is wrong; it lists all that was found.
    """
    reading = _Reading(folder)
    sources = reading.attempt(lambda: _read_sources(folder / "sources.yaml"))
    glossary = reading.attempt(
        lambda: validated_list(GlossaryEntry, read_yaml(folder / "glossary.yaml"))
    )
    countries = reading.attempt(lambda: read_countries(folder / "countries.yaml"))
    messages = reading.attempt(lambda: read_messages(folder / "messages.yaml"))
    standards = reading.attempt(lambda: read_standards(folder / "standards.yaml"))
    grades = reading.attempt(
        lambda: validated_list(ReadingGrade, read_yaml(folder / "reading_grades.yaml"))
    )
    figures = reading.attempt(lambda: read_figures(folder / "figures", sources))
    if figures is None:
        # Every page that shows a missing figure would be said to be wrong as well.
        raise ContentErrors(reading.errors)
    options = reading.pages_in("options", _option, figures)
    causes = reading.pages_in("causes", _cause, figures)
    topics = reading.pages_in("topics", _topic, figures)
    pages = reading.pages_in("pages", _page, figures)
    # By their files: of an option that could not be read, only that is to be said.
    option_ids = [path.stem for path in (folder / "options").glob("*.md")]
    values = reading.attempt(lambda: read_values(folder / "values.yaml", option_ids))
    for markdown in reading.files:
        if sources is not None:
            reading.errors.extend(unknown_sources(markdown, sources))
        reading.errors.extend(unknown_links(markdown, folder))
    reading.errors.extend(same_order(reading.files))
    if not reading.errors:
        # A page with a mistake is not read, and what it shows would be said to be unused.
        shown = (figure for markdown in reading.files for figure in shown_figures(markdown.blocks))
        reading.errors.extend(unused_figures(figures, shown, folder / "figures"))
    if (
        reading.errors
        or sources is None
        or glossary is None
        or standards is None
        or grades is None
        or not (countries and messages and values)
    ):
        raise ContentErrors(reading.errors)
    return Content(
        options=tuple(sorted(options, key=lambda option: option.order)),
        causes=tuple(sorted(causes, key=lambda cause: cause.order)),
        topics=tuple(sorted(topics, key=lambda topic: topic.order)),
        pages=MappingProxyType({page.id: page for page in pages}),
        figures=MappingProxyType(figures),
        sources=MappingProxyType(sources),
        glossary=glossary,
        countries=countries,
        messages=messages,
        standards=standards,
        reading_grades=MappingProxyType({grade.page: grade for grade in grades}),
        values=values,
    )


class _Reading:
    """Keeps what was read and what was wrong, so that one pass reports everything."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: list[MarkdownFile] = []
        self.errors: list[ContentError] = []

    def attempt(self, make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except ContentErrors as found:
            self.errors.extend(found.errors)
        except ContentError as found:
            self.errors.append(found)
        return None

    def pages_in(
        self, name: str, make: Callable[[MarkdownFile], Made], figures: Mapping[str, Figure]
    ) -> list[Made]:
        made: list[Made] = []
        for path in sorted((self._folder / name).glob("*.md")):
            markdown = self.attempt(lambda path=path: read_markdown(path, figures))
            if markdown is None:
                continue
            page = self.attempt(lambda markdown=markdown: make(markdown))
            if page is not None:
                self.files.append(markdown)
                made.append(page)
        return made


def _option(markdown: MarkdownFile) -> Option:
    _check_id(markdown)
    sections = _sections(markdown, SectionTitle)
    return validated(Option, markdown.front_matter, more={"sections": sections})


def _cause(markdown: MarkdownFile) -> Cause:
    _check_id(markdown)
    sections = _sections(markdown, CauseSectionTitle)
    return validated(Cause, markdown.front_matter, more={"sections": sections})


def _topic(markdown: MarkdownFile) -> Topic:
    _check_id(markdown)
    return validated(Topic, markdown.front_matter, more={"blocks": markdown.blocks})


def _page(markdown: MarkdownFile) -> Page:
    _check_id(markdown)
    return validated(Page, markdown.front_matter, more={"blocks": markdown.blocks})


def _check_id(markdown: MarkdownFile) -> None:
    front_matter = markdown.front_matter
    if front_matter.data.get("id") != markdown.file.stem:
        raise error_at(
            front_matter,
            ("id",),
            "the id is not the name of the file",
            f"Write id: {markdown.file.stem}.",
        )


def _sections(markdown: MarkdownFile, fixed: type[StrEnum]) -> list[dict[str, object]]:
    titles = list(fixed)
    sections: list[tuple[PlacedBlock, list[object]]] = []
    for placed in markdown.placed_blocks:
        if isinstance(placed.block, Heading):
            sections.append((placed, []))
        elif sections:
            sections[-1][1].append(placed.block)
        else:
            raise _section_error(markdown, placed.line, titles[0])
    for expected, (placed, blocks) in zip(titles, sections, strict=False):
        if not isinstance(placed.block, Heading) or placed.block.text != expected:
            raise _section_error(markdown, placed.line, expected)
        if not blocks:
            raise ContentError(
                markdown.file, placed.line, expected, "this section is empty", "Write it."
            )
    if len(sections) > len(titles):
        placed = sections[len(titles)][0]
        raise ContentError(
            markdown.file, placed.line, "sections", "there is one too many", "Remove it."
        )
    if len(sections) < len(titles):
        last_line = markdown.placed_blocks[-1].line if markdown.placed_blocks else 1
        raise _section_error(markdown, last_line, titles[len(sections)])
    return [
        {"title": title, "blocks": blocks}
        for title, (_, blocks) in zip(titles, sections, strict=True)
    ]


def _section_error(markdown: MarkdownFile, line: int, expected: str) -> ContentError:
    return ContentError(
        markdown.file,
        line,
        "sections",
        f"the section '{expected}' is missing here",
        f"Add ## {expected}; every page of its kind has the same sections in the same order.",
    )


def _read_sources(file: Path) -> dict[str, Source]:
    listing = read_yaml(file)
    sources: dict[str, Source] = {}
    for index, source in enumerate(validated_list(Source, listing)):
        if source.id in sources:
            raise error_at(listing, (index, "id"), f"{source.id} is there twice", "Keep one.")
        sources[source.id] = source
    return sources
