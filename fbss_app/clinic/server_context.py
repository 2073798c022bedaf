"""What the staff side's states work with on the server; connected once by the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from fbss_app.server.api.context import ApiContext
from fbss_app.server.services.unit_of_work import Database

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")
_connected: list[ApiContext] = []


def connect(context: ApiContext) -> None:
    """Name the database, the settings and the clock that every state uses from now on."""
    _connected[:] = [context]


def server() -> ApiContext:
    """Give them."""
    return _connected[0]


async def in_database(
    service: Callable[Concatenate[Database, _Given], _Result],
    *args: _Given.args,
    **kwargs: _Given.kwargs,
) -> _Result:
    """Run a use case beside the event loop, which must not wait for a database."""
    return await asyncio.to_thread(service, server().database, *args, **kwargs)
