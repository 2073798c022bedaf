"""What can be checked only when all pages have been read: sources, links and order."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fbss_app.content.markdown import MarkdownFile
from fbss_app.content.validated import error_at
from fbss_app.domain.decision_aid.prose import cited_sources, link_targets
from fbss_app.domain.decision_aid.source import Source
from fbss_app.errors import ContentError

# The parts of the app whose pages are files, and the folder they are in.
FOLDERS = {"options": "options", "learn": "topics", "learn/causes": "causes"}


def unknown_sources(
    markdown: MarkdownFile, sources: Mapping[str, Source]
) -> Iterator[ContentError]:
    """Yield an error for each source that is not known, or is cited but not listed."""
    front_matter = markdown.front_matter
    listed = front_matter.data.get("sources")
    for source_id in listed or ():
        if source_id not in sources:
            yield error_at(
                front_matter, ("sources",), f"{source_id} is unknown", "Add it to sources.yaml."
            )
    # A page about the app has no list of its own, so all known sources are allowed there.
    allowed = sources if listed is None else listed
    for placed in markdown.placed_blocks:
        for source_id in cited_sources([placed.block]):
            if source_id not in allowed:
                yield ContentError(
                    markdown.file,
                    placed.line,
                    "sources",
                    f"{source_id} is cited here but not listed",
                    "Add it to the sources of this file.",
                )


def unknown_links(markdown: MarkdownFile, folder: Path) -> Iterator[ContentError]:
    """Yield an error for each link to an option, a topic or a cause that has no file."""
    for placed in markdown.placed_blocks:
        for href in link_targets([placed.block]):
            path = href.strip("/")
            if path in FOLDERS or path.split("/")[0] not in FOLDERS:
                continue
            area, _, name = path.rpartition("/")
            if area not in FOLDERS or not (folder / FOLDERS[area] / f"{name}.md").is_file():
                yield ContentError(
                    markdown.file, placed.line, "link", f"{href} is no page", "Correct the link."
                )


def same_order(files: Iterable[MarkdownFile]) -> Iterator[ContentError]:
    """Yield an error for each page that wants a place that another one has."""
    taken: dict[tuple[str, int], Path] = {}
    for markdown in files:
        order = markdown.front_matter.data.get("order")
        if order is None:
            continue
        place = (markdown.file.parent.name, order)
        if place in taken:
            yield error_at(
                markdown.front_matter,
                ("order",),
                f"{taken[place].name} has the same order",
                "Choose a free number.",
            )
        taken.setdefault(place, markdown.file)
