"""The next level wears out: four vertebrae from the side, two of them joined, a disc above worn."""

from fbss_app.ui.art.causes.metal_side import rod, screw
from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.drawing import area, line
from fbss_app.ui.art.vertebra_side import ARCH, BODY, DISC, Place, at

_SECOND = Place(126, 40, 5, 1.1)
_THIRD = Place(120, 107, 2, 1.1)
_FOURTH = Place(118, 164, -2, 1.1)
_FIFTH = Place(122, 230, -8, 1.1)
_HEALTHY = Place(123, 74, 4, 1.1)
# Thin, and bulging at both ends.
_WORN = "M82 132Q118 137 154 132Q164 136 155 140Q118 138 82 140Q72 136 82 132Z"
# Bone that has grown at the edges of the worn disc.
_SPURS = (
    "M86 122C84 127 78 130 70 131C76 134 84 133 90 131Z",
    "M85 150C83 145 77 142 69 141C75 138 83 139 89 141Z",
)
# Bone from body to body where the disc was.
_JOINED = "M85 185Q118 183 155 183L158 206Q122 208 86 214Z"
_GRAIN = "M96 188V208M108 187V207M120 186V206M132 186V205M144 186V204"

NEXT_LEVEL_WEAR = Plate(
    height=290,
    shapes=(
        *(
            at(place, area(ARCH, tinted=False, bold=False))
            for place in (_FIFTH, _FOURTH, _THIRD, _SECOND)
        ),
        at(_HEALTHY, area(DISC, bold=False)),
        area(_WORN, bold=False),
        area(_JOINED, tinted=False),
        line(_GRAIN),
        *(at(place, area(BODY, tinted=False)) for place in (_SECOND, _THIRD, _FOURTH, _FIFTH)),
        *(area(spur, tinted=False) for spur in _SPURS),
        *rod("M172 136L182 250"),
        at(_FOURTH, *screw()),
        at(_FIFTH, *screw()),
    ),
    labels={
        "healthy": Label(8, 44, "M54 56L98 74", letters=8),
        "worn": Label(8, 112, "M42 132L80 136", letters=7, main=True),
        "joined": Label(8, 190, "M62 196L90 196", letters=7),
        "metal": Label(320, 262, "M262 257L182 240", "end", letters=8),
    },
    core=(64, 84, 132, 132),
)
