"""Reads how far the app meets each item of the standard for decision aids."""

from collections.abc import Iterator
from pathlib import Path

from fbss_app.content.validated import error_at, validated_list
from fbss_app.content.yaml_source import YamlSource, read_yaml
from fbss_app.domain.decision_aid.standard import PART_SIZES, Part, StandardItem
from fbss_app.errors import ContentError, ContentErrors


def read_standards(file: Path) -> tuple[StandardItem, ...]:
    """Read the items in the order of the standard.

    Raises:
        ContentErrors: An item does not fit its model, or the items of a part are not all there,
            each once and in order.
    """
    listing = read_yaml(file)
    items = validated_list(StandardItem, listing)
    errors = [error for part in Part for error in _gaps(listing, items, part)]
    if errors:
        raise ContentErrors(errors)
    return items


def _gaps(
    listing: YamlSource, items: tuple[StandardItem, ...], part: Part
) -> Iterator[ContentError]:
    expected = 1
    for index, item in enumerate(items):
        if item.part is not part:
            continue
        if item.number != expected:
            yield error_at(
                listing,
                (index, "number"),
                f"item {expected} of {part} should stand here",
                "Tell every item of the standard once, in its order.",
            )
        expected = item.numbers.stop
    if expected != PART_SIZES[part] + 1:
        yield error_at(
            listing,
            (),
            f"{part} has {PART_SIZES[part]} items, and {expected - 1} are told",
            "Tell every item of the standard once.",
        )
