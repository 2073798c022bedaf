"""The other sets of answers that this phone holds: change over to one, or remove it."""

from typing import Any

import reflex as rx
from reflex.vars import BooleanVar

from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import button
from fbss_app.ui.notice import notice

_HELD = PageStore("saving/held", "useHeld")


def _clinic(one: Any) -> rx.Component:
    return rx.el.bdi(one["clinic"].to(str))


def _whose(one: Any) -> rx.Component:
    name = one["name"].to(str)
    return rx.cond(
        one["isInvitation"].to(bool),
        rx.fragment("An invitation from ", _clinic(one)),
        rx.match(
            one["role"].to(str),
            (
                "helper",
                rx.fragment("Answers you help with", rx.cond(name, rx.fragment(" as ", name))),
            ),
            ("read", rx.fragment("Answers you may read")),
            rx.fragment("Your own answers"),
        ),
    )


def _about(one: Any) -> rx.Component:
    changed = one["changedOn"].to(str)
    return rx.cond(
        one["isInvitation"].to(bool),
        rx.el.p("Nothing is answered for it yet.", class_name="hint"),
        rx.fragment(
            rx.cond(
                one["clinic"].to(str),
                rx.el.p(_clinic(one), " asked for them.", class_name="hint"),
            ),
            rx.cond(changed, rx.el.p("Last changed on ", changed, ".", class_name="hint")),
        ),
    )


def _removal(response: ResponseVars, one: Any) -> rx.Component:
    held_id = one["id"].to(str)
    return rx.el.div(
        rx.el.p(
            rx.el.strong(
                rx.cond(
                    one["isInvitation"].to(bool),
                    "Remove this invitation from this phone?",
                    "Remove these answers from this phone?",
                )
            ),
            id="remove-" + held_id,
            tab_index=-1,
        ),
        rx.cond(
            one["unsent"].to(bool),
            rx.el.p("Some of them are not on the server yet. They would be lost."),
        ),
        rx.el.div(
            button(
                rx.cond(one["isInvitation"].to(bool), "Yes, remove it", "Yes, remove them").to(str),
                kind="danger",
                on_click=_HELD.call("removeHeldNow", response_name(response), held_id),
            ),
            button(
                rx.cond(one["isInvitation"].to(bool), "Keep it", "Keep them").to(str),
                kind="secondary",
                on_click=_HELD.call("keepHeld"),
            ),
            class_name="actions",
        ),
    )


def _one(response: ResponseVars, one: Any) -> rx.Component:
    held_id = one["id"].to(str)
    return rx.el.li(
        rx.el.h3(_whose(one), class_name="repetition-title"),
        _about(one),
        rx.cond(
            _HELD.slice("asked") == held_id,
            _removal(response, one),
            rx.el.div(
                rx.el.button(
                    rx.cond(one["isInvitation"].to(bool), "Use it now", "Use these now"),
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


def _title(are_several: BooleanVar) -> rx.Component:
    return rx.cond(
        _HELD.slice("onlyInvitations", bool),
        rx.el.h2(
            rx.cond(
                are_several,
                "Invitations wait on this phone",
                "An invitation waits on this phone",
            ),
            class_name="section-title",
        ),
        rx.fragment(
            rx.el.h2(
                rx.cond(
                    are_several,
                    "You have several sets of answers on this phone",
                    "You have two sets of answers on this phone",
                ),
                class_name="section-title",
            ),
            rx.el.p("You see one of them now. These wait:"),
        ),
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
                _title(others.length() > 1),
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
