"""Any number of places on the body: the list of checkboxes is the control, the drawing its helper.

A tap on a region does what a tap on its checkbox does: both call the same handler, and both show
the one draft.
"""

from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, NumberVar, ObjectVar, StringVar, VarData

from fbss_app.content.body_map import Figure
from fbss_app.ui import words
from fbss_app.ui.art.body_map import body_map_to_tap
from fbss_app.ui.events import dom_event
from fbss_app.ui.icon import icon
from fbss_app.ui.items import field
from fbss_app.ui.items.choice import input_id, option_label
from fbss_app.ui.items.choices import checkbox_row, exclusive_rows
from fbss_app.ui.items.view import OptionRow, QuestionView


def _worked_out(expression: str, *sources: rx.Var[Any]) -> rx.Var[Any]:
    data = VarData.merge(*(source._get_all_var_data() for source in sources))
    return rx.Var(f"({expression})", _var_data=data)


def _codes(view: QuestionView) -> ArrayVar[list[str]]:
    return _worked_out(f"{view.options!s}.map((option) => option.value)", view.options).to(
        list[str]
    )


def _chosen_places(view: QuestionView) -> ArrayVar[list[OptionRow]]:
    """The chosen options but for those that exclude all others, in the order of the list."""
    return _worked_out(
        f"{view.options!s}.filter((option) => !option.exclusive"
        f" && {view.drafted_values!s}.includes(option.value))",
        view.options,
        view.draft,
    ).to(list[OptionRow])


def _groups(view: QuestionView) -> ArrayVar[list[str]]:
    """The headings of the list, each once; options that exclude the others stand outside it."""
    return _worked_out(
        f"[...new Set({view.options!s}.filter((option) => !option.exclusive)"
        ".map((option) => option.group))]",
        view.options,
    ).to(list[str])


def _how_many(places: ArrayVar[list[OptionRow]]) -> StringVar:
    number = places.length()
    several = number.to_string() + words.PLACES_CHOSEN
    return rx.cond(
        number == 0, words.NO_PLACE_CHOSEN, rx.cond(number == 1, words.ONE_PLACE_CHOSEN, several)
    ).to(str)


def _last_tapped(view: QuestionView, figure: Figure) -> StringVar:
    """The name of the place chosen last on a figure; the codes of its regions begin with it."""
    return _worked_out(
        f"{view.options!s}.find((option) => option.value === {view.drafted_values!s}"
        f".filter((code) => code.startsWith('{figure}-')).at(-1))?.label ?? ''",
        view.options,
        view.draft,
    ).to(str)


def _echo(view: QuestionView) -> rx.Component:
    places = _chosen_places(view)
    return rx.el.div(
        rx.el.h2(words.CHOSEN_PLACES, class_name="body-heading"),
        rx.el.p(_how_many(places), role="status", class_name="note"),
        rx.el.ul(
            rx.foreach(places, lambda place: _chosen_row(view, place)),
            class_name="body-chosen-list",
        ),
        # Where the focus goes when the button that had it is gone.
        tab_index=-1,
        class_name="body-echo",
    )


def _chosen_row(view: QuestionView, place: ObjectVar[OptionRow]) -> rx.Component:
    label = place["label"].to(str)
    return rx.el.li(
        rx.el.span(label),
        rx.el.button(
            icon("bin"),
            words.REMOVE,
            rx.el.span(" ", label, class_name="visually-hidden"),
            type="button",
            on_click=dom_event(view.toggle(place["value"].to(str))),
            class_name="row-action",
        ),
        key=place["value"].to(str),
        class_name="body-chosen-row",
    )


def _group(view: QuestionView, group: StringVar, position: NumberVar[int]) -> rx.Component:
    chosen = _worked_out(
        f"{_chosen_places(view)!s}.filter((option) => option.group === {group!s}).length",
        view.options,
        view.draft,
        group,
    ).to(int)
    return rx.el.details(
        rx.el.summary(
            icon("chevron", "disclosure-mark"),
            rx.el.span(
                group,
                rx.cond(chosen > 0, rx.el.span(" (", chosen, " ", words.CHOSEN, ")")),
            ),
        ),
        rx.el.div(
            rx.foreach(
                view.options,
                lambda option, index: rx.cond(
                    option["exclusive"].to(bool) | (option["group"].to(str) != group),
                    rx.fragment(),
                    checkbox_row(
                        view,
                        option_label(option),
                        value=option["value"].to(str),
                        input_id=input_id(view, index),
                    ),
                ),
            ),
            role="group",
            aria_label=group,
            class_name="choices disclosure-body",
        ),
        key=group,
        # An error links to the first checkbox, which must be there to take the focus.
        open=position == 0,
        class_name="disclosure body-group",
    )


def body_map(view: QuestionView) -> rx.Component:
    """Ask where on the body, by a drawing to tap and by a list.

    Args:
        view: The question. The codes of its options are those of regions of the body map.

    Returns:
        The control.
    """
    return field.group(
        view,
        body_map_to_tap(
            view.drafted_values,
            _codes(view),
            view.toggle,
            view.by_helper,
            lambda figure: _last_tapped(view, figure),
        ),
        _echo(view),
        rx.el.h2(words.LIST_OF_PLACES, class_name="body-heading"),
        rx.el.div(
            rx.foreach(_groups(view), lambda group, position: _group(view, group, position)),
            class_name="body-groups",
        ),
        rx.el.div(exclusive_rows(view), class_name="choices"),
        field.not_sure_checkbox(view),
    )
