"""Reads a YAML file into plain Python data and remembers on which line each part stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from fbss_app.errors import ContentError, ContentErrors

FieldPath = tuple[str | int, ...]
Read = TypeVar("Read")

# YAML 1.1 gave a lone `=` a type of its own; in a definition it is the operator.
_LONE_EQUALS = "tag:yaml.org,2002:value"


@dataclass
class YamlSource:
    """The content of one file; `lines` holds the line of each key and each list entry."""

    file: Path
    data: Any = None
    lines: dict[FieldPath, int] = field(default_factory=dict[FieldPath, int])

    def line(self, path: FieldPath) -> int:
        """Give the line of a field, or of the nearest thing around it that is written down."""
        return next(
            (
                self.lines[path[:length]]
                for length in range(len(path), 0, -1)
                if path[:length] in self.lines
            ),
            1,
        )


def read_yaml(file: Path) -> YamlSource:
    """Read a file.

    Raises:
        ContentError: The file cannot be read, or is not YAML.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError(
            file, None, "", "the file cannot be read", f"Check that it is there: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise ContentError(
            file, None, "", "the file is not UTF-8 text", "Save it again as UTF-8."
        ) from error
    source = YamlSource(file)
    source.data = _plain(source, _parse(file, text), (), ())
    return source


def _parse(file: Path, text: str) -> object:
    reader: Any = YAML(typ="rt")
    try:
        return reader.load(text)
    except DuplicateKeyError as error:
        key = _said_by(error).partition('"')[2].partition('"')[0]
        raise ContentError(
            file,
            _line_of(error),
            key,
            f"the key `{key}` is written twice in one place",
            "Remove one of them.",
        ) from error
    except MarkedYAMLError as error:
        raise ContentError(
            file,
            _line_of(error),
            "",
            f"this is not valid YAML: {_said_by(error)}",
            "Check the indentation (spaces, no tabs) on this line and the one before it, and put "
            'quotes round operators such as ">=" and round texts that hold a colon.',
        ) from error
    except (YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ContentError(
            file, None, "", f"this is not valid YAML: {reason}", "Correct it and try again."
        ) from error


def _said_by(error: MarkedYAMLError) -> str:
    untyped: Any = error
    return str(untyped.problem or untyped.context)


def _line_of(error: MarkedYAMLError) -> int | None:
    untyped: Any = error
    mark = untyped.problem_mark or untyped.context_mark
    return None if mark is None else int(mark.line) + 1


def _plain(source: YamlSource, node: object, path: FieldPath, around: tuple[int, ...]) -> Any:
    """Copy a node as plain data, noting lines on the way."""
    if id(node) in around:
        raise ContentError(
            source.file,
            source.line(path),
            str(path[-1]),
            "this alias stands inside what it repeats",
            "Write the part out.",
        )
    inside = (*around, id(node))
    if isinstance(node, CommentedMap):
        result: dict[str, Any] = {}
        for key, value in cast("Mapping[object, object]", node).items():
            here = (*path, str(key))
            source.lines[here] = _noted_line(node, "key", key) or source.line(path)
            result[str(key)] = _plain(source, value, here, inside)
        return result
    if isinstance(node, CommentedSeq):
        entries: list[Any] = []
        for index, value in enumerate(cast("Sequence[object]", node)):
            here = (*path, index)
            source.lines[here] = _noted_line(node, "item", index) or source.line(path)
            entries.append(_plain(source, value, here, inside))
        return entries
    return _plain_scalar(source, node, path)


def _noted_line(node: CommentedMap | CommentedSeq, kind: str, place: object) -> int | None:
    """Ask the parser where a key or entry stands; a merged key (`<<`) has no place of its own."""
    try:
        line, _column = getattr(cast("Any", node).lc, kind)(place)
    except (KeyError, TypeError, IndexError):
        return None
    return int(line) + 1


def _plain_scalar(source: YamlSource, node: object, path: FieldPath) -> Any:
    if isinstance(node, TaggedScalar):
        tagged: Any = node
        if str(tagged.tag) == _LONE_EQUALS or tagged.tag.value == _LONE_EQUALS:
            return "="
        raise ContentError(
            source.file,
            source.line(path),
            str(path[-1]) if path else "",
            f"`{tagged.tag.value}` is read as a YAML tag",
            f'Put quotes round it: "{tagged.tag.value}".',
        )
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, date):
        return node.isoformat()
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def read_each(
    files: Iterable[Path], read: Callable[[Path], Read], errors: list[ContentError]
) -> Iterator[tuple[Path, Read]]:
    """Yield each file with what it holds; what is wrong in the others is added to `errors`."""
    for file in files:
        try:
            yield file, read(file)
        except ContentErrors as several:
            errors += several.errors
        except ContentError as error:
            errors.append(error)
