"""The two figures: where their lines run, and which regions the lines enclose.

Only the half to the viewer's right is written down, in units from the middle axis and from the top
of the sheet; the other half is its mirror. The person is seven and a half heads high and stands as
anatomy books show people: palms to the front, thumbs out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fbss_app.content.body_map.net import Net, Point, Run, backwards, centre, mirrored, path

# Width and height of the sheet of one figure; the middle axis is at half the width.
SHEET = (288, 704)


class Figure(StrEnum):
    """A picture of the body."""

    BACK = "back"
    FRONT = "front"


class Side(StrEnum):
    """A side of the body, as the person says it."""

    MIDDLE = "middle"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the body that can hurt.

    Attributes:
        code: What is stored, such as "back-lower-left".
        figure: The picture it is on.
        side: Where it is, as the person says it.
        label: The words people use, such as "Lower back, left side".
        short: The same in fewer words.
        around_operation: Whether operations on the lower back are done here or beside it, so that
            every border must be plain to see.
        path: Its outline as SVG path data, closed.
        centre: The middle of its area.
    """

    code: str
    figure: Figure
    side: Side
    label: str
    short: str
    around_operation: bool
    path: str
    centre: Point


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one figure is drawn from, all as SVG path data.

    Attributes:
        regions: The regions, which tile the figure.
        outline: The outside of the body.
        details: Fine lines that help to find the way, such as the collar bones.
    """

    regions: tuple[Region, ...]
    outline: str
    details: str

    @property
    def layers(self) -> tuple[Region, ...]:
        """The regions from the lowest up: no thin border comes to lie on a strong one."""
        return tuple(sorted(self.regions, key=lambda region: region.around_operation))


@dataclass(frozen=True, slots=True)
class _Plan:
    """A region, or a pair of them, before it is drawn.

    A pair has "{side}" in its words, and its way goes round one half and back to its start. A
    region on the middle axis has half of its way, from axis to axis.
    """

    code: str
    way: str
    label: str
    short: str = ""
    around_operation: bool = False


# The outside of the body is the same from the front and from behind, but for the feet.
_HEAD = (
    "crown=0,7.5 16.8,12.6 29,26.8 33.6,45 33.2,51!"
    " 36.6,49.5 37.4,57 35,66 32.6,67! 30.5,78 neck-top=25,88 13,97.5 chin=0,100"
)
_ARM = (
    "neck-top! 23,101 neck-base=28,117 trapezius=47,127 67,133.5"
    " 84,143.5 93.5,160 arm-top=98,186 102.5,212 107,240 elbow-out=110,266 114.5,288 116.5,318"
    " wrist-out=116.5,354 121,366 128.5,378 134.5,392 137.5,404 135.5,411 130.5,409 126.5,399"
    " web=123.5,396! 125.6,411 126.4,427 123.4,436 119.6,428 118.2,413!"
    " 119,429 116.2,443.5 112.2,430 110.6,414! 111,429 108,441 104.2,428 103,412!"
    " 103,421 99.8,430 96.4,422 95.2,410 93.8,394 93.8,376 wrist-in=94,357"
    " 90.5,328 86,298 elbow-in=83.5,270 80,246 74.5,214 armpit=68.5,186!"
)
_TRUNK = (
    "armpit 67,200 chest-side=66,216 rib-side=64,238 waist=62.5,258 64,280 crest=68,302"
    " hip=74,340 fold-side=74.5,370 72.5,410 67,445 knee-top-out=61.5,474 knee-low-out=58.5,514"
    " 62.5,546 60,580 53.5,616 ankle-out=50,644"
)
_INNER_LEG = (
    "ankle-in=25.5,644 24,616 18,583 13,546 knee-low-in=16.5,514 knee-top-in=15,474"
    " 10.5,440 5.5,405 2.5,382 crotch=0,368!"
)
_OUTSIDE = (_HEAD, _ARM, _TRUNK, _INNER_LEG)

_BOTH = (
    "trapezius 60,150 armpit",
    "arm-top 84,194 armpit",
    "elbow-out 97,274 elbow-in",
    "wrist-out 105,362 wrist-in",
    "knee-top-out 38,469 knee-top-in",
    "knee-low-out 37.5,521 knee-low-in",
    "ankle-out 38,649 ankle-in",
)
_FRONT_LINES = (
    *_OUTSIDE,
    *_BOTH,
    "neck-base sternum-top=23.5,125 notch=0,133",
    "sternum-top 23.5,170 rib-in=23.5,225 24,270 belly-in=24.5,322",
    "rib-side 44,238 rib-in rib-middle=0,219",
    "crest 58,307.5 groin-out=47,313 belly-in pubis=0,330",
    "groin-out 41,335 thigh-in=32,355",
    "fold-side 55,365 thigh-in 14,357 crotch!",
    "pubis crotch!",
    "ankle-out 52,656 58,667 65,677 toe=66.5,682.5 64,686.5 60,685.5!"
    " 58,689 54,689 51.8,687! 49.5,690.8 45.5,690.8 43.4,688.5!"
    " 41,692 37.5,692 35.6,689.5! 33,694 25.5,693 23,685 23.5,672 25,657 ankle-in",
)
_BACK_LINES = (
    *_OUTSIDE,
    *_BOTH,
    "neck-top 12,90.5 nape=0,91",
    "neck-base spine-top=23.5,126 neck-low=0,132",
    "spine-top 23.5,165 blade-in=23.5,206 mid-in=24,252 lower-in=25.5,316! 19,341 tail=0,366!",
    "chest-side 44,217 blade-in blade-middle=0,203",
    "waist 42,254 mid-in mid-middle=0,251",
    "crest 46,309 lower-in lower-middle=0,321",
    "tail crotch!",
    "fold-side 58,381 36,387 15,382 crotch!",
    "ankle-out 51,656 56,666 62.5,675 64,682 60,686.5 50.5,686.5!"
    " 46.5,690 toe=38,691 29,689 24.5,680 25,667 26,655 ankle-in",
)

_FRONT = (
    _Plan("front-head", "crown neck-top chin", "Face and front of the head", "Face"),
    _Plan("front-neck", "chin neck-top neck-base notch", "Front of the neck"),
    _Plan("front-chest-middle", "notch sternum-top rib-in rib-middle", "Chest, middle"),
    _Plan("front-belly-middle", "rib-middle rib-in belly-in pubis", "Belly, middle"),
    _Plan("front-shoulder-{side}", "trapezius arm-top armpit", "Front of {side} shoulder"),
    _Plan(
        "front-chest-{side}",
        "neck-base trapezius armpit rib-side rib-in sternum-top",
        "Chest, {side} side",
        "Chest, {side}",
    ),
    _Plan(
        "front-belly-{side}",
        "rib-in rib-side crest groin-out belly-in",
        "Belly, {side} side",
        "Belly, {side}",
    ),
    _Plan(
        "front-hip-{side}",
        "groin-out crest fold-side thigh-in",
        "Front and side of {side} hip",
        "{side} hip",
    ),
    _Plan(
        "front-groin-{side}",
        "pubis belly-in groin-out thigh-in crotch",
        "Groin, {side} side",
        "Groin, {side}",
    ),
    _Plan(
        "front-upper-arm-{side}",
        "arm-top elbow-out elbow-in armpit",
        "Front of {side} upper arm",
    ),
    _Plan(
        "front-lower-arm-{side}",
        "elbow-out wrist-out wrist-in elbow-in",
        "Front of {side} lower arm",
    ),
    _Plan("front-hand-{side}", "wrist-out web wrist-in", "Palm of {side} hand"),
    _Plan(
        "front-thigh-{side}",
        "crotch thigh-in fold-side knee-top-out knee-top-in",
        "Front of {side} thigh",
    ),
    _Plan(
        "front-knee-{side}",
        "knee-top-in knee-top-out knee-low-out knee-low-in",
        "Front of {side} knee",
    ),
    _Plan(
        "front-shin-{side}",
        "knee-low-in knee-low-out ankle-out ankle-in",
        "Front of {side} lower leg (shin)",
        "{side} shin",
    ),
    _Plan("front-foot-{side}", "ankle-in ankle-out toe", "Top of {side} foot"),
)
_BACK = (
    _Plan("back-head", "crown neck-top nape", "Back of the head"),
    _Plan("back-neck", "nape neck-top neck-base neck-low", "Back of the neck"),
    _Plan("back-upper-middle", "neck-low spine-top blade-in blade-middle", "Upper back, middle"),
    _Plan("back-mid-middle", "blade-middle blade-in mid-in mid-middle", "Mid back, middle"),
    _Plan(
        "back-lower-middle",
        "mid-middle mid-in lower-in lower-middle",
        "Lower back, middle",
        around_operation=True,
    ),
    _Plan(
        "back-tailbone",
        "lower-middle lower-in tail",
        "Base of the spine and tailbone",
        "Tailbone",
        around_operation=True,
    ),
    _Plan("back-shoulder-{side}", "trapezius arm-top armpit", "Back of {side} shoulder"),
    _Plan(
        "back-shoulder-blade-{side}",
        "neck-base trapezius armpit chest-side blade-in spine-top",
        "Upper back, {side} shoulder blade",
        "{side} shoulder blade",
    ),
    _Plan(
        "back-mid-{side}",
        "blade-in chest-side waist mid-in",
        "Mid back, {side} side",
        "Mid back, {side}",
    ),
    _Plan(
        "back-lower-{side}",
        "mid-in waist crest lower-in",
        "Lower back, {side} side",
        "Lower back, {side}",
        around_operation=True,
    ),
    _Plan(
        "back-buttock-{side}",
        "lower-in crest fold-side crotch tail",
        "{side} buttock",
        around_operation=True,
    ),
    _Plan(
        "back-upper-arm-{side}",
        "arm-top elbow-out elbow-in armpit",
        "Back of {side} upper arm",
    ),
    _Plan(
        "back-lower-arm-{side}",
        "elbow-out wrist-out wrist-in elbow-in",
        "Back of {side} lower arm",
    ),
    _Plan("back-hand-{side}", "wrist-out web wrist-in", "Back of {side} hand"),
    _Plan(
        "back-thigh-{side}",
        "crotch fold-side knee-top-out knee-top-in",
        "Back of {side} thigh",
    ),
    _Plan(
        "back-knee-{side}",
        "knee-top-in knee-top-out knee-low-out knee-low-in",
        "Back of {side} knee",
    ),
    _Plan(
        "back-calf-{side}",
        "knee-low-in knee-low-out ankle-out ankle-in",
        "Back of {side} lower leg (calf)",
        "{side} calf",
    ),
    _Plan("back-heel-{side}", "ankle-in ankle-out toe", "{side} heel and sole"),
)

_OUTLINE = "crown neck-top arm-top web armpit fold-side ankle-out toe ankle-in crotch"
_FRONT_DETAILS = (
    "8,142 25,138 41,140 56,139.5",
    "28,197 44,203 60,195",
    "8.5,54 12.5,55.6 16.5,54",
    "0,71 3.5,70",
    "0,83 7,81.6",
    "0,277 1.5,281 0,284",
    "28,488 37.5,481.5 47,488",
    "28,503 37.5,509 47,503",
    "120,383 115,389 113.5,402",
    "101,402 110,399 118,402",
    "35.6,689.5 35.4,683",
    "43.4,688.5 42.6,682.5",
    "51.8,687 50.4,681.5",
    "60,685.5 57.6,680.5",
)
_SPINE = tuple(f"0,{y} 0,{y + 5}" for y in range(139, 316, 11))
_BACK_DETAILS = (
    *_SPINE,
    "29,152 28,177 37,205 49,192 60,166",
    "93,263 97,261 101,265",
    "28,496 37.5,499 47,496",
    "50.5,686.5 51.5,676 49,665",
    "34,642 35,620",
    "42,642 41,620",
    "117.5,405 119.5,402 121.5,404.5",
    "110,406 112.2,403 114.4,405.5",
    "103,405 105,402.5 107,405",
)


def _first_up(words: str) -> str:
    return words[0].upper() + words[1:]


def _closed(half: Run) -> Run:
    return half + backwards(mirrored(half))


def _regions(figure: Figure, net: Net, plan: _Plan) -> Iterator[Region]:
    if "{side}" not in plan.code:
        areas = {Side.MIDDLE: _closed(net.along(plan.way))}
    else:
        way = net.along(f"{plan.way} {plan.way.split()[0]}")
        # From behind the person's right is on the viewer's right; from the front it is the left.
        near, far = Side.RIGHT, Side.LEFT
        if figure is Figure.FRONT:
            near, far = far, near
        areas = {near: way, far: mirrored(way)}
    for side, area in areas.items():
        yield Region(
            code=plan.code.format(side=side),
            figure=figure,
            side=side,
            label=_first_up(plan.label.format(side=side)),
            short=_first_up((plan.short or plan.label).format(side=side)),
            around_operation=plan.around_operation,
            path=path(area, closed=True),
            centre=centre(area),
        )


def _drawing(
    figure: Figure, lines: tuple[str, ...], plans: tuple[_Plan, ...], details: tuple[str, ...]
) -> Drawing:
    net = Net(lines)
    fine = [run for line in details for run in Net([line]).runs]
    return Drawing(
        regions=tuple(region for plan in plans for region in _regions(figure, net, plan)),
        outline=path(_closed(net.along(_OUTLINE)), closed=True),
        details="".join(path(half, closed=False) for run in fine for half in (run, mirrored(run))),
    )


DRAWINGS = {
    Figure.BACK: _drawing(Figure.BACK, _BACK_LINES, _BACK, _BACK_DETAILS),
    Figure.FRONT: _drawing(Figure.FRONT, _FRONT_LINES, _FRONT, _FRONT_DETAILS),
}

REGIONS = tuple(
    region
    for drawing in DRAWINGS.values()
    for side in Side
    for region in drawing.regions
    if region.side is side
)
