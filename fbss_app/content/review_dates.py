"""When each page and each figure was last checked."""

from collections.abc import Mapping
from datetime import date
from itertools import chain

from fbss_app.content.loader import Content


def review_dates(content: Content) -> Mapping[str, date]:
    """List the day of the last check of every page and figure, by folder and id."""
    kinds = {
        "options": content.options,
        "causes": content.causes,
        "topics": content.topics,
        "pages": content.pages.values(),
        "figures": content.figures.values(),
    }
    dated = (((folder, each) for each in all_of_a_kind) for folder, all_of_a_kind in kinds.items())
    return {f"{folder}/{each.id}": each.reviewed_on for folder, each in chain.from_iterable(dated)}
