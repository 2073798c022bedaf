"""Loads questionnaire definitions from YAML files; a bad file names its line and what to do."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from fbss_app.content.definition_errors import findings_of
from fbss_app.content.yaml_source import YamlSource, read_yaml
from fbss_app.domain.questionnaire.definition_checks import check_definition
from fbss_app.domain.questionnaire.findings import Finding
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.errors import ContentError, ContentErrors

BUILT_IN_FOLDER = Path(__file__).with_suffix("")


def load_questionnaire(path: Path) -> Questionnaire:
    """Read and check one definition.

    Raises:
        ContentError: Something is wrong with it; `ContentErrors` when several things are.
    """
    source = read_yaml(path)
    data = source.data
    if not isinstance(data, dict):
        raise ContentError(
            path,
            1,
            "",
            "the file does not hold a questionnaire",
            "Begin with `name:`, `url:`, `version:` and so on, each at the start of a line.",
        )
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        raise _as_errors(source, findings_of(error, cast("dict[str, Any]", data))) from error
    findings = [*_check_name(questionnaire, path), *check_definition(questionnaire)]
    if findings:
        raise _as_errors(source, findings)
    return questionnaire


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


def _as_errors(source: YamlSource, findings: Iterable[Finding]) -> ContentError:
    errors = [
        ContentError(
            source.file,
            source.line(finding.path),
            finding.field,
            finding.problem,
            finding.what_to_do,
        )
        for finding in findings
    ]
    errors.sort(key=lambda error: error.line or 0)
    return errors[0] if len(errors) == 1 else ContentErrors(errors)


def load_questionnaires(folders: Iterable[Path] = (BUILT_IN_FOLDER,)) -> dict[str, Questionnaire]:
    """Read every definition in some folders, by name, each folder in alphabetical order.

    Raises:
        ContentError: Something is wrong in a file; `ContentErrors` gathers all files.
    """
    loaded: dict[str, Questionnaire] = {}
    errors: list[ContentError] = []
    for file in _files(folders, errors):
        try:
            questionnaire = load_questionnaire(file)
        except ContentErrors as several:
            errors += several.errors
            continue
        except ContentError as error:
            errors.append(error)
            continue
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
