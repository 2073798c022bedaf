"""Drawings for pages that have nothing to show yet."""

import reflex as rx

from fbss_app.ui.art.drawing import area, box, drawing, line


def no_answers() -> rx.Component:
    """Draw a blank form with a pencil beside it."""
    return drawing(
        box(26, 18, 100, 108, corner=8),
        area("M58 10h36v16H58z"),
        line("M40 46h8v8h-8zM40 70h8v8h-8zM40 94h8v8h-8z"),
        line("M58 50h50M58 74h40M58 98h26"),
        area("M146 38l12 8-42 62-15 9 3-17z"),
        line("M138 50l12 8M104 100l12 8"),
        size=(176, 128),
        origin=(24, 6),
    )


def no_summary() -> rx.Component:
    """Draw a page with a star that is still empty."""
    return drawing(
        area("M36 14h66l28 28v84H36z", tinted=False),
        area("M102 14v28h28z"),
        line("M52 60h60M52 78h60M52 96h38"),
        line(
            "M64 26l4 8.5 9.3 1-6.9 6.4 1.9 9.2-8.3-4.6-8.3 4.6 1.9-9.2-6.9-6.4 9.3-1z",
            bold=True,
        ),
        size=(176, 128),
        origin=(34, 6),
    )


def not_connected() -> rx.Component:
    """Draw a phone whose line to a cloud is cut; the answers on it are safe."""
    return drawing(
        box(22, 20, 64, 104, corner=8),
        line("M48 112h12", bold=True),
        area("M40 62h28v24H40z"),
        line("M45 62v-7a9 9 0 0 1 18 0v7", bold=True),
        line("M94 76h8M108 76h8"),
        line("M132 92h22a11 11 0 0 0 2-22 17 17 0 0 0-32-3 13 13 0 0 0 8 25z", bold=True),
        line("M122 100 162 50", bold=True),
        size=(176, 128),
        origin=(20, 8),
    )
