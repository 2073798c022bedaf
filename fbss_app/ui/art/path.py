"""The way through care in five steps, as small pictures on one line, and the way past them."""

from collections.abc import Sequence

import reflex as rx

from fbss_app.ui.art.drawing import area, box, drawing, line
from fbss_app.ui.icon import icon

# Each picture is drawn on a square of 64 and set on the path.
_STETHOSCOPE = (
    line("M20 14v12a12 12 0 0 0 24 0V14", bold=True),
    line("M20 14h-4M44 14h4", bold=True),
    line("M32 38v6a9 9 0 0 0 18 0v-4", bold=True),
    area("M50 32a4 4 0 1 0 0 8a4 4 0 0 0 0-8z"),
)
_CAUSE = (
    area("M28 12a16 16 0 1 0 0 32a16 16 0 0 0 0-32z"),
    line("M40 40 54 54", bold=True),
    line("M22 21h12M20 28h16M22 35h12"),
)
_WALK = (
    area("M34 9a5 5 0 1 0 0 10a5 5 0 0 0 0-10z"),
    line("M33 22 30 37l9 8 3 12", bold=True),
    line("M30 37 26 46l-8 9", bold=True),
    line("M33 23l-9 5-2 9M34 24l6 8 8 3", bold=True),
)
# A small box under the skin, and its lead with the contacts at the end.
_DEVICE = (
    line("M24 32C24 18 36 24 42 16L52 6", bold=True),
    line("M37 17l7 6M42 11l7 6M47 5l7 6"),
    box(9, 32, 34, 24, corner=7, tinted=True),
    line("M26 44h0", bold=True),
    line("M16 44h4M32 44h4"),
)
_SCALPEL = (
    area("M34 28 52 10c3 2 3 6 1 9L41 35z"),
    line("M36 30 12 54c10 0 18-4 24-12l5-7", bold=True),
)
STEPS = (_STETHOSCOPE, _CAUSE, _WALK, _DEVICE, _SCALPEL)


def step_picture(number: int) -> rx.Component:
    """Draw one step.

    Args:
        number: 1 see a specialist, 2 find the cause, 3 treatment without surgery, 4 the devices
            in between, 5 surgery.

    Returns:
        The picture; the words stand beside it.
    """
    return drawing(*STEPS[number - 1], size=(64, 64))


def care_path(
    steps: Sequence[Sequence[rx.Component | str]], past: Sequence[rx.Component | str]
) -> rx.Component:
    """Show the steps as a path, one picture and a few words each, and the way past them.

    Args:
        steps: The words of the five steps, in order.
        past: When the way leads past the steps before the last one, to the last at once.

    Returns:
        The way past, from which a broken line leads to the last step, and an ordered list: from
        top to bottom where it is narrow, from left to right where it is wide.
    """
    last = len(steps)
    return rx.el.div(
        rx.el.div(
            rx.el.div(icon("warning"), rx.el.div(*past), class_name="path-past-words"),
            class_name="path-past",
        ),
        rx.el.ol(
            *(
                rx.el.li(
                    rx.el.span(step_picture(number), class_name="path-picture"),
                    rx.el.div(*words, class_name="path-words"),
                    rx.el.span(aria_hidden="true", class_name="path-arrow")
                    if number == last
                    else rx.fragment(),
                    class_name="path-step",
                )
                for number, words in enumerate(steps, start=1)
            ),
            class_name="path-steps",
        ),
        class_name="care-path",
    )
