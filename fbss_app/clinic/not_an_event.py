"""Keeps a method of a state out of reach of the browser."""

from collections.abc import Callable
from typing import Any, TypeVar

_Method = TypeVar("_Method", bound=Callable[..., Any])


def not_an_event(method: _Method) -> _Method:
    """Mark a method that only other methods call.

    Reflex makes an event of every public method of a state, which whoever has the websocket can
    send with arguments of their own; it leaves out those with this mark.
    """
    method.__override_base_method__ = True  # pyright: ignore[reportFunctionMemberAccess]
    return method
