"""One level of the spine from above, front up: the disc on its bone, the canal, and the nerves.

The coordinates are those of the middle between left and right, with 0 a little behind the middle
of the disc. The nerve roots leave over the pedicles, behind the disc and in front of the joints.
"""

import reflex as rx

from fbss_app.ui.art.drawing import area, line

_DISC = (
    "M0-78C44-78 78-56 78-18C78 12 60 32 38 32C22 32 14 25 0 25C-14 25-22 32-38 32C-60 32-78 12"
    "-78-18C-78-56-44-78 0-78Z"
)
_RINGS = (
    "M0-68C38-68 68-48 68-17C68 8 54 22 37 22C22 22 14 15 0 15C-14 15-22 22-37 22C-54 22-68 8-68-17"
    "C-68-48-38-68 0-68Z",
    "M0-52C26-52 46-40 46-20C46-4 32 2 0 2C-32 2-46-4-46-20C-46-40-26-52 0-52Z",
)
# The arch, from the body backwards: pedicle, transverse process, joint, lamina, spine.
_ARCH = (
    "M58 18C60 32 63 40 72 43L112 50C123 53 124 67 113 69L82 72C78 74 78 78 76 84"
    "C72 94 64 100 54 100C40 104 22 108 14 118C10 126 11 138 12 148C12 157 7 161 0 161"
    "C-7 161-12 157-12 148C-11 138-10 126-14 118C-22 108-40 104-54 100C-64 100-72 94-76 84"
    "C-78 78-78 74-82 72L-113 69C-124 67-123 53-112 50L-72 43C-63 40-60 32-58 18Z"
)
_CANAL = "M-34 22C-43 36-44 50-40 60C-34 76-14 92 0 98C14 92 34 76 40 60C44 50 43 36 34 22Z"
_JOINT = "M44 62C50 70 54 78 66 82"
SAC = "M0 38C17 38 27 47 27 58C27 71 15 79 0 79C-15 79-27 71-27 58C-27 47-17 38 0 38Z"
# Where the single nerves lie in the sac.
ROOTLETS = "M-13 52h0M-4 47h0M6 48h0M14 54h0M-15 63h0M-6 60h0M4 59h0M14 65h0M0 70h0"
ROOT = "M22 50C36 42 54 36 76 34C94 32 110 28 124 20"


def mirrored(*shapes: rx.Component) -> rx.Component:
    """Draw shapes on the other side as well."""
    return rx.el.g(*shapes, transform="scale(-1 1)")


def bone(canal: str = _CANAL) -> tuple[rx.Component, ...]:
    """Draw the arch of a vertebra with its canal."""
    return (
        rx.el.path(d=_ARCH + canal, fill_rule="evenodd", class_name="art-bold art-paper"),
        line(_JOINT),
        mirrored(line(_JOINT)),
    )


def disc(outline: str = _DISC) -> tuple[rx.Component, ...]:
    """Draw the disc on the body of the vertebra."""
    return (area(outline), *(line(ring) for ring in _RINGS))


def nerve(path: str) -> rx.Component:
    """Draw a nerve as a band."""
    return rx.el.path(d=path, class_name="art-band")


def sac(outline: str = SAC, rootlets: str = ROOTLETS) -> tuple[rx.Component, ...]:
    """Draw the sac in the canal with the nerves that lie in it."""
    return (
        rx.el.path(d=outline, class_name="art-bold art-accent art-tint"),
        rx.el.path(d=rootlets, class_name="art-rootlet"),
    )


def set_above(place: tuple[float, float], scale: float, *shapes: rx.Component) -> rx.Component:
    """Set a level, drawn by its own coordinates, on a sheet."""
    x, y = place
    return rx.el.g(*shapes, transform=f"translate({x:g} {y:g}) scale({scale:g})")
