"""Reads what matters to people, and sees that each option says how it does on all of it."""

from collections.abc import Collection, Iterator
from pathlib import Path

from fbss_app.content.validated import error_at, validated
from fbss_app.content.yaml_source import YamlSource, read_yaml
from fbss_app.domain.decision_aid.value import Values
from fbss_app.errors import ContentError, ContentErrors


def read_values(file: Path, option_ids: Collection[str]) -> Values:
    """Read what matters to people.

    Args:
        file: The file.
        option_ids: Every option.

    Raises:
        ContentErrors: The file does not fit, or an option is missing or unknown.
    """
    source = read_yaml(file)
    values = validated(Values, source)
    if errors := list(_wrong_options(source, values, option_ids)):
        raise ContentErrors(errors)
    return values


def _wrong_options(
    source: YamlSource, values: Values, option_ids: Collection[str]
) -> Iterator[ContentError]:
    seen: set[str] = set()
    for index, value in enumerate(values.value):
        at = ("value", index)
        if value.id in seen:
            yield error_at(source, (*at, "id"), f"{value.id} is there twice", "Keep one.")
        seen.add(value.id)
        for option_id in sorted(set(option_ids) - set(value.option)):
            yield error_at(
                source,
                (*at, "option"),
                f"{option_id} is missing",
                "Say how it does on this, or that it is not known.",
            )
        for option_id in value.option:
            if option_id not in option_ids:
                yield error_at(
                    source, (*at, "option", option_id), f"{option_id} is no option", "Remove it."
                )
