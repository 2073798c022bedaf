"""Reads the figures of all pages, each with what it takes to be read rightly."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from fbss_app.content.validated import error_at, validated
from fbss_app.content.yaml_source import YamlSource, read_each, read_yaml
from fbss_app.domain.decision_aid.figure import Difference, Figure, Share, Spread
from fbss_app.domain.decision_aid.source import Source
from fbss_app.errors import ContentError, ContentErrors

_KINDS: dict[object, type[Share | Spread | Difference]] = {
    "share": Share,
    "spread": Spread,
    "difference": Difference,
}


def read_figures(folder: Path, sources: Mapping[str, Source] | None) -> dict[str, Figure]:
    """Read every file of a folder.

    Args:
        folder: Where the files are; each is a list of figures.
        sources: The sources that a figure may come from; `None` if they could not be read.

    Returns:
        The figures by their ids.

    Raises:
        ContentErrors: A figure lacks a part, contradicts itself, comes from an unknown source or
            is there twice.
    """
    errors: list[ContentError] = []
    figures: dict[str, Figure] = {}
    for _, listing in read_each(sorted(folder.glob("*.yaml")), read_yaml, errors):
        for index, figure in _figures_in(listing, errors):
            if sources is not None:
                errors.extend(_unknown_sources(listing, index, figure, sources))
            if figure.id in figures:
                errors.append(
                    error_at(listing, (index, "id"), f"{figure.id} is there twice", "Keep one.")
                )
            figures[figure.id] = figure
    if errors:
        raise ContentErrors(errors)
    return figures


def unused_figures(
    figures: Mapping[str, Figure], used: Iterable[str], folder: Path
) -> Iterator[ContentError]:
    """Yield an error for each figure that no page shows."""
    for figure_id in sorted(set(figures) - set(used)):
        yield ContentError(
            folder, None, figure_id, "no page shows this figure", "Show it, or take it out."
        )


def _figures_in(
    listing: YamlSource, errors: list[ContentError]
) -> Iterator[tuple[int, Share | Spread | Difference]]:
    data: Any = listing.data
    if not isinstance(data, list):
        errors.append(
            error_at(listing, (), "the file is not a list", "Begin each figure with a dash.")
        )
        return
    for index, entry in enumerate(cast("list[object]", data)):
        kind = cast("dict[str, object]", entry).get("kind") if isinstance(entry, dict) else None
        model = _KINDS.get(kind)
        if model is None:
            errors.append(
                error_at(
                    listing,
                    (index, "kind"),
                    "this is no kind of figure",
                    f"Use one of {', '.join(str(kind) for kind in _KINDS)}.",
                )
            )
            continue
        try:
            yield index, validated(model, listing, (index,))
        except ContentErrors as found:
            errors.extend(found.errors)


def _unknown_sources(
    listing: YamlSource, index: int, figure: Figure, sources: Mapping[str, Source]
) -> Iterator[ContentError]:
    for source_id in figure.sources:
        if source_id not in sources:
            yield error_at(
                listing, (index, "sources"), f"{source_id} is unknown", "Add it to sources.yaml."
            )
