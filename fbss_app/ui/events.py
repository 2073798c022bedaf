"""How a component hands browser events to the handlers that a page gives it."""

from typing import Any

import reflex as rx
from reflex.event import EventChain

# A JavaScript function Var, or anything else that Reflex takes as an event.
Handler = Any


def _dom_event(event: rx.Var[Any]) -> tuple[rx.Var[Any]]:
    return (event,)


def dom_event(handler: Handler) -> Any:
    """Pass the DOM event itself to a handler.

    Reflex gives a function Var the value of an input first and the event second. The browser store
    reads `event.target`, whatever the element, so every control goes through here.

    Args:
        handler: The handler, called with the DOM event as its first argument.

    Returns:
        The value for an `on_*` property.
    """
    return EventChain.create(handler, args_spec=_dom_event)
