"""Forms of the staff side: what is wrong with a field stands at the field, and on top as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.ui.error_summary import ProblemLink


def problem_links(problems: Sequence[FieldProblem]) -> list[ProblemLink]:
    """Turn what is wrong with the fields into links to them; a field's id has hyphens.

    Every refusal is one of its own, though it finds the same as the last one: its list is shown,
    and heard, anew.
    """
    refusal = uuid4().hex
    return [
        ProblemLink(href=f"#{each.where.replace('_', '-')}", message=each.message, refusal=refusal)
        for each in problems
    ]


def problems_of(error: RefusedError) -> list[ProblemLink]:
    """Give what a form shows for a refusal, or raise it again if no field is to blame."""
    if not error.problems:
        raise error
    return problem_links(error.problems)


def text_of(form: dict[str, Any], name: str) -> str:
    """Read a field of a submitted form, without spaces around."""
    return str(form.get(name) or "").strip()


class _PlainForm(BaseHTML):
    """A form that the browser itself sends; the framework's own never lets it."""

    tag = "form"


def posted_form(
    *children: rx.Component,
    action: str,
    target: str = "",
    has_file: bool = False,
    **attributes: Any,
) -> rx.Component:
    """Set fields into a form that the browser itself posts to an address of the API.

    Args:
        *children: The fields and the button.
        action: The address that it is sent to.
        target: Where the answer is shown, such as `_blank`; in place of the page unless named.
        has_file: Whether a field sends a file.
        **attributes: Further properties.
    """
    posted = {"action": action, "method": "post"} | ({"target": target} if target else {})
    posted |= {"encType": "multipart/form-data"} if has_file else {}
    return _PlainForm.create(*children, custom_attrs=posted, **attributes)


def staff_form(*children: rx.Component, on_submit: Any, **attributes: Any) -> rx.Component:
    """Set fields into a form that the server reads; the browser itself checks nothing."""
    return rx.el.form(
        *children,
        on_submit=on_submit,
        no_validate=True,
        class_name="staff-form stack",
        **attributes,
    )
