"""Loads questionnaire definitions from YAML files; a bad file names its line and what to do."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from fbss_app.content.body_map.checks import check_body_maps
from fbss_app.content.definition_errors import findings_of
from fbss_app.content.instruments import (
    BUILT_IN_INSTRUMENTS,
    Instruments,
    Origins,
    put_in_instruments,
    read_instruments,
)
from fbss_app.content.suggestions import load_suggestions
from fbss_app.content.yaml_source import read_each, read_yaml
from fbss_app.domain.questionnaire.definition_checks import check_definition
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean
from fbss_app.domain.questionnaire.item_checks import located_items
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.errors import ContentError, ContentErrors

BUILT_IN_FOLDER = Path(__file__).with_suffix("")


def load_questionnaire(path: Path, instruments: Instruments | None = None) -> Questionnaire:
    """Read and check one definition.

    Args:
        path: The file.
        instruments: Those it may use; without them, the built-in ones and those beside the file.

    Raises:
        ContentError: Something is wrong with it; `ContentErrors` when several things are.
    """
    source = read_yaml(path)
    if not isinstance(source.data, dict):
        raise ContentError(
            path,
            1,
            "",
            "the file does not hold a questionnaire",
            "Begin with `name:`, `url:`, `version:` and so on, each at the start of a line.",
        )
    if instruments is None:
        instruments = read_instruments(_instrument_folders([path.parent]))
    data, origins = put_in_instruments(source, instruments)
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        raise _as_errors(origins, findings_of(error, data)) from error
    findings = [
        *_check_name(questionnaire, path),
        *check_definition(questionnaire),
        *_check_suggestions(questionnaire),
        *check_body_maps(questionnaire),
    ]
    if findings:
        raise _as_errors(origins, findings)
    return questionnaire


def _instrument_folders(folders: Iterable[Path]) -> list[Path]:
    return [BUILT_IN_INSTRUMENTS, *(folder / "instruments" for folder in folders)]


def _check_name(questionnaire: Questionnaire, path: Path) -> list[Finding]:
    if questionnaire.name == path.stem:
        return []
    return [
        Finding(
            ("name",),
            f"`{questionnaire.name}` is not the name of the file",
            f"Write `name: {path.stem}` or rename the file to {questionnaire.name}.yaml.",
        )
    ]


def _check_suggestions(questionnaire: Questionnaire) -> list[Finding]:
    lists = load_suggestions()
    return [
        Finding(
            (*at, "suggestions"),
            f"there is no list of suggestions `{item.suggestions}`",
            did_you_mean(item.suggestions, lists),
        )
        for at, item in located_items(questionnaire)
        if item.suggestions and item.suggestions not in lists
    ]


def _as_errors(origins: Origins, findings: Iterable[Finding]) -> ContentError:
    errors = [origins.error(finding) for finding in findings]
    errors.sort(key=lambda error: (error.file != str(origins.source.file), error.line or 0))
    return errors[0] if len(errors) == 1 else ContentErrors(errors)


def load_questionnaires(folders: Iterable[Path] = (BUILT_IN_FOLDER,)) -> dict[str, Questionnaire]:
    """Read every definition in some folders, by name, each folder in alphabetical order.

    Raises:
        ContentError: Something is wrong in a file; `ContentErrors` gathers all files.
    """
    folders = list(folders)
    instruments = read_instruments(_instrument_folders(folders))
    loaded: dict[str, Questionnaire] = {}
    errors: list[ContentError] = []
    load = partial(load_questionnaire, instruments=instruments)
    for file, questionnaire in read_each(_files(folders, errors), load, errors):
        if questionnaire.name in loaded:
            errors.append(
                ContentError(
                    file,
                    None,
                    "name",
                    f"another folder already holds a questionnaire `{questionnaire.name}`",
                    "Give this one a name of its own.",
                )
            )
        loaded.setdefault(questionnaire.name, questionnaire)
    if errors:
        raise errors[0] if len(errors) == 1 else ContentErrors(errors)
    return loaded


def _files(folders: Iterable[Path], errors: list[ContentError]) -> list[Path]:
    files: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            errors.append(
                ContentError(folder, None, "", "there is no such folder", "Check its path.")
            )
            continue
        errors += [
            ContentError(
                file,
                None,
                "",
                "a questionnaire file must end in .yaml",
                f"Rename it to {file.stem}.yaml.",
            )
            for file in sorted(folder.glob("*.yml"))
        ]
        files += sorted(folder.glob("*.yaml"))
    return files
