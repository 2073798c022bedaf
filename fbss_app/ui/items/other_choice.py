"""Choices that leave room for an answer in the person's own words."""

import reflex as rx

from fbss_app.ui import words
from fbss_app.ui.events import dom_event
from fbss_app.ui.items import choice, choices, field
from fbss_app.ui.items.text_area import free_text_note
from fbss_app.ui.items.view import OTHER_VALUE, QuestionView


def _other_text(view: QuestionView) -> rx.Component:
    text_id = (view.key + "-other-text").to(str)
    return rx.el.div(
        rx.el.label(words.OTHER_LABEL, html_for=text_id, class_name="field-label"),
        rx.el.input(
            type="text",
            name="other",
            value=view.drafted("other"),
            on_change=dom_event(view.set_field("other")),
            auto_complete="off",
            id=text_id,
            class_name="text-input",
        ),
        free_text_note(),
        class_name="choice-reveal",
    )


def open_choice(view: QuestionView) -> rx.Component:
    """Ask for one answer out of a few, or another one in the person's own words.

    Args:
        view: The question.

    Returns:
        The control.
    """
    other = rx.el.div(
        choice.radio_row(
            words.OTHER,
            value=OTHER_VALUE,
            checked=view.drafted("value") == OTHER_VALUE,
            on_change=view.set_field("value"),
            input_id=(view.key + "-other").to(str),
        ),
        _other_text(view),
        class_name="choice-other",
    )
    return field.group(
        view,
        rx.el.div(choice.option_rows(view), other, choice.not_sure_row(view), class_name="choices"),
    )


def open_choices(view: QuestionView) -> rx.Component:
    """Ask for all the answers that apply, and for others in the person's own words.

    Args:
        view: The question.

    Returns:
        The control.
    """
    other = rx.el.div(
        choices.checkbox_row(
            view,
            words.OTHER,
            value=rx.Var.create(OTHER_VALUE),
            input_id=(view.key + "-other").to(str),
        ),
        _other_text(view),
        class_name="choice-other",
    )
    return field.group(
        view,
        rx.el.div(
            choices.option_rows(view), other, choices.exclusive_rows(view), class_name="choices"
        ),
        field.not_sure_checkbox(view),
    )
