"""Reads a Markdown file with YAML front matter into blocks. Knows no page and no framework.

Only paragraphs, bullet lists, tables, second-level headings, bold, links within the app,
references such as `[S63]` and paragraphs such as `[figure: its-id]` are read. Anything else, HTML
above all, is refused by name and line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from fbss_app.content.yaml_source import YamlSource
from fbss_app.domain.decision_aid.figure import Figure
from fbss_app.domain.decision_aid.inline import Inline, Inlines, Link, SourceReference, Strong, Text
from fbss_app.domain.decision_aid.prose import (
    Block,
    BulletList,
    FigureBlock,
    Heading,
    Paragraph,
    Table,
)
from fbss_app.errors import ContentError

FENCE = "---"
FRONT_MATTER_FIELD = re.compile(r"^([a-z_]+):")
FIGURE = re.compile(r"^\[figure: ([a-z0-9-]+)\]$")
SOURCE_REFERENCE = re.compile(r"\[(S\d+[a-z]?)\]")
ALLOWED = "Use only paragraphs, - lists, tables, ## headings, **bold**, links and figures."

# HTML is switched on so that it arrives as a token and can be refused, not shown as text.
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass(frozen=True)
class PlacedBlock:
    """A block, and the line of the file that it starts on."""

    line: int
    block: Block


@dataclass(frozen=True)
class MarkdownFile:
    """A file's front matter and its body."""

    front_matter: YamlSource
    placed_blocks: tuple[PlacedBlock, ...]

    @property
    def file(self) -> Path:
        """Where this was read from."""
        return self.front_matter.file

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body without its line numbers."""
        return tuple(placed.block for placed in self.placed_blocks)


def read_markdown(file: Path, figures: Mapping[str, Figure] = MappingProxyType({})) -> MarkdownFile:
    """Read a Markdown file with front matter."""
    return parse_markdown(file.read_text(encoding="utf-8"), file, figures)


def parse_markdown(
    text: str, file: Path, figures: Mapping[str, Figure] = MappingProxyType({})
) -> MarkdownFile:
    """Read Markdown with front matter.

    Args:
        text: The whole file.
        file: Where it was read from.
        figures: The figures that the text may show, by their ids.

    Returns:
        The front matter and the blocks.

    Raises:
        ContentError: The front matter is missing or no YAML, or the body has something that is
            not allowed.
    """
    lines = text.splitlines()
    if not lines or lines[0] != FENCE or FENCE not in lines[1:]:
        raise ContentError(
            file, 1, "front matter", "there is none", "Start the file with it, between --- lines."
        )
    end = lines.index(FENCE, 1)
    front_matter = _front_matter(lines[1:end], file)
    body = _Body(file, end + 2, figures)
    return MarkdownFile(front_matter, tuple(body.read("\n".join(lines[end + 1 :]))))


def _front_matter(lines: list[str], file: Path) -> YamlSource:
    parser: Any = YAML(typ="safe", pure=True)
    try:
        data = parser.load("\n".join(lines))
    except MarkedYAMLError as error:
        mark = cast("Any", error).problem_mark or cast("Any", error).context_mark
        raise ContentError(
            file,
            int(mark.line) + 2,
            "front matter",
            "this is not valid YAML",
            "Write one field: value a line, with quotes round a value that holds a colon.",
        ) from error
    except ValueError as error:
        # ruamel lets a date such as 2026-13-40 fail without a place.
        raise ContentError(
            file, 2, "front matter", str(error), "Write dates as year-month-day."
        ) from error
    if not isinstance(data, dict):
        raise ContentError(
            file, 2, "front matter", "it has no fields", "Write one field: value a line."
        )
    # The fence is line 1 of the file.
    fields = ((FRONT_MATTER_FIELD.match(line), number) for number, line in enumerate(lines, 2))
    return YamlSource(file, data, {(field[1],): number for field, number in fields if field})


class _Body:
    """Turns one file's syntax tree into blocks, and names the line of what it refuses."""

    def __init__(self, file: Path, first_line: int, figures: Mapping[str, Figure]) -> None:
        self._file = file
        self._figures = figures
        self._first_line = first_line
        self._line = first_line

    def read(self, text: str) -> Iterator[PlacedBlock]:
        for node in SyntaxTreeNode(PARSER.parse(text)).children:
            self._enter(node)
            line = self._line
            try:
                block = self._block(node)
            except ValidationError as error:
                found = error.errors(include_url=False)[0]
                raise self._refusal(
                    node.type, found["msg"], "Fill it in, or correct it."
                ) from error
            yield PlacedBlock(line, block)

    def _block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "paragraph" if named := FIGURE.match(node.children[0].content):
                return self._figure(named[1])
            case "paragraph":
                return Paragraph(children=self._inlines(node.children[0]))
            case "bullet_list":
                return BulletList(items=tuple(self._item(item) for item in node.children))
            case "table":
                header, *bodies = node.children
                rows = tuple(self._row(row) for body in bodies for row in body.children)
                return Table(header=self._row(header.children[0]), rows=rows)
            case "heading" if node.tag == "h2":
                return Heading(text=self._only_text(node.children[0]))
            case "heading":
                raise self._refusal("heading", f"{node.tag} is not allowed", "Use ##.")
            case _:
                raise self._refusal(node.type, "this is not allowed", ALLOWED)

    def _figure(self, figure_id: str) -> FigureBlock:
        if figure_id not in self._figures:
            raise self._refusal(
                "figure", f"{figure_id} is unknown", "Add it to a file in figures/."
            )
        return FigureBlock(figure=self._figures[figure_id])

    def _item(self, item: SyntaxTreeNode) -> Inlines:
        self._enter(item)
        if [child.type for child in item.children] != ["paragraph"]:
            raise self._refusal("bullet_list", "an item may hold only one run of words", ALLOWED)
        return self._inlines(item.children[0].children[0])

    def _row(self, row: SyntaxTreeNode) -> tuple[Inlines, ...]:
        self._enter(row)
        return tuple(self._inlines(cell.children[0]) for cell in row.children)

    def _inlines(self, inline: SyntaxTreeNode) -> Inlines:
        self._enter(inline)
        return tuple(part for node in inline.children for part in self._inline(node))

    def _inline(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        match node.type:
            case "text":
                yield from self._text_and_references(node.content)
            case "softbreak":
                yield Text(text=" ")
            case "strong":
                yield Strong(text=self._only_text(node))
            case "link":
                yield self._link(node)
            case _:
                raise self._refusal(node.type, "this is not allowed", ALLOWED)

    def _text_and_references(self, words: str) -> Iterator[Inline]:
        # `split` on a group alternates: words, reference, words, reference, ..., words.
        for index, part in enumerate(SOURCE_REFERENCE.split(words)):
            if index % 2:
                yield SourceReference(source_id=part)
            elif "[" in part or "]" in part:
                problem = "this is neither a link nor a reference"
                raise self._refusal("link", problem, "Write [S1] [S2], or [words](/address).")
            elif part:
                yield Text(text=part)

    def _link(self, node: SyntaxTreeNode) -> Link:
        href = str(node.attrs["href"])
        try:
            return Link(text=self._only_text(node), href=href)
        except ValidationError as error:
            raise self._refusal(
                "link", f"{href} is no address in this app", "Start it with /."
            ) from error

    def _only_text(self, node: SyntaxTreeNode) -> str:
        for child in node.children:
            if child.type not in {"text", "softbreak"} or SOURCE_REFERENCE.search(child.content):
                raise self._refusal(node.type, "only plain words may stand in it", ALLOWED)
        return " ".join(child.content for child in node.children if child.content)

    def _enter(self, node: SyntaxTreeNode) -> None:
        if node.map:
            self._line = self._first_line + node.map[0]

    def _refusal(self, field: str, problem: str, what_to_do: str) -> ContentError:
        return ContentError(self._file, self._line, field.replace("_", " "), problem, what_to_do)
