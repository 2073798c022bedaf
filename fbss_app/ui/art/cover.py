"""The drawing of the start page: a phone with a question, and the page that comes out of it."""

import reflex as rx

from fbss_app.ui.art.drawing import area, box, drawing, line

# A page with its corner turned: a starred block, a small spine and lines of text.
_STAR = "M38 70l4 8.6 9.4 1.1-6.9 6.5 1.8 9.3-8.3-4.6-8.3 4.6 1.8-9.3-6.9-6.5 9.4-1.1z"
_PAGE = (
    area("M8 0h142l36 36v196a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8z", tinted=False),
    area("M150 0v36h36z"),
    area("M18 56h150v56H18z", bold=False),
    line(_STAR, accent=True, bold=True),
    line("M64 76h90M64 92h60"),
    line("M18 28h84", bold=True),
    line("M94 134h74M94 152h58M94 170h74M94 188h42M94 206h64"),
)
# The curve of the lower back in five short strokes, as in the mark of the app.
_BACK = line("M44 134h26M38 152h27M36 170h28M40 188h28M50 206h26", accent=True, bold=True)
_PHONE = (
    box(0, 0, 128, 236, corner=16),
    line("M52 12h24", bold=True),
    line("M18 38h78M18 54h54", bold=True),
    box(18, 76, 92, 30, corner=6, bold=False),
    box(18, 114, 92, 30, corner=6, bold=False, tinted=True),
    box(18, 152, 92, 30, corner=6, bold=False),
    line("M32 86a5 5 0 1 0 0 10a5 5 0 0 0 0-10zM32 162a5 5 0 1 0 0 10a5 5 0 0 0 0-10z"),
    line("M32 124a5 5 0 1 0 0 10a5 5 0 0 0 0-10z", accent=True, bold=True),
    line("M32 129h0", accent=True, bold=True),
    line("M46 91h44M46 129h30M46 167h50"),
    rx.el.rect(x="18", y="194", width="92", height="24", rx="8", class_name="art-bold art-solid"),
)
_SPRIG = (
    line("M0 96C6 66 16 36 38 0", bold=True),
    area("M10 62C-8 58-14 44-12 30C4 32 12 44 10 62z"),
    area("M20 40C4 32 2 18 6 6C20 12 26 24 20 40z"),
    area("M14 54C28 54 40 46 44 32C28 30 18 38 14 54z"),
)


def cover(title: str = "") -> rx.Component:
    """Draw the start page's picture.

    Args:
        title: What the drawing shows; without one it is only decoration.

    Returns:
        The drawing.
    """
    return drawing(
        rx.el.g(*_PAGE, _BACK, transform="translate(214 24) rotate(4)"),
        rx.el.g(*_SPRIG, transform="translate(24 176)"),
        rx.el.g(*_PHONE, transform="translate(60 46) rotate(-5)"),
        line("M6 286h408"),
        size=(420, 300),
        title=title,
    )
