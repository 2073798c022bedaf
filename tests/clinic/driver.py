"""Sends events to the states of the staff side as a tab of a browser does, without a browser."""

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any, TypeVar, cast

import reflex as rx
from reflex.event import EventHandler, EventSpec

from fbss_app.clinic.staff_state import StaffState, answer_exception

_State = TypeVar("_State", bound=rx.State)


def state_classes() -> Iterator[type[rx.State]]:
    """Every class of a state of the staff side, also those that only others build on."""
    # The app itself imports every page that has one.
    import fbss_app.fbss_app as _app  # noqa: F401

    def below(parent: type[rx.State]) -> Iterator[type[rx.State]]:
        yield parent
        for each in parent.get_substates():
            yield from below(cast("type[rx.State]", each))

    for each in below(rx.State):
        if each.__module__.startswith("fbss_app.clinic"):
            yield each


def own_handlers(state: type[rx.State]) -> dict[str, EventHandler]:
    """What a browser can send to a state, by name; Reflex's own `setvar` finds no setter here."""
    return {name: each for name, each in state.event_handlers.items() if name != "setvar"}


class _Held:
    """A state as a background event sees it, which takes hold of it now and then."""

    def __init__(self, state: rx.State) -> None:
        object.__setattr__(self, "_held", state)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_held"), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(object.__getattribute__(self, "_held"), name, value)

    async def __aenter__(self) -> "_Held":
        return self

    async def __aexit__(self, *_error: object) -> None:
        return None


class Tab:
    """A tab of a browser, with all that the server keeps of it."""

    def __init__(self, session: str, address: str = "/clinic") -> None:
        """Open a page.

        Args:
            session: The hash of the cookie, as the layer around the websocket hands it on.
            address: The page, with what stands behind `?` and `#`.
        """
        self.root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        self.went_to: list[str] = []
        self.follow_background = False
        self.use(session, address)

    def use(self, session: str, address: str) -> None:
        """Come with another session or to another page."""
        self.root.router_data = self.root._update_router_vars(
            {
                "headers": {"x-staff-session": session, "origin": "https://clinic.example"},
                "token": "tab",
                "pathname": address.partition("?")[0].partition("#")[0],
                "asPath": address,
            },
            self.root.router_data or {},
        )

    def state(self, state: type[_State]) -> _State:
        """Find one of the states of this tab."""
        return cast("_State", self.root.get_substate(state.get_full_name().split(".")))

    @property
    def problem(self) -> str:
        """What stands at the top of the page."""
        return self.state(StaffState).problem

    def send(self, handler: Any, *arguments: Any) -> None:
        """Send an event, and what follows from it, until nothing does."""
        asyncio.run(self._send(handler, *arguments))

    async def _send(self, handler: Any, *arguments: Any) -> None:
        assert isinstance(handler, EventHandler), f"{handler} is not an event"
        state = self.root.get_substate(handler.state_full_name.split("."))
        receiver = _Held(cast("rx.State", state)) if handler.is_background else state
        try:
            answers = handler.fn(receiver, *arguments)
            if inspect.isasyncgen(answers):
                answers = [each async for each in answers]
            elif inspect.isawaitable(answers):
                answers = await answers
        except Exception as exception:
            answers = answer_exception(exception)
        if inspect.isgenerator(answers):
            answers = list(answers)
        for each in answers if isinstance(answers, list) else [answers]:
            await self._follow(each)

    async def _follow(self, answer: Any) -> None:
        if answer is None:
            return
        if isinstance(answer, EventHandler):
            await self._send(answer)
            return
        assert isinstance(answer, EventSpec), f"an event must not answer with {answer!r}"
        if answer.handler.state_full_name:
            if answer.handler.is_background and not self.follow_background:
                return
            await self._send(answer.handler, *(_plain(value) for _, value in answer.args))
        elif answer.handler.fn.__qualname__ == "_redirect":
            self.went_to += [
                str(_plain(value)) for name, value in answer.args if str(name) == "path"
            ]

    def everything(self) -> str:
        """All that the server keeps of this tab, also what no page shows."""
        return "\n".join(_everything(self.root))


def _everything(state: Any) -> Iterator[str]:
    for name, field in type(state).__fields__.items():
        # The address is what the browser itself says.
        if field._owner is type(state) and "router" not in name:
            yield f"{type(state).__name__}.{name}={getattr(state, name)!r}"
    for each in state.substates.values():
        yield from _everything(each)


def _plain(value: Any) -> Any:
    return value._var_value if hasattr(value, "_var_value") else value
