"""Scar around a nerve: a level from above after bone was taken away, with scar on that side."""

import reflex as rx

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
from fbss_app.ui.art.drawing import line

# The part of the lamina that the operation took away, wider than its lines, and the edges it left.
_TAKEN = "M5 90L16 86L34 68L42 64L62 84L60 108L36 106L18 118L9 124Z"
_EDGES = ("M8 96C9 104 10 112 15 117", "M40 62C48 72 54 86 56 100")
# Strands that run up from the gap, round the root and along it.
_SCAR = (
    "M27 36C38 28 50 33 60 31C74 28 92 32 92 40C90 47 76 45 66 48C60 52 62 60 56 66"
    "C58 74 52 82 52 90C54 100 46 110 40 108C34 114 24 111 19 116C11 112 10 102 14 94"
    "C16 88 24 84 26 78C24 70 32 66 28 58C22 52 20 42 27 36Z"
)
_STRANDS = (
    "M28 44C34 38 38 48 36 56C32 64 40 70 35 79C32 88 22 94 20 108",
    "M37 36C42 44 40 52 44 60C46 68 40 76 42 84C42 92 30 98 30 109",
    "M46 34C50 40 46 48 51 55C53 63 47 70 49 78C50 88 40 98 40 106",
    "M56 34C58 42 66 38 74 42C80 44 84 36 90 40",
    "M64 33C70 38 78 33 86 36",
)

SCAR = Plate(
    height=300,
    shapes=(
        set_above(
            (164, 110),
            1.16,
            *bone(),
            rx.el.svg.path(d=_TAKEN, class_name="art-gone"),
            *(line(edge, bold=True) for edge in _EDGES),
            *disc(),
            mirrored(nerve(ROOT)),
            rx.el.svg.path(d=_SCAR, class_name="art-fine art-paper"),
            nerve(ROOT),
            *sac(),
            *(line(strand) for strand in _STRANDS),
        ),
    ),
    labels={
        "disc": Label(8, 22, "M46 24L104 52", letters=10),
        "nerve": Label(320, 40, "M296 64L286 136", "end", letters=8),
        "scar": Label(320, 252, "M290 236L212 190", "end", letters=14, main=True),
        "gap": Label(8, 252, "M100 236L178 226", letters=16),
    },
    core=(94, 80, 172, 172),
)
