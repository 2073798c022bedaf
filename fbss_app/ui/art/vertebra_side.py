"""One vertebra from the side, front to the left, in its own coordinates, and where it is set.

A shape is drawn round the middle of the bone it belongs to: a disc round its own middle, a sacrum
round the middle of its upper end.
"""

from dataclasses import dataclass
from math import cos, radians, sin

import reflex as rx

BODY = (
    "M-30-22Q0-17 30-22Q34-23 34-19Q28 0 34 19Q34 23 30 22Q0 17-30 22Q-35 23-35 19Q-28 0-35-19"
    "Q-35-23-30-22Z"
)
ARCH = (
    "M31-17C40-18 45-19 48-25C50-31 51-38 57-39C63-40 65-33 64-27C63-21 65-17 71-15C84-11 98-12"
    " 112-9C122-7 125 8 119 17C114 24 101 21 90 16C83 13 78 14 76 19C75 28 74 37 67 39C60 40 58 32"
    " 59 25C60 16 57 7 51 3C45-1 38-2 31-2Z"
)
DISC = "M-31-9Q0-3 30-7Q37 0 30 7Q0 3-31 9Q-40 0-31-9Z"
ROOT = "M45 5C44 20 38 34 26 46"
# From the middle of one vertebra to the middle of the next.
STEP = 60


@dataclass(frozen=True)
class Place:
    """Where a shape is set, how it is turned in degrees, and how large it is."""

    x: float
    y: float
    tilt: float
    scale: float = 1

    @property
    def transform(self) -> str:
        """The place in the words of an SVG transform."""
        return f"translate({self.x:.0f} {self.y:.0f}) rotate({self.tilt:g}) scale({self.scale:g})"

    def down(self, distance: float, tilt: float) -> "Place":
        """Go along the spine by a distance, in the direction of a tilt."""
        angle = radians(tilt)
        return Place(self.x - sin(angle) * distance, self.y + cos(angle) * distance, tilt)


def at(place: Place, *shapes: rx.Component) -> rx.Component:
    """Set shapes at a place."""
    return rx.el.g(*shapes, transform=place.transform)
