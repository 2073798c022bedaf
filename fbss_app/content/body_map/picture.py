"""The body map as one SVG picture in black and white, for a page that is made without a browser."""

from collections.abc import Collection

from fbss_app.content.body_map.figures import DRAWINGS, SHEET, Drawing, Figure

_HEADER = 52
_KEY = 56
_BETWEEN = 36
# The picture is printed at a quarter of its size or less.
_LETTERS = 32
_INK = "#14203a"
_INK_SOFT = "#46506a"
_EDGE = "#6b7280"
_FAINT = "#b3b8c2"
_FONT = f'fill="{_INK}" font-family="sans-serif" font-size="{_LETTERS}"'
# Widths and hatching are those of assets/theme.css: the picture is the same hand as the page.
_OUTLINE_WIDTH = 2
_DETAILS_WIDTH = 1
_REGION_WIDTH = 1
_AROUND_OPERATION_WIDTH = 1.75
_CHOSEN_WIDTH = 2.5
_HATCH = (
    '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="7" height="7" fill="#e4e4e4"/>'
    f'<path d="M1 0V7" stroke="{_INK}" stroke-width="2.5"/></pattern>'
)
_TITLES = {
    Figure.BACK: ("Left", "Back", "Right"),
    Figure.FRONT: ("Right", "Front", "Left"),
}


def body_map_svg(chosen: Collection[str], worst: str | None = None) -> str:
    """Draw both figures side by side, with the places that hurt hatched and the worst one marked.

    Nothing is told by colour alone, so that the picture survives a black-and-white copy. The words
    for the picture are for the page around it to give.

    Args:
        chosen: The codes of the places that hurt; codes of no region are left out.
        worst: The code of the place that hurts most, if one does.

    Returns:
        An SVG document without style sheets or scripts.
    """
    width, height = SHEET
    figures = "".join(
        f'<g transform="translate({width / 2 + (width + _BETWEEN) * place:g} 0)">'
        f"{_titles(figure)}"
        f'<g transform="translate(0 {_HEADER})">{_figure(drawing, chosen, worst)}</g></g>'
        for place, (figure, drawing) in enumerate(DRAWINGS.items())
    )
    size = ((width + _BETWEEN) * len(DRAWINGS) - _BETWEEN, _HEADER + height + _KEY)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}"'
        f' width="{size[0]}" height="{size[1]}"><defs>{_HATCH}</defs>'
        f"{figures}{_key(size[0] / 2, size[1] - _KEY / 2)}</svg>"
    )


def _titles(figure: Figure) -> str:
    left, middle, right = _TITLES[figure]
    return (
        f'<text x="-140" y="34" {_FONT}>{left}</text>'
        f'<text y="34" {_FONT} font-weight="bold" text-anchor="middle">{middle}</text>'
        f'<text x="140" y="34" {_FONT} text-anchor="end">{right}</text>'
    )


def _figure(drawing: Drawing, chosen: Collection[str], worst: str | None) -> str:
    hurting = [region for region in drawing.layers if region.code in chosen]
    regions = "".join(
        _path(
            region.path,
            *(
                (_INK_SOFT, _AROUND_OPERATION_WIDTH)
                if region.around_operation
                else (_EDGE, _REGION_WIDTH)
            ),
            fill="url(#hatch)" if region in hurting else "#fff",
        )
        for region in drawing.layers
    )
    borders = "".join(_path(region.path, _INK, _CHOSEN_WIDTH) for region in hurting)
    mark = "".join(_worst_mark(*region.centre) for region in hurting if region.code == worst)
    return (
        f'<g stroke-linejoin="round" stroke-linecap="round">{regions}'
        f"{_path(drawing.details, _FAINT, _DETAILS_WIDTH)}{borders}"
        f"{_path(drawing.outline, _INK, _OUTLINE_WIDTH)}{mark}</g>"
    )


def _path(line: str, stroke: str, width: float, fill: str = "none") -> str:
    return f'<path d="{line}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>'


def _worst_mark(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="#fff" stroke="{_INK}" stroke-width="2.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{_INK}"/>'
    )


def _key(x: float, y: float) -> str:
    return (
        f'<g transform="translate({x:g} {y:g})"><rect x="-190" y="-16" width="48" height="32"'
        f' fill="url(#hatch)" stroke="{_INK}"/>'
        f'<text x="-130" y="11" {_FONT}>Pain</text>'
        f'{_worst_mark(-10, 0)}<text x="14" y="11" {_FONT}>Worst pain</text></g>'
    )
