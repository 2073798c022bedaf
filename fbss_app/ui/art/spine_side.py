"""The lower back from the side, front to the left: five vertebrae, their discs, sacrum and nerves.

One vertebra is drawn in its own coordinates and set five times along the curve of a standing back,
each tilted like its end plates, so that the joints, openings and discs fall where they belong.
"""

from itertools import pairwise

import reflex as rx

from fbss_app.ui.art.drawing import area, drawing, line
from fbss_app.ui.art.vertebra_side import ARCH, BODY, DISC, ROOT, STEP, Place, at

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


def _vertebrae() -> list[Place]:
    places = [Place(84, 42, _TILTS[0], 0.94)]
    for above, below in pairwise(_TILTS):
        place = places[-1].down(STEP, (above + below) / 2)
        places.append(Place(place.x, place.y, below, round(places[-1].scale + 0.02, 2)))
    return places


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
        place.down(STEP / 2, (place.tilt + lower.tilt) / 2) for place, lower in pairwise(vertebrae)
    ]
    lowest_disc = last.down(STEP / 2, (last.tilt + _SACRUM_TILT) / 2)
    sacrum = lowest_disc.down(9, _SACRUM_TILT)
    return drawing(
        *(at(place, area(ARCH, tinted=False, bold=False)) for place in reversed(vertebrae)),
        at(
            sacrum,
            area(_SACRUM, tinted=False),
            *(line(seam) for seam in _SACRAL_SEAMS),
        ),
        *(at(place, area(DISC, bold=False)) for place in (*between, lowest_disc)),
        *(at(place, area(BODY, tinted=False)) for place in vertebrae),
        *(at(place, line(ROOT, accent=True)) for place in vertebrae[:-2]),
        *(line(root, accent=True, bold=True) for root in _SCIATIC),
        size=(250, 474),
        title=title,
    )
