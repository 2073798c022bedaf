"""The body map: where pain can be, as two figures of regions, with their words and outlines."""

from fbss_app.content.body_map.figures import (
    DRAWINGS,
    REGIONS,
    SHEET,
    Drawing,
    Figure,
    Region,
    Side,
)
from fbss_app.content.body_map.picture import body_map_svg

__all__ = ["DRAWINGS", "REGIONS", "SHEET", "Drawing", "Figure", "Region", "Side", "body_map_svg"]
