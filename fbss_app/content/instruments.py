"""Reads instruments, and puts their questions and rules where a questionnaire names them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from fbss_app.content.definition_errors import findings_of
from fbss_app.content.yaml_source import FieldPath, YamlSource, read_each, read_yaml
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean, field_name
from fbss_app.domain.questionnaire.model import Instrument, InstrumentDefinition
from fbss_app.errors import ContentError, ContentErrors

BUILT_IN_INSTRUMENTS = Path(__file__).with_suffix("")

Instruments = Mapping[str, YamlSource]


@dataclass
class Origins:
    """Says in which file, and where in it, each part of a questionnaire is written."""

    source: YamlSource
    _parts: dict[FieldPath, tuple[YamlSource, FieldPath]] = field(
        default_factory=dict[FieldPath, tuple[YamlSource, FieldPath]]
    )

    def add(self, path: FieldPath, source: YamlSource, inside: FieldPath) -> None:
        """Note that what stands at a path was taken from another file."""
        self._parts[path] = (source, inside)

    def error(self, finding: Finding) -> ContentError:
        """Build the error that names the file, line and field of a finding."""
        source, path = self._written_at(finding.path)
        return ContentError(
            source.file,
            source.line(path),
            field_name(path),
            finding.problem,
            finding.what_to_do,
        )

    def _written_at(self, path: FieldPath) -> tuple[YamlSource, FieldPath]:
        for length in range(len(path), 0, -1):
            if part := self._parts.get(path[:length]):
                source, inside = part
                return source, (*inside, *path[length:])
        return self.source, path


def read_instruments(folders: Iterable[Path]) -> Instruments:
    """Read and check every instrument in some folders, by name; a folder may be missing.

    Raises:
        ContentErrors: Something is wrong in a file; it gathers all files.
    """
    found: dict[str, YamlSource] = {}
    errors: list[ContentError] = []
    files = (file for folder in folders for file in sorted(folder.glob("*.y*ml")))
    for file, source in read_each(files, _read_instrument, errors):
        if file.stem in found:
            errors.append(
                ContentError(
                    file,
                    None,
                    "name",
                    f"another folder already holds an instrument `{file.stem}`",
                    "Give this one a name of its own.",
                )
            )
        found.setdefault(file.stem, source)
    if errors:
        raise ContentErrors(errors)
    return found


def _read_instrument(file: Path) -> YamlSource:
    if file.suffix != ".yaml":
        raise ContentError(
            file,
            None,
            "",
            "an instrument file must end in .yaml",
            f"Rename it to {file.stem}.yaml.",
        )
    source = read_yaml(file)
    data: Any = source.data
    if not isinstance(data, dict):
        raise ContentError(
            file,
            1,
            "",
            "the file does not hold an instrument",
            "Begin with `name:`, `version:`, `title:` and so on, each at the start of a line.",
        )
    origins = Origins(source)
    try:
        definition = InstrumentDefinition.model_validate(data)
    except ValidationError as error:
        findings = findings_of(error, cast("dict[str, Any]", data))
        raise ContentErrors([origins.error(each) for each in findings]) from error
    if definition.name != file.stem:
        finding = Finding(
            ("name",),
            f"`{definition.name}` is not the name of the file",
            f"Write `name: {file.stem}` or rename the file to {definition.name}.yaml.",
        )
        raise origins.error(finding)
    return source


def put_in_instruments(
    source: YamlSource, instruments: Instruments
) -> tuple[dict[str, Any], Origins]:
    """Copy a questionnaire's data with the instruments that it names put in.

    Args:
        source: The questionnaire's file, which holds a block of keys.
        instruments: All there are, as `read_instruments` gives them.

    Returns:
        The whole data, and where each part of it is written.

    Raises:
        ContentErrors: A group names an instrument that cannot be put there.
    """
    data = dict(cast("dict[str, Any]", source.data))
    origins = Origins(source)
    used: list[str] = []
    findings: list[Finding] = []
    if "instrument" in data:
        findings.append(
            Finding(
                ("instrument",),
                "the list of instruments follows from the groups that name one",
                "Take it out.",
            )
        )
    for path, group in _groups_naming_one(data.get("item"), ()):
        name = group["instrument"]
        if problem := _problem_with(group, used, instruments):
            key, what, advice = problem
            findings.append(Finding((*path, key), what, advice))
            continue
        used.append(name)
        instrument = instruments[name]
        _put_in_items(data, group, path, instrument, origins)
        _put_in_scores(data, instrument, origins)
        findings += _put_in_conditions(data, path, instrument, origins)
    if findings:
        raise ContentErrors([origins.error(finding) for finding in findings])
    return data, origins


def _groups_naming_one(items: object, at: FieldPath) -> Iterator[tuple[FieldPath, dict[str, Any]]]:
    if not isinstance(items, list):
        return
    for index, item in enumerate(cast("list[object]", items)):
        if not isinstance(item, dict):
            continue
        path = (*at, "item", index)
        group = cast("dict[str, Any]", item)
        if isinstance(group.get("instrument"), str):
            yield path, group
        else:
            yield from _groups_naming_one(group.get("item"), path)


def _problem_with(
    group: Mapping[str, Any], used: list[str], instruments: Instruments
) -> tuple[str, str, str] | None:
    name = group["instrument"]
    if name not in instruments:
        return (
            "instrument",
            f"there is no instrument `{name}`",
            did_you_mean(name, instruments),
        )
    if name in used:
        return (
            "instrument",
            f"the instrument `{name}` is used twice",
            "Use it once: its questions have the same link_id each time.",
        )
    if "item" in group:
        return (
            "item",
            f"the items of this group come from the instrument `{name}`",
            "Take `item` or `instrument` out.",
        )
    return None


def _put_in_items(
    data: dict[str, Any],
    group: dict[str, Any],
    path: FieldPath,
    instrument: YamlSource,
    origins: Origins,
) -> None:
    written = cast("dict[str, Any]", instrument.data)
    group["item"] = written["item"]
    origins.add((*path, "item"), instrument, ("item",))
    about = {key: value for key, value in written.items() if key in Instrument.model_fields}
    listed = [*cast("list[object]", data.get("instrument", [])), about]
    data["instrument"] = listed
    origins.add(("instrument", len(listed) - 1), instrument, ())


def _put_in_scores(data: dict[str, Any], instrument: YamlSource, origins: Origins) -> None:
    scores: Any = data.get("score", [])
    # What is no list is for the model to refuse.
    if isinstance(scores, list):
        known = cast("list[object]", scores)
        own = cast("list[object]", instrument.data.get("score", []))
        data["score"] = [*known, *own]
        for index in range(len(own)):
            origins.add(("score", len(known) + index), instrument, ("score", index))


def _put_in_conditions(
    data: dict[str, Any], path: FieldPath, instrument: YamlSource, origins: Origins
) -> list[Finding]:
    """Add an instrument's conditions, and say which names are taken."""
    conditions: Any = data.get("condition", {})
    own = cast("dict[str, Any]", instrument.data.get("condition", {}))
    if not own or not isinstance(conditions, dict):
        return []
    known = cast("dict[str, Any]", conditions)
    taken = [name for name in own if name in known]
    data["condition"] = {**own, **known}
    for name in own:
        if name not in known:
            origins.add(("condition", name), instrument, ("condition", name))
    return [
        Finding(
            (*path, "instrument"),
            f"the instrument has a condition `{name}` of its own",
            "Give the other condition of this name another one.",
        )
        for name in taken
    ]
