"""Joint pain: the pelvis from behind, with the lowest vertebra and the joints that can hurt."""

import reflex as rx

from fbss_app.ui.art.causes.plate import Label, Plate
from fbss_app.ui.art.drawing import area, line

# The right half, as seen from behind; the left one is its mirror. 0 is the middle of the back.
_HIP_BONE = (
    "M34 128C29 116 34 98 46 82C60 60 88 46 114 52C132 56 142 68 140 82C138 94 130 100 125 112"
    "C121 122 118 130 121 140C127 150 128 162 121 172C114 182 104 186 99 196C97 210 97 226 86 236"
    "C76 244 64 238 66 224C68 212 63 204 56 198C64 190 72 182 70 170C66 158 54 156 46 150"
    "C38 144 38 136 34 128Z"
)
_WING = "M52 92C74 72 104 66 126 74"
_PUBIC_BONE = (
    "M80 212C66 222 50 222 38 214C28 208 14 206 0 206C-14 206-28 208-38 214C-50 222-66 222-80 212"
    "L-76 240C-62 246-48 244-36 236C-26 230-14 232 0 232C14 232 26 230 36 236C48 244 62 246 76 240Z"
)
_SACRUM = (
    "M-44 92C-30 84-14 82 0 82C14 82 30 84 44 92C50 104 46 120 38 132C32 148 26 166 18 182"
    "C14 188 10 192 8 197C7 204 5 211 0 214C-5 211-7 204-8 197C-10 192-14 188-18 182"
    "C-26 166-32 148-38 132C-46 120-50 104-44 92Z"
)
_SACRAL_HOLES = "M19 112h3M17 130h3M14 148h3M11 165h2"
_CREST = "M0 98v12M0 118v10M0 137v9M0 155v8M-8 197C-4 200 4 200 8 197"
_JOINT = "M46 82C34 98 29 116 34 128C38 136 38 144 46 150"
# The lowest vertebra from behind: its arch with the joints above and below, and its side bones.
_VERTEBRA = (
    "M0 34C6 34 8 40 8 46C14 44 20 40 22 32C24 24 34 24 36 32C38 38 36 46 42 48C54 44 66 42 74 46"
    "C80 50 78 58 70 60C58 62 48 62 42 66C38 74 38 82 34 90C30 97 20 96 20 88C20 80 14 76 8 74"
    "C8 82 6 90 0 90C-6 90-8 82-8 74C-14 76-20 80-20 88C-20 96-30 97-34 90C-38 82-38 74-42 66"
    "C-48 62-58 62-70 60C-78 58-80 50-74 46C-66 42-54 44-42 48C-36 46-38 38-36 32"
    "C-34 24-24 24-22 32C-20 40-14 44-8 46C-8 40-6 34 0 34Z"
)
_LOWER_JOINT = "M18 84C22 96 32 98 36 88"
_HURTING_SACROILIAC = "M46 117h11M47 103l11-4M49 131l10 5"


def _both_sides(*shapes: rx.Component) -> tuple[rx.Component, ...]:
    return (rx.el.g(*shapes), rx.el.g(*shapes, transform="scale(-1 1)"))


JOINT_PAIN = Plate(
    height=296,
    shapes=(
        rx.el.g(
            area(_PUBIC_BONE, tinted=False, bold=False),
            area(_SACRUM),
            line(_CREST),
            *_both_sides(line(_SACRAL_HOLES)),
            *_both_sides(area(_HIP_BONE, tinted=False), line(_WING)),
            area(_VERTEBRA, tinted=False, bold=False),
            rx.el.svg.path(d=_JOINT, class_name="art-band-fine"),
            line(_HURTING_SACROILIAC, accent=True, bold=True),
            rx.el.svg.path(d=_LOWER_JOINT, class_name="art-band-fine"),
            transform="translate(164 24)",
        ),
    ),
    labels={
        "facet": Label(320, 22, "M262 30L196 114", "end", letters=14, main=True),
        "sacroiliac": Label(320, 286, "M252 268L200 158", "end", letters=18, main=True),
        "sacrum": Label(8, 286, "M52 268L152 190", letters=12),
        "hip-bone": Label(8, 22, "M38 30L62 94", letters=12),
    },
    core=(104, 62, 150, 150),
)
