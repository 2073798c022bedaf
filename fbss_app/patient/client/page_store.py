"""The small stores that single pages have beside the response, as Reflex Vars.

Such a store is a module of the patient's client, and only the pages that use it load it.
"""

import json
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from fbss_app.patient.client.vars import (
    CLIENT,
    ResponseVars,
    function_over,
    hook_name,
    store_module,
)


@dataclass(frozen=True)
class PageStore:
    """One small store, and the functions beside it.

    Attributes:
        module: The module of the patient's client, with its folder and without its ending.
        hook: The React hook over the store that it exports.
    """

    module: str
    hook: str

    def slice(self, path: str, kind: Any = str) -> Any:
        """Read a slice of the store.

        Args:
            path: Where it is in the store.
            kind: The type of the Var.

        Returns:
            A Var of that type, which Python's own types cannot say.
        """
        _, _, own_name = self.module.rpartition("/")
        name = f"{own_name}_{path}".replace(".", "_")
        data = VarData(
            hooks={f"const {name} = {self.hook}((state) => state.{path})": None},
            imports={f"{CLIENT}/{self.module}": [ImportVar(tag=self.hook)]},
        )
        return rx.Var(name, _var_type=kind, _var_data=data).to(kind)

    def call(self, function: str, *arguments: str | rx.Var[Any]) -> rx.Var[Any]:
        """Make a handler that calls a function of the module.

        Args:
            function: What the module exports.
            *arguments: JavaScript source, in which `event` is the DOM event, or Vars.
        """
        data = VarData(imports={f"{CLIENT}/{self.module}": [ImportVar(tag=function)]})
        source = rx.Var(function, _var_data=data)
        vars_ = [one for one in arguments if isinstance(one, rx.Var)]
        return function_over(f"{function}({', '.join(map(str, arguments))})", source, *vars_)

    def made(self, source: str, function: str) -> rx.Var[Any]:
        """Make a value out of JavaScript that calls a function of the module.

        Args:
            source: The JavaScript.
            function: What the module exports.
        """
        data = VarData(imports={f"{CLIENT}/{self.module}": [ImportVar(tag=function)]})
        return rx.Var(source, _var_data=data)

    def effect(self, hook: str, *arguments: str | rx.Var[Any]) -> rx.Component:
        """Run a hook of the module while the page is shown; shows nothing.

        Args:
            hook: The name of the hook.
            *arguments: What the hook is given: JavaScript source, or Vars.
        """
        sources = [one._get_all_var_data() for one in arguments if isinstance(one, rx.Var)]
        call = f"{hook}({', '.join(map(str, arguments))})"
        data = VarData.merge(
            *sources,
            VarData(
                hooks={call: None},
                imports={f"{CLIENT}/{self.module}": [ImportVar(tag=hook)]},
            ),
        )
        return rx.fragment(rx.Var("null", _var_data=data))


def response_store(response: ResponseVars) -> rx.Var[Any]:
    """Name the hook over a response's own store, to hand to a function of a module."""
    hook = hook_name(response.questionnaire)
    module = f"{CLIENT}/{store_module(response.questionnaire)}"
    return rx.Var(hook, _var_data=VarData(imports={module: [ImportVar(tag=hook)]}))


def response_name(response: ResponseVars) -> str:
    """Write the name of a response's questionnaire as JavaScript."""
    return json.dumps(response.questionnaire)
