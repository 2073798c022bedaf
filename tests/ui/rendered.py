from collections.abc import Iterator
from typing import Any

import reflex as rx


def elements(component: rx.Component | dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every element a component renders, in document order, all branches included."""
    yield from _walk(component.render() if isinstance(component, rx.Component) else component)


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "name" in node:
            yield node
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _walk(value)


def named(component: rx.Component | dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [node for node in elements(component) if node["name"].strip('"') == name]


def props(node: dict[str, Any]) -> dict[str, str]:
    pairs = (prop.split(":", 1) for prop in node["props"])
    return {key.strip('"'): value.strip('"') for key, value in pairs}


def text(component: rx.Component) -> str:
    return str(component.render())
