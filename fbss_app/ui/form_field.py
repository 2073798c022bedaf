"""Fields of a form that is not a question: a label, a hint, what is wrong, and the input.

The browser keeps what is typed; whoever handles the submit event reads it from the form.
"""

from collections.abc import Callable
from typing import Any, Literal

import reflex as rx
from reflex.vars import ArrayVar, StringVar

from fbss_app.ui import words
from fbss_app.ui.error_summary import ProblemLink
from fbss_app.ui.icon import icon

Problems = ArrayVar[list[ProblemLink]]


def _problem_of(problems: Problems, field_id: str) -> StringVar:
    """Find what is wrong with one field; "" where nothing is."""
    found = f'(({problems!s}).find((one) => one.href === "#{field_id}")?.message ?? "")'
    return rx.Var(found, _var_type=str, _var_data=problems._get_all_var_data()).to(str)


def _error(problem: StringVar, field_id: str) -> rx.Component:
    return rx.cond(
        problem != "",
        rx.el.p(
            icon("warning"),
            rx.el.span(
                rx.el.span(words.ERROR_PREFIX, class_name="visually-hidden"),
                problem,
            ),
            id=rx.Var.create(f"{field_id}-error"),
            class_name="field-error",
        ),
    )


def _described_by(problem: StringVar, field_id: str, hint: str) -> StringVar:
    hint_id = f"{field_id}-hint" if hint else ""
    error_id = f"{field_id}-error"
    nothing = rx.Var("undefined").to(str)
    without = rx.Var.create(hint_id).to(str) if hint else nothing
    return rx.cond(problem != "", f"{hint_id} {error_id}".strip(), without).to(str)


def _invalid(problem: StringVar) -> StringVar:
    return rx.cond(problem != "", "true", "false").to(str)


def _hint(field_id: str, hint: str) -> rx.Component:
    if not hint:
        return rx.fragment()
    return rx.el.p(hint, id=rx.Var.create(f"{field_id}-hint"), class_name="hint")


def _field(problem: StringVar, *children: rx.Component) -> rx.Component:
    return rx.el.div(*children, data_field="", data_problem=_invalid(problem), class_name="field")


def text_field(
    field_id: str,
    label: str,
    *,
    name: str,
    problems: Problems,
    hint: str = "",
    optional: bool = False,
    input_class: str = "",
    type_: Literal["text", "password", "email", "url", "tel", "number"] = "text",
    auto_complete: str = "off",
    **attributes: Any,
) -> rx.Component:
    """Ask for a short text.

    Args:
        field_id: The id of the input, which a problem's link names.
        label: What is asked for.
        name: Its name in the form.
        problems: What is wrong with the form.
        hint: What helps to answer.
        optional: Whether it may stay empty.
        input_class: A further class of the input, such as one for its width.
        type_: What kind of text it is, for the keyboard of a phone.
        auto_complete: What the browser may fill in by itself.
        **attributes: Further properties of the input, such as `input_mode`.

    Returns:
        The field.
    """
    return field_around(
        field_id,
        label,
        lambda described: rx.el.input(
            type=type_,
            id=rx.Var.create(field_id),
            name=name,
            auto_complete=auto_complete,
            class_name=f"text-input {input_class}".strip(),
            **described,
            **attributes,
        ),
        problems=problems,
        hint=hint,
        optional=optional,
    )


def field_around(
    field_id: str,
    label: str,
    control: Callable[[dict[str, Any]], rx.Component],
    *,
    problems: Problems,
    hint: str = "",
    optional: bool = False,
) -> rx.Component:
    """Put a label, a hint and what is wrong around a control.

    Args:
        field_id: The id of the control, which a problem's link names.
        label: What is asked for.
        control: Makes the control with the properties that tie it to hint and problem.
        problems: What is wrong with the form.
        hint: What helps to answer.
        optional: Whether it may stay empty.
    """
    problem = _problem_of(problems, field_id)
    more = (rx.el.span(" ", words.OPTIONAL, class_name="optional"),) if optional else ()
    described = {
        "aria_describedby": _described_by(problem, field_id, hint),
        "aria_invalid": _invalid(problem),
    }
    return _field(
        problem,
        rx.el.label(label, *more, html_for=field_id, class_name="form-label"),
        _hint(field_id, hint),
        _error(problem, field_id),
        control(described),
    )


def choice_field(
    field_id: str,
    label: str,
    options: dict[str, tuple[str, str]],
    *,
    name: str,
    problems: Problems,
) -> rx.Component:
    """Ask for one of a few; nothing is chosen beforehand.

    Args:
        field_id: The id of the first input, which a problem's link names.
        label: What is asked for.
        options: By value: the words, and a line under them or "".
        name: Its name in the form.
        problems: What is wrong with the form.

    Returns:
        The field.
    """
    rows = [
        _choice(
            "radio",
            words_,
            hint,
            name=name,
            value=value,
            id=rx.Var.create(field_id if number == 0 else f"{field_id}-{value}"),
        )
        for number, (value, (words_, hint)) in enumerate(options.items())
    ]
    return group_field(field_id, label, rx.el.div(*rows, class_name="choices"), problems=problems)


def group_field(
    field_id: str, label: str, *controls: rx.Component, problems: Problems, hint: str = ""
) -> rx.Component:
    """Put a name, a hint and what is wrong around several controls that belong together.

    Args:
        field_id: The id of the first control, which a problem's link names.
        label: What they ask for together.
        *controls: The controls.
        problems: What is wrong with the form.
        hint: What helps to answer.

    Returns:
        The field.
    """
    problem = _problem_of(problems, field_id)
    return _field(
        problem,
        rx.el.fieldset(
            rx.el.legend(label, class_name="form-label"),
            _hint(field_id, hint),
            _error(problem, field_id),
            *controls,
            aria_describedby=_described_by(problem, field_id, hint),
            class_name="field-group",
        ),
    )


def _choice(
    type_: Literal["radio", "checkbox"], words_: str, hint: str, **attributes: Any
) -> rx.Component:
    more = (rx.el.span(hint, class_name="choice-hint"),) if hint else ()
    return rx.el.label(
        rx.el.input(type=type_, class_name="choice-input", **attributes),
        rx.el.span(words_, *more, class_name="choice-label"),
        class_name="choice-row",
    )


def tick_field(
    field_id: str,
    label: str,
    *,
    name: str,
    problems: Problems,
    hint: str = "",
    **attributes: Any,
) -> rx.Component:
    """Ask for a tick.

    Args:
        field_id: The id of the box, which a problem's link names.
        label: What is ticked.
        name: Its name in the form.
        problems: What is wrong with the form.
        hint: A line under the label.
        **attributes: Further properties of the box, such as `default_checked`.

    Returns:
        The field.
    """
    problem = _problem_of(problems, field_id)
    return _field(
        problem,
        _error(problem, field_id),
        _choice(
            "checkbox",
            label,
            hint,
            name=name,
            value="yes",
            id=rx.Var.create(field_id),
            aria_invalid=_invalid(problem),
            aria_describedby=_described_by(problem, field_id, ""),
            **attributes,
        ),
    )
