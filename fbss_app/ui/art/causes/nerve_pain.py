"""Nerve pain: the lower body from behind, and the nerve that runs from the back down one leg."""

import reflex as rx

from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.drawing import area, line

# Waist to foot from behind; the right half, mirrored for the left. The proportions are those of
# the body map.
_BODY = (
    "M58 0C59 14 60 24 61 32C63 44 67 60 69 78C71 92 71 104 69 118C68 134 65 158 62 180"
    "C60 196 58 212 57 224C55 240 55 252 56 262C60 280 60 298 57 318C54 338 50 360 48 384"
    "C47 394 54 402 60 412C62 422 56 428 46 428C36 428 30 424 30 414C30 404 28 394 27 384"
    "C25 364 20 346 16 322C13 300 14 276 17 256C18 244 18 236 17 226C15 206 11 180 8 158"
    "C5 144 2 128 0 112"
)
_FOLD = "M0 112C8 124 24 128 40 126C54 124 64 116 69 104"
_KNEE = "M26 236C32 240 42 240 48 236"
_SPINE = "M-8 2h16M-8 15h16M-8 28h16M-8 41h16"
_SACRUM = "M-13 54C-6 50 6 50 13 54C14 66 8 80 0 90C-8 80-14 66-13 54Z"
_ROOTS = "M4 22C12 40 20 56 25 78M4 36C12 52 19 62 25 78M8 60C14 66 20 70 25 78"
_NERVE = "M25 77C30 88 37 96 39 112C41 140 38 180 36 218"
_BRANCHES = (
    "M36 216C34 256 34 300 36 340C37 360 38 374 39 392M36 216C42 234 49 250 51 268"
    "C52 300 49 336 46 372"
)
_SIGNALS = (
    "M50 128l9-5M52 142h10M50 156l9 5M28 128l-9-5M26 142h-9M28 156l-9 5",
    "M24 286l-8-4M23 300h-9M24 314l-8 4M61 286l8-4M63 300h9M61 314l8 4",
)


def _both(path: str) -> rx.Component:
    return rx.el.g(line(path, bold=True), rx.el.g(line(path, bold=True), transform="scale(-1 1)"))


NERVE_PAIN = Plate(
    height=398,
    shapes=(
        rx.el.g(
            _both(_BODY),
            line(_FOLD),
            rx.el.g(line(_FOLD), line(_KNEE), transform="scale(-1 1)"),
            line(_KNEE),
            line(_SPINE, bold=True),
            area(_SACRUM, bold=False),
            rx.el.svg.path(d=_ROOTS, class_name="art-band-fine"),
            rx.el.svg.path(d=_NERVE, class_name="art-band"),
            rx.el.svg.path(d=_BRANCHES, class_name="art-band-fine"),
            *(line(signal, accent=True, bold=True) for signal in _SIGNALS),
            transform="translate(164 10) scale(0.88)",
        ),
    ),
    labels={
        "root": Label(320, 30, "M218 28L185 66", "end", letters=14),
        "nerve": Label(320, 190, "M240 184L198 180", "end", letters=10),
        "signals": Label(320, 270, "M260 272L230 274", "end", letters=8, main=True),
    },
    core=(100, 50, 150, 150),
)
