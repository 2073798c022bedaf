"""Which control asks a question: the one place that knows them all."""

from collections.abc import Callable

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.items.body_map import body_map
from fbss_app.ui.items.boolean import boolean
from fbss_app.ui.items.choice import choice
from fbss_app.ui.items.choices import choices
from fbss_app.ui.items.date import date
from fbss_app.ui.items.display import display
from fbss_app.ui.items.nrs import nrs
from fbss_app.ui.items.number import number
from fbss_app.ui.items.other_choice import open_choice, open_choices
from fbss_app.ui.items.text_area import text_area
from fbss_app.ui.items.text_box import text_box
from fbss_app.ui.items.view import QuestionView

CONTROLS: dict[str, Callable[[QuestionView], rx.Component]] = {
    "radio": choice,
    "check-box": choices,
    "body-map": body_map,
    "nrs": nrs,
    "text-box": text_box,
    "text-area": text_area,
    "number": number,
    "date": date,
    "open-choice": open_choice,
    "open-choices": open_choices,
    "boolean": boolean,
    "display": display,
}


def control(view: QuestionView, control_name: StringVar) -> rx.Component:
    """Ask a question with the control of that name.

    Args:
        view: The question.
        control_name: A name in `CONTROLS`. An unknown name shows the text alone.

    Returns:
        The control, chosen in the browser.
    """
    cases = [(name, build(view)) for name, build in CONTROLS.items()]
    return rx.fragment(rx.match(control_name, *cases, display(view)))
