"""The browser store as Reflex Vars: what a page may show of a response, and what it may do to it.

Each Var carries the React hook that reads its own slice of the store, so a component is drawn again
only when that slice changes.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventChain
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex.vars.function import FunctionVar

from fbss_app.ui.items.view import QuestionView

CLIENT = "$/patient"

_NPM_PACKAGES = (
    "zustand@5.0.8",
    # Draws QR codes.
    "uqr@0.1.3",
)

_paths: dict[str, str] = {}


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def hook_name(questionnaire: str) -> str:
    """Name the React hook over the store of a questionnaire."""
    return f"use{_camel(questionnaire)}"


def store_module(questionnaire: str) -> str:
    """Name the module, without its ending, that holds the store of a questionnaire."""
    return f"{questionnaire}.store"


def npm_packages() -> dict[str, list[ImportVar]]:
    """Name the npm packages that the client's own modules import, as imports of a component.

    A plugin that names a package has it loaded with every page, whole, for components made at run
    time. There are none here, and a first visit must stay small.
    """
    return {name: [ImportVar(tag=None, render=False)] for name in _NPM_PACKAGES}


def function_over(body: str, *sources: rx.Var[Any]) -> rx.Var[Any]:
    """Make an event handler out of JavaScript.

    Args:
        body: The body of a function of the DOM event, `event`.
        *sources: Vars whose hooks the body relies on.

    Returns:
        A function that any `on_*` property takes.
    """
    data = VarData.merge(*(source._get_all_var_data() for source in sources))
    return rx.Var(f"((event) => {{ {body} }})", _var_data=data).to(FunctionVar, EventChain)


@dataclass(frozen=True)
class ResponseVars:
    """The response to one questionnaire on this phone.

    Attributes:
        questionnaire: The name of the definition.
    """

    questionnaire: str

    def slice(self, name: str, path: str, kind: Any = str) -> Any:
        """Read a slice of the store.

        Args:
            name: A JavaScript name for it, unique within the page.
            path: Where it is in the store, such as "question.text".
            kind: The type of the Var.

        Returns:
            A Var of that type, which Python's own types cannot say.

        Raises:
            ValueError: The name already stands for another slice; two in one component would clash.
        """
        if _paths.setdefault(name, path) != path:
            raise ValueError(
                f"`{name}` already reads {_paths[name]}; choose another name for {path}"
            )
        hook = hook_name(self.questionnaire)
        data = VarData(
            hooks={f"const {name} = {hook}((state) => state.{path})": None},
            imports={
                f"{CLIENT}/{store_module(self.questionnaire)}": [ImportVar(tag=hook)],
            },
        )
        return rx.Var(name, _var_type=kind, _var_data=data).to(kind)

    def action(self, name: str, arguments: str = "") -> rx.Var[Any]:
        """Make a handler that calls a function of the store with JavaScript arguments."""
        action = self.slice(f"do_{name}", name, FunctionVar)
        return function_over(f"do_{name}({arguments})", action)

    def action_with(self, name: str, argument: rx.Var[Any]) -> rx.Var[Any]:
        """Make a handler that calls a function of the store with the value of a Var."""
        action = self.slice(f"do_{name}", name, FunctionVar)
        return function_over(f"do_{name}({argument!s})", action, argument)

    def effect(self, hook: str, module: str = "questions/page_effects") -> rx.Component:
        """Run a hook over the store while the page is shown; shows nothing.

        Args:
            hook: The name of the hook.
            module: The module of the patient's client that exports it, with its folder.
        """
        store = hook_name(self.questionnaire)
        data = VarData(
            hooks={f"{hook}({store})": None},
            imports={
                f"{CLIENT}/{module}": [ImportVar(tag=hook)],
                f"{CLIENT}/{store_module(self.questionnaire)}": [ImportVar(tag=store)],
            },
        )
        return rx.fragment(rx.Var("null", _var_data=data))

    def condition(self, name: str) -> rx.Var[bool]:
        """Read a named condition of the questionnaire."""
        return self.slice(f"condition_{name.replace('-', '_')}", f'conditions["{name}"]', bool)

    def question(self) -> QuestionView:
        """Gather what the controls need of the question that is shown."""

        def of_question(name: str, kind: Any = str) -> Any:
            return self.slice(f"question_{name.lower()}", f"question.{name}", kind)

        return QuestionView(
            key=of_question("key"),
            link_id=of_question("linkId"),
            text=of_question("text"),
            hint=of_question("hint"),
            why=of_question("why"),
            problem=self.slice("problem", "problem"),
            options=of_question("options", list[dict[str, Any]]),
            low_label=of_question("low"),
            high_label=of_question("high"),
            unit=of_question("unit"),
            numbers=of_question("numbers", list[str]),
            not_sure=of_question("notSure"),
            suggestions=of_question("suggestions", list[str]),
            calls=of_question("calls", list[dict[str, str]]),
            links=of_question("links", list[dict[str, str]]),
            credit=of_question("credit"),
            optional=of_question("optional", bool),
            max_length=of_question("maxLength", int),
            detail=of_question("detail", list[str]),
            by_helper=of_question("byHelper", bool),
            can_mask=of_question("canMask", bool),
            draft=self.slice("draft", "draft", dict[str, Any]),
            set_field=lambda name: self.action("setField", f'"{name}", event.target.value'),
            toggle=lambda value: self.action_with("toggle", value),
            set_flag=lambda name: self.action("setFlag", f'"{name}", event.target.checked'),
            mask=self.action("maskQuestion"),
        )
