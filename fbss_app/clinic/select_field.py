"""A field to choose one of many, as the browser's own list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx

from fbss_app.ui.form_field import Problems, field_around


def select_field(
    field_id: str,
    label: str,
    options: Mapping[str, str],
    *,
    name: str,
    problems: Problems,
    hint: str = "",
    **attributes: Any,
) -> rx.Component:
    """Ask for one of many.

    Args:
        field_id: The id of the list, which a problem's link names.
        label: What is asked for.
        options: The words by value.
        name: Its name in the form.
        problems: What is wrong with the form.
        hint: What helps to answer.
        **attributes: Further properties, such as `value` and `on_change`.
    """
    return field_around(
        field_id,
        label,
        lambda described: rx.el.select(
            *(rx.el.option(words, value=value) for value, words in options.items()),
            id=rx.Var.create(field_id),
            name=name,
            class_name="text-input select-input",
            **described,
            **attributes,
        ),
        problems=problems,
        hint=hint,
    )
