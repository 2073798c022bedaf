"""The lists of words that a text question may offer while someone types."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from fbss_app.content.yaml_source import read_yaml
from fbss_app.errors import ContentError, ContentErrors

SUGGESTIONS = Path(__file__).parent / "en" / "suggestions"


@cache
def load_suggestions() -> Mapping[str, tuple[str, ...]]:
    """Return the lists of this app by name, read and checked once."""
    return read_suggestions(SUGGESTIONS)


def read_suggestions(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Read every list in a folder; a folder that is not there holds none.

    Raises:
        ContentErrors: Something is wrong; it lists all that was found.
    """
    lists: dict[str, tuple[str, ...]] = {}
    errors: list[ContentError] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            lists[file.stem] = _read_list(file)
        except ContentErrors as found:
            errors += found.errors
        except ContentError as found:
            errors.append(found)
    if errors:
        raise ContentErrors(errors)
    return MappingProxyType(lists)


def _read_list(file: Path) -> tuple[str, ...]:
    source = read_yaml(file)
    data: Any = source.data
    if not isinstance(data, list):
        raise ContentError(
            file, 1, "", "the file is not a list", "Begin each suggestion with a dash."
        )
    entries = cast("list[object]", data)
    errors: list[ContentError] = []
    for index, entry in enumerate(entries):
        problem = _problem_with(entry, entries[:index])
        if problem:
            where = source.line((index,))
            errors.append(ContentError(file, where, f"[{index}]", *problem))
    if errors:
        raise ContentErrors(errors)
    return tuple(str(entry) for entry in entries)


def _problem_with(entry: object, before: list[object]) -> tuple[str, str] | None:
    if not isinstance(entry, str) or not entry.strip():
        return f"`{entry}` is not text", "Write words, in quotes if they look like a number."
    if entry in before:
        return f"`{entry}` is there twice", "Keep one."
    return None
