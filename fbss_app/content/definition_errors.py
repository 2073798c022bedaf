"""Turns pydantic's errors about a definition into findings its author can act on."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fbss_app.domain.questionnaire import expressions, model, summary_block
from fbss_app.domain.questionnaire.base import KEBAB, Definition
from fbss_app.domain.questionnaire.expressions import FieldPath
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean

_WANTED = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a block of keys",
    "model_type": "a block of keys",
    "model_attributes_type": "a block of keys",
}


def _definitions(module: object) -> Iterator[type[Definition]]:
    for each in vars(module).values():
        if isinstance(each, type) and issubclass(each, Definition):
            yield each


_KEYS = {
    info.alias or name
    for module in (model, summary_block, expressions)
    for definition in _definitions(module)
    for name, info in definition.model_fields.items()
}


def findings_of(error: ValidationError, data: Mapping[str, Any]) -> list[Finding]:
    """Say in plain words what pydantic found, one finding a field."""
    by_field: dict[FieldPath, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        if not _is_echo(detail):
            by_field.setdefault(_field_path(detail, data), []).append(detail)
    return [_finding(path, details) for path, details in by_field.items()]


def _is_echo(detail: ErrorDetails) -> bool:
    """Tell a list that is empty from one that only lost its entries to other errors."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _field_path(detail: ErrorDetails, data: Mapping[str, Any]) -> FieldPath:
    """Keep of pydantic's location what the author wrote; the rest names classes and types."""
    node: Any = data
    path: list[str | int] = []
    for part in detail["loc"]:
        if isinstance(node, Mapping) and part in node:
            node = cast("Mapping[str | int, Any]", node)[part]
            path.append(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(cast("Any", node)):
            node = cast("list[Any]", node)[part]
            path.append(part)
    if detail["type"] == "missing":
        path.append(detail["loc"][-1])
    return tuple(path)


def _finding(path: FieldPath, details: list[ErrorDetails]) -> Finding:
    first = details[0]
    kind, given = first["type"], first["input"]
    context = first.get("ctx", {})
    key = path[-1] if path else ""
    if kind == "extra_forbidden":
        return Finding(path, f"unknown key `{key}`", _about_key(str(key)))
    if kind == "missing":
        return Finding(path, f"`{key}` is missing", f"Add `{key}:`.")
    if kind == "enum":
        return Finding(path, f"`{given}` is not known here", f"Use {context.get('expected')}.")
    if kind == "expression_kind":
        return Finding(path, first["msg"], "Begin it with one of these keys.")
    if kind == "string_pattern_mismatch":
        return Finding(path, f"`{given}` is not in the right form", _about_pattern(context))
    if kind in ("too_short", "string_too_short"):
        return Finding(path, f"`{key}` is empty", "Fill it in, or take the key out.")
    if all(detail["type"] in _WANTED for detail in details):
        wanted = " or ".join(dict.fromkeys(_WANTED[detail["type"]] for detail in details))
        quotes = wanted == "text" and isinstance(given, int | float)
        advice = f'Put it in quotes: "{given}".' if quotes else f"Write {wanted}."
        return Finding(path, f"`{given}` is not {wanted}", advice)
    return Finding(path, first["msg"][:1].lower() + first["msg"][1:], "Correct the value.")


def _about_key(key: str) -> str:
    if key in _KEYS:
        return "It belongs in another place: check the indentation."
    return did_you_mean(key, _KEYS)


def _about_pattern(context: Mapping[str, Any]) -> str:
    if context.get("pattern") == KEBAB:
        return "Use lower-case letters, digits and single hyphens, such as leg-pain-now."
    if "d{4}" in str(context.get("pattern")):
        return "Write a date such as 2026-01-31."
    return "Use letters, digits and single hyphens, beginning with a letter."
