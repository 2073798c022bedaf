"""More disc slips out: a level from above, its disc pressing on a nerve root."""

from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.causes.vertebra_above import (
    ROOT,
    bone,
    disc,
    mirrored,
    nerve,
    sac,
    set_above,
)
from fbss_app.ui.art.drawing import area

# The way through the rings of the disc, and the part outside, behind it to one side.
_SLIPPED = (
    "M24 0C30 8 28 14 24 20C16 26 12 36 18 44C26 55 44 56 52 46C58 38 54 30 46 27C40 24 42 12 38 2"
    "C36-6 22-8 24 0Z"
)
_PRESSED_ROOT = "M14 66C26 68 42 70 54 62C64 54 70 44 84 38C98 33 110 28 124 20"
_PUSHED_SAC = (
    "M-7 38C4 38 10 40 13 46C16 54 20 58 21 64C18 74 8 79-5 79C-20 79-31 71-31 58"
    "C-31 47-22 38-7 38Z"
)
_ROOTLETS = "M-19 51h0M-10 46h0M0 46h0M7 53h0M-21 61h0M-11 58h0M-1 60h0M-5 70h0M9 66h0"

RECURRENT_HERNIATION = Plate(
    height=322,
    shapes=(
        set_above(
            (164, 134),
            1.16,
            *bone(),
            *disc(),
            mirrored(nerve(ROOT)),
            *sac(_PUSHED_SAC, _ROOTLETS),
            nerve(_PRESSED_ROOT),
            area(_SLIPPED),
        ),
    ),
    labels={
        "disc": Label(8, 22, "M46 24L104 74", letters=10),
        "slipped": Label(320, 20, "M274 46L209 172", "end", main=True),
        "pressed-nerve": Label(320, 274, "M276 257L238 200", "end", letters=13),
        "canal": Label(8, 274, "M52 257L140 204", letters=15),
    },
    core=(94, 104, 172, 172),
)
