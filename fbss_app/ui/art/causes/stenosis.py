"""A nerve is still pressed: the canal of a roomy level from above, and beside it of a tight one."""

import reflex as rx

from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.causes.vertebra_above import (
    ROOT,
    bone,
    disc,
    mirrored,
    nerve,
    sac,
)
from fbss_app.ui.art.drawing import box

# The disc bulges back; the joints and the ligament behind the nerves grow inwards.
_BULGING_DISC = (
    "M0-78C44-78 78-56 78-18C78 14 64 40 42 42C28 44 14 40 0 40C-14 40-28 44-42 42"
    "C-64 40-78 14-78-18C-78-56-44-78 0-78Z"
)
_TIGHT_CANAL = (
    "M-34 30C-38 42-38 48-32 53C-24 57-20 62-17 70C-14 80-6 86 0 88C6 86 14 80 17 70"
    "C20 62 24 57 32 53C38 48 38 42 34 30Z"
)
_TIGHT_SAC = (
    "M0 45C9 45 16 47 18 52C15 58 12 65 9 70C6 75 3 78 0 78C-3 78-6 75-9 70C-12 65-15 58-18 52"
    "C-16 47-9 45 0 45Z"
)
_TIGHT_ROOTLETS = "M-11 51h0M-4 50h0M4 50h0M11 51h0M-6 57h0M1 57h0M6 60h0M-2 64h0"
_TIGHT_ROOT = "M17 51C26 47 36 48 46 47C70 46 92 34 124 24"
_PANEL = (152, 168)


def _panel(left: int, *shapes: rx.Component) -> tuple[rx.Component, ...]:
    width, height = _PANEL
    return (
        rx.el.svg(
            *shapes,
            view_box=f"-76 -44 {width} {height}",
            width=str(width),
            height=str(height),
            custom_attrs={"x": str(left), "y": "34"},
        ),
        box(left, 34, width, height, corner=2, bold=False, filled=False),
    )


STENOSIS = Plate(
    height=262,
    shapes=(
        *_panel(8, *bone(), *disc(), nerve(ROOT), mirrored(nerve(ROOT)), *sac()),
        *_panel(
            168,
            *bone(_TIGHT_CANAL),
            *disc(_BULGING_DISC),
            nerve(_TIGHT_ROOT),
            mirrored(nerve(_TIGHT_ROOT)),
            *sac(_TIGHT_SAC, _TIGHT_ROOTLETS),
        ),
    ),
    labels={
        "roomy": Label(84, 22, "", "middle"),
        "tight": Label(244, 22, "", "middle", main=True),
        "nerves": Label(8, 232, "M36 215L74 144"),
        "exit": Label(320, 232, "M284 215L284 126", "end", letters=18),
    },
    core=(168, 34, 152, 152),
)
