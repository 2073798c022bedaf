from typing import Any

import reflex as rx
from reflex.event import EventChain
from reflex.vars.function import FunctionVar

from fbss_app.ui.items.view import Call, Draft, OptionRow, PageLink, QuestionView


def handler(name: str) -> Any:
    return rx.Var(f"((event) => {name}(event))").to(FunctionVar, EventChain)


def question_view() -> QuestionView:
    question = rx.Var("question")

    def part(name: str, kind: Any) -> Any:
        return question.to(dict)[name].to(kind)

    return QuestionView(
        key=part("key", str),
        link_id=part("link_id", str),
        text=part("text", str),
        hint=part("hint", str),
        why=part("why", str),
        problem=part("problem", str),
        options=part("options", list[OptionRow]),
        low_label=part("low_label", str),
        high_label=part("high_label", str),
        unit=part("unit", str),
        numbers=part("numbers", list[str]),
        not_sure=part("not_sure", str),
        suggestions=part("suggestions", list[str]),
        calls=part("calls", list[Call]),
        links=part("links", list[PageLink]),
        credit=part("credit", str),
        optional=part("optional", bool),
        max_length=part("max_length", int),
        detail=part("detail", list[str]),
        by_helper=part("by_helper", bool),
        can_mask=part("can_mask", bool),
        draft=rx.Var("draft").to(Draft),
        set_field=lambda name: handler(f"set_{name}"),
        toggle=lambda value: handler(f"toggle_{value!s}"),
        set_flag=lambda name: handler(f"flag_{name}"),
        mask=handler("mask"),
    )
