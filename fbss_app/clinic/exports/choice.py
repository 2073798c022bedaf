"""A list to choose from, with its name small above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx


def choice(name: str, words: str, options: Mapping[str, str], **attributes: Any) -> rx.Component:
    """Offer one of many.

    Args:
        name: Its name in the form.
        words: What is chosen.
        options: The words by value.
        **attributes: Further properties, such as `default_value`.
    """
    return rx.el.label(
        rx.el.span(words, class_name="tool-label"),
        rx.el.select(
            *(rx.el.option(label, value=value) for value, label in options.items()),
            name=name,
            class_name="text-input select-input",
            **attributes,
        ),
        class_name="tool",
    )
