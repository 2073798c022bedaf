"""The body map as one SVG picture in black and white, for a page that is made without a browser."""

from collections.abc import Collection

from fbss_app.content.body_map.figures import DRAWINGS, SHEET, Drawing, Figure

_HEADER = 52
_KEY = 56
# The picture is printed at a quarter of its size or less.
_LETTERS = 32
_INK = "#14203a"
_SOFT = "#6b7280"
_FONT = f'fill="{_INK}" font-family="sans-serif" font-size="{_LETTERS}"'
_HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#d9dde5"/>'
    f'<path d="M1 0V6" stroke="{_INK}" stroke-width="2"/></pattern>'
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
        f'<g transform="translate({width * (place + 0.5):g} 0)">'
        f"{_titles(figure)}"
        f'<g transform="translate(0 {_HEADER})">{_figure(drawing, chosen, worst)}</g></g>'
        for place, (figure, drawing) in enumerate(DRAWINGS.items())
    )
    size = (width * len(DRAWINGS), _HEADER + height + _KEY)
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
    regions = "".join(
        f'<path d="{region.path}" stroke="{_INK if region.code in chosen else _SOFT}"'
        f' stroke-width="{2 if region.code in chosen else 1}"'
        f' fill="{"url(#hatch)" if region.code in chosen else "#fff"}"/>'
        for region in sorted(drawing.regions, key=lambda region: region.code in chosen)
    )
    mark = "".join(
        _worst_mark(*region.centre)
        for region in drawing.regions
        if region.code == worst and worst in chosen
    )
    return (
        f'<g stroke-linejoin="round" stroke-linecap="round">{regions}'
        f'<path d="{drawing.details}" fill="none" stroke="{_SOFT}" stroke-width="0.8"/>'
        f'<path d="{drawing.outline}" fill="none" stroke="{_INK}" stroke-width="2"/>{mark}</g>'
    )


def _worst_mark(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="#fff" stroke="{_INK}" stroke-width="2.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_INK}"/>'
    )


def _key(x: float, y: float) -> str:
    return (
        f'<g transform="translate({x:g} {y:g})"><rect x="-190" y="-16" width="48" height="32"'
        f' fill="url(#hatch)" stroke="{_INK}"/>'
        f'<text x="-130" y="11" {_FONT}>Pain</text>'
        f'{_worst_mark(-10, 0)}<text x="14" y="11" {_FONT}>Worst pain</text></g>'
    )
