"""The other sets of answers that this phone holds: change over to one, or remove it."""

from typing import Any

import reflex as rx

from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import button
from fbss_app.ui.notice import notice

_HELD = PageStore("held", "useHeld")


def _whose(one: Any) -> rx.Component:
    name = one["name"].to(str)
    return rx.fragment(
        rx.match(
            one["role"].to(str),
            (
                "helper",
                rx.fragment("Answers you help with", rx.cond(name, rx.fragment(" as ", name))),
            ),
            ("read", rx.fragment("Answers you may read")),
            rx.fragment("Your own answers"),
        )
    )


def _removal(response: ResponseVars, one: Any) -> rx.Component:
    held_id = one["id"].to(str)
    return rx.el.div(
        rx.el.p(
            rx.el.strong("Remove these answers from this phone?"),
            id="remove-" + held_id,
            tab_index=-1,
        ),
        rx.cond(
            one["unsent"].to(bool),
            rx.el.p("Some of them are not on the server yet. They would be lost."),
        ),
        rx.el.div(
            button(
                "Yes, remove them",
                kind="danger",
                on_click=_HELD.call("removeHeldNow", response_name(response), held_id),
            ),
            button("Keep them", kind="secondary", on_click=_HELD.call("keepHeld")),
            class_name="actions",
        ),
    )


def _one(response: ResponseVars, one: Any) -> rx.Component:
    held_id = one["id"].to(str)
    changed = one["changedOn"].to(str)
    return rx.el.li(
        rx.el.h3(_whose(one), class_name="repetition-title"),
        rx.cond(changed, rx.el.p("Last changed on ", changed, ".", class_name="hint")),
        rx.cond(
            _HELD.slice("asked") == held_id,
            _removal(response, one),
            rx.el.div(
                rx.el.button(
                    "Use these now",
                    type="button",
                    on_click=_HELD.call(
                        "changeToHeld",
                        response_name(response),
                        response_store(response),
                        held_id,
                    ),
                    class_name="row-action",
                ),
                rx.el.button(
                    "Remove",
                    type="button",
                    on_click=_HELD.call("askToRemoveHeld", held_id),
                    class_name="row-action",
                ),
                class_name="row-actions",
            ),
        ),
        class_name="repetition",
    )


def held_responses(response: ResponseVars) -> rx.Component:
    """Show what else this phone holds; nothing where it holds one set of answers.

    Args:
        response: The response that is in use.
    """
    others = _HELD.slice("others", list[dict[str, Any]])
    return rx.el.div(
        _HELD.effect("useHeldPage", response_store(response), response_name(response)),
        rx.cond(
            others.length() > 0,
            rx.el.section(
                rx.el.h2(
                    rx.cond(
                        others.length() > 1,
                        "You have several sets of answers on this phone",
                        "You have two sets of answers on this phone",
                    ),
                    class_name="section-title",
                ),
                rx.el.p("You see one of them now. These wait:"),
                rx.el.ul(
                    rx.foreach(others, lambda one: _one(response, one)),
                    class_name="repetition-list",
                ),
                class_name="section stack",
            ),
        ),
        rx.el.div(
            rx.cond(_HELD.slice("isRemoved", bool), notice("Removed from this phone.")),
            role="status",
        ),
        id=rx.Var.create("held"),
        tab_index=-1,
    )
