"""A fusion that did not join: two vertebrae from the side, with a gap between them."""

from fbss_app.ui.art.causes.metal_side import rod, screw
from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.drawing import area
from fbss_app.ui.art.vertebra_side import ARCH, BODY, Place, at

_UPPER = Place(112, 86, 4, 1.5)
_LOWER = Place(106, 190, -5, 1.5)
# Bone graft grown from both ends, with a jagged gap between.
_GRAFT_ABOVE = (
    "M64 116Q108 126 158 122L154 132L144 128L134 136L122 130L110 138L98 130L86 136L76 128L66 132Z"
)
_GRAFT_BELOW = (
    "M58 160Q104 152 154 158L156 142L146 138L135 146L122 140L110 148L98 140L86 146L76 138L64 142Z"
)

FAILED_FUSION = Plate(
    height=276,
    shapes=(
        at(_LOWER, area(ARCH, tinted=False, bold=False)),
        at(_UPPER, area(ARCH, tinted=False, bold=False)),
        area(_GRAFT_ABOVE, bold=False),
        area(_GRAFT_BELOW, bold=False),
        at(_UPPER, area(BODY, tinted=False)),
        at(_LOWER, area(BODY, tinted=False)),
        *rod("M183 40L186 236"),
        at(_UPPER, *screw()),
        at(_LOWER, *screw()),
    ),
    labels={
        "gap": Label(8, 22, "M40 44L72 137", letters=14, main=True),
        "screw": Label(320, 40, "M272 36L150 78", "end", letters=10),
        "rod": Label(320, 160, "M284 155L186 140", "end", letters=10),
        "bone": Label(8, 266, "M46 250L84 204", letters=18),
    },
    core=(50, 48, 170, 170),
)
