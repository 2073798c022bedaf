"""Makes models of what a file holds; what does not fit names its line, field and remedy."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from fbss_app.content.yaml_source import FieldPath, YamlSource
from fbss_app.errors import ContentError, ContentErrors

Model = TypeVar("Model", bound=BaseModel)

_WHAT_TO_DO = {
    "missing": "Add this field.",
    "extra_forbidden": "Remove this field, or correct its name.",
    "string_too_long": "Shorten it.",
    "string_too_short": "Fill it in.",
    "too_short": "Fill it in.",
    "enum": "Use one of these words.",
}


def error_at(source: YamlSource, path: FieldPath, problem: str, what_to_do: str) -> ContentError:
    """Build the error that points at a field."""
    field = ".".join(str(key) for key in path)
    return ContentError(source.file, source.line(path), field, problem, what_to_do)


def validated(
    model: type[Model],
    source: YamlSource,
    path: FieldPath = (),
    more: Mapping[str, object] | None = None,
) -> Model:
    """Make a model of the data at a path, with fields added that come from elsewhere.

    Raises:
        ContentErrors: The data does not fit the model.
    """
    data: Any = source.data
    for key in path:
        data = data[key]
    if isinstance(data, dict):
        data = {**cast("dict[str, object]", data), **(more or {})}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ContentErrors(
            [
                error_at(
                    source,
                    (*path, *found["loc"]),
                    found["msg"],
                    _WHAT_TO_DO.get(found["type"], "Correct this value."),
                )
                for found in error.errors(include_url=False)
            ]
        ) from error


def validated_list(model: type[Model], source: YamlSource) -> tuple[Model, ...]:
    """Make a model of each entry of a file that is a list.

    Raises:
        ContentErrors: The file is no list, or entries do not fit the model.
    """
    data: Any = source.data
    if not isinstance(data, list):
        raise error_at(source, (), "the file is not a list", "Begin each entry with a dash.")
    made: list[Model] = []
    errors: list[ContentError] = []
    for index in range(len(cast("list[object]", data))):
        try:
            made.append(validated(model, source, (index,)))
        except ContentErrors as found:
            errors.extend(found.errors)
    if errors:
        raise ContentErrors(errors)
    return tuple(made)
