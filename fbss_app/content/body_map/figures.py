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
SHEET = (300, 704)


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
        path: Its outline as SVG path data, closed.
        centre: The middle of its area.
    """

    code: str
    figure: Figure
    side: Side
    label: str
    short: str
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


# The outside of the body is the same from the front and from behind, but for the feet.
_HEAD = (
    "crown=0,7.5 13,9.7 28,22.5 33.5,43 33.5,50! 36.5,49 37,56 34.5,65 32.5,66!"
    " 30,77 neck-top=24,87 13,97 chin=0,100"
)
_ARM = (
    "neck-top! 21.5,101 neck-base=26,116 trapezius=45,126 67,132 81,142"
    " 90,158 arm-top=94,184 98,212 103,240 elbow-out=107,268 112,290 116,325 wrist-out=119,358"
    " 125,371 132,382 138,396 141,408 138.5,415 133,410 web=128,398!"
    " 129,414 128.3,432 125,438.5 121.8,435! 120.5,443 117.5,446.5 114.5,440!"
    " 113,445 110,446.5 107.5,438! 105.5,439.5 102.5,439 99.5,430 97,412 96,394"
    " 97,376 wrist-in=98.5,358 94,332 87,300 elbow-in=82,271 77,244 71.5,212 armpit=67,184!"
)
_TRUNK = (
    "armpit 66,198 chest-side=63.5,216 rib-side=60,236 waist=58,254 60,280 crest=64,300"
    " hip=69,336 fold-side=70,368 67.5,410 62.5,445 knee-top-out=57.5,472 knee-low-out=55,514"
    " 59,545 56.5,580 50,616 ankle-out=47,642"
)
_INNER_LEG = (
    "ankle-in=27,642 25,616 19,583 14.5,545 knee-low-in=18.5,514 knee-top-in=17.5,472"
    " 13,440 7,400 3,379 crotch=0,366!"
)
_OUTSIDE = (_HEAD, _ARM, _TRUNK, _INNER_LEG)

_BOTH = (
    "trapezius 58,148 armpit",
    "arm-top 82,192 armpit",
    "elbow-out 95,275 elbow-in",
    "wrist-out 109,365 wrist-in",
    "knee-top-out 37,467 knee-top-in",
    "knee-low-out 37,521 knee-low-in",
    "ankle-out 37,647 ankle-in",
)
_FRONT_LINES = (
    *_OUTSIDE,
    *_BOTH,
    "neck-base sternum-top=17,127 notch=0,131",
    "sternum-top 19,170 rib-in=20,224 22,270 belly-in=23,321",
    "rib-side 42,236 rib-in rib-middle=0,219",
    "crest 50,307 groin-out=39,313 belly-in pubis=0,328",
    "groin-out 39,332 thigh-in=36,351",
    "fold-side 54,362 thigh-in 17,354 crotch!",
    "pubis crotch!",
    "ankle-out 49,655 57,666 65,678 toe=65,687 56,691 40,691 29,689 24,681 24,664 26,652 ankle-in",
)
_BACK_LINES = (
    *_OUTSIDE,
    *_BOTH,
    "neck-top 12,92 nape=0,93",
    "neck-base spine-top=19,124 neck-low=0,127",
    "spine-top 20.5,165 blade-in=21.5,205 mid-in=22.5,250 lower-in=23.5,315! 18,339 tail=0,365!",
    "chest-side 42,216 blade-in blade-middle=0,203",
    "waist 40,252 mid-in mid-middle=0,249",
    "crest 44,307 lower-in lower-middle=0,320",
    "tail crotch!",
    "fold-side 56,378 34,384 14,379 crotch!",
    "ankle-out 49,655 56,668 61,679 56,686 toe=44,688 31,688 25,682 24,670 26,655 ankle-in",
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
    _Plan("back-lower-middle", "mid-middle mid-in lower-in lower-middle", "Lower back, middle"),
    _Plan(
        "back-tailbone",
        "lower-middle lower-in tail",
        "Base of the spine and tailbone",
        "Tailbone",
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
    ),
    _Plan("back-buttock-{side}", "lower-in crest fold-side crotch tail", "{side} buttock"),
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
_FINGERS = ("121.8,435 120.8,407", "114.5,440 113.8,406", "107.5,438 106.8,409")
_FRONT_DETAILS = (
    *_FINGERS,
    "8,140 25,136 40,138.5 54,138",
    "8.5,54 12.5,55.6 16.5,54",
    "0,71 3.5,70",
    "0,83 7,81.6",
    "0,275 1.5,279 0,282",
    "28,486 36.5,480 45,486",
    "28,503 36.5,509 45,503",
    "40,690 40,682",
    "47,691 47,682",
    "54,691 53,683",
    "60,690 58,683",
)
_SPINE = tuple(f"0,{y} 0,{y + 5}" for y in range(134, 314, 11))
_BACK_DETAILS = (
    *_FINGERS,
    *_SPINE,
    "26,150 25,175 34,203 46,190 58,164",
    "92,264 96,262 100,266",
    "28,494 36.5,497 45,494",
    "29,670 36.5,674 45,670",
    "33,640 34,618",
    "41,640 40,618",
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
