"""A problem with metal: two vertebrae from the side, one screw loose and one broken."""

from fbss_app.ui.art.causes.metal_side import broken_screw, loose_screw, rod
from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.drawing import area
from fbss_app.ui.art.vertebra_side import ARCH, BODY, DISC, Place, at

_UPPER = Place(112, 86, 4, 1.5)
_BETWEEN = Place(108, 138, 0, 1.5)
_LOWER = Place(106, 190, -5, 1.5)

HARDWARE = Plate(
    height=276,
    shapes=(
        at(_LOWER, area(ARCH, tinted=False, bold=False)),
        at(_UPPER, area(ARCH, tinted=False, bold=False)),
        at(_BETWEEN, area(DISC, bold=False)),
        at(_UPPER, area(BODY, tinted=False)),
        at(_LOWER, area(BODY, tinted=False)),
        *rod("M183 40L186 236"),
        at(_UPPER, *loose_screw()),
        at(_LOWER, *broken_screw()),
    ),
    labels={
        "loose": Label(8, 22, "M62 28L84 62", letters=14, main=True),
        "broken": Label(8, 266, "M78 248L120 186", letters=14, main=True),
        "rod": Label(320, 160, "M284 155L186 140", "end", letters=10),
    },
    core=(50, 48, 170, 170),
)
