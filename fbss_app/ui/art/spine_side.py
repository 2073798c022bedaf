"""The lower back from the side, front to the left: five vertebrae, their discs, sacrum and nerves.

One vertebra is drawn in its own coordinates and set five times along the curve of a standing back,
each tilted like its end plates, so that the joints, openings and discs fall where they belong.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import reflex as rx

from fbss_app.ui.art.drawing import area, drawing, line

_BODY = (
    "M-30-22Q0-17 30-22Q34-23 34-19Q28 0 34 19Q34 23 30 22Q0 17-30 22Q-35 23-35 19Q-28 0-35-19"
    "Q-35-23-30-22Z"
)
_ARCH = (
    "M31-17C40-18 45-19 48-25C50-31 51-38 57-39C63-40 65-33 64-27C63-21 65-17 71-15C84-11 98-12"
    " 112-9C122-7 125 8 119 17C114 24 101 21 90 16C83 13 78 14 76 19C75 28 74 37 67 39C60 40 58 32"
    " 59 25C60 16 57 7 51 3C45-1 38-2 31-2Z"
)
_DISC = "M-31-9Q0-3 30-7Q37 0 30 7Q0 3-31 9Q-40 0-31-9Z"
_ROOT = "M45 5C44 20 38 34 26 46"
_SACRUM = (
    "M-32 1Q0 6 31 0Q37-1 39 4C45 10 55 8 57 16C58 24 51 28 54 36C58 44 52 50 50 57C53 64 47 71"
    " 43 78C38 98 24 118 4 136C-4 143-13 146-17 142C-20 138-15 133-11 127C4 105 6 70-8 42C-14 30-26"
    " 18-34 7Q-36 2-32 1Z"
)
_SACRAL_SEAMS = (
    "M-9 39Q14 38 37 31",
    "M1 68Q17 66 34 59",
    "M4 94Q15 92 26 86",
    "M-8 120Q0 120 9 115",
)
# The roots that leave above the fourth disc and lower join to the nerve of the leg.
_SCIATIC = (
    "M124 230C129 258 144 286 147 318C151 350 156 408 145 470",
    "M142 280C146 296 147 308 149 326",
    "M161 320C158 332 151 340 150 356",
)

# The tilt of each vertebra, first to fifth, then the sacrum, in degrees; the front edge of the
# fourth and fifth lies lower.
_TILTS = (12, 7, 0, -9, -22)
_SACRUM_TILT = -40
_STEP = 60


@dataclass(frozen=True)
class _Place:
    """Where a shape is set and how it is turned."""

    x: float
    y: float
    tilt: float
    scale: float = 1

    @property
    def transform(self) -> str:
        """The place in the words of an SVG transform."""
        return f"translate({self.x:.0f} {self.y:.0f}) rotate({self.tilt:g}) scale({self.scale:g})"

    def down(self, distance: float, tilt: float) -> "_Place":
        """Go along the spine by a distance, in the direction of a tilt."""
        angle = radians(tilt)
        return _Place(self.x - sin(angle) * distance, self.y + cos(angle) * distance, tilt)


def _vertebrae() -> list[_Place]:
    places = [_Place(84, 42, _TILTS[0], 0.94)]
    for above, below in pairwise(_TILTS):
        place = places[-1].down(_STEP, (above + below) / 2)
        places.append(_Place(place.x, place.y, below, round(places[-1].scale + 0.02, 2)))
    return places


def _set(place: _Place, *shapes: rx.Component) -> rx.Component:
    return rx.el.g(*shapes, transform=place.transform)


def spine_side(title: str = "") -> rx.Component:
    """Draw the lower back from the side.

    Args:
        title: What the drawing shows; without one it is only decoration.

    Returns:
        The drawing.
    """
    vertebrae = _vertebrae()
    last = vertebrae[-1]
    between = [
        place.down(_STEP / 2, (place.tilt + lower.tilt) / 2) for place, lower in pairwise(vertebrae)
    ]
    lowest_disc = last.down(_STEP / 2, (last.tilt + _SACRUM_TILT) / 2)
    sacrum = lowest_disc.down(9, _SACRUM_TILT)
    return drawing(
        *(_set(place, area(_ARCH, tinted=False, bold=False)) for place in reversed(vertebrae)),
        _set(
            sacrum,
            area(_SACRUM, tinted=False),
            *(line(seam) for seam in _SACRAL_SEAMS),
        ),
        *(_set(place, area(_DISC, bold=False)) for place in (*between, lowest_disc)),
        *(_set(place, area(_BODY, tinted=False)) for place in vertebrae),
        *(_set(place, line(_ROOT, accent=True)) for place in vertebrae[:-2]),
        *(line(root, accent=True, bold=True) for root in _SCIATIC),
        size=(250, 474),
        title=title,
    )
