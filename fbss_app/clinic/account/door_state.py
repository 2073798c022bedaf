"""At the door: the password first, then the code of the authenticator app, then the way in.

What was typed is never kept in a Var. The cookie cannot be set from here, so the page gets a
ticket, which it changes for the cookie at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import reflex as rx

from fbss_app.clinic.form import problems_of, text_of
from fbss_app.clinic.not_an_event import not_an_event
from fbss_app.clinic.server_context import server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.staff.log_in import AtTheDoor, Door
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.staff_socket import NETWORK_HEADER
from fbss_app.ui.error_summary import ProblemLink

_Result = TypeVar("_Result")

WHY_HERE = {
    "signed-out": "You were logged out, because nothing was done for a while or your access ended.",
    "logged-out": "You are logged out.",
    "ticket": "That took too long. Log in again.",
}


class DoorState(StaffState):
    """What every page before the log-in shares: how far somebody has come."""

    # "password", "code", "recovery", "set-up" or "codes"
    step: str = "password"
    problems: list[ProblemLink] = []
    ticket: str = ""
    greeting: str = ""
    qr: str = ""
    typed_secret: str = ""
    recovery_codes: list[str] = []
    _at_the_door: AtTheDoor | None = None
    _totp_secret: str = ""

    @not_an_event
    async def at_door(self, ask: Callable[[Door], _Result]) -> _Result:
        """Ask the door something beside the event loop."""
        context = server()
        door = Door(context.database, context.settings, context.door_counter, context.now)
        return await asyncio.to_thread(ask, door)

    @not_an_event
    async def come_in(self, at_the_door: AtTheDoor) -> None:
        """Go on after the right password: to the code, or to setting up the app that makes it."""
        self._at_the_door = at_the_door
        self.greeting = at_the_door.name
        self.problems = []
        if at_the_door.has_second_factor:
            self.step = "code"
            return
        if server().settings.second_factor == "optional":
            self.ticket = await self.at_door(lambda door: door.enter(at_the_door))
            return
        await self._begin_second_factor(at_the_door)

    async def _begin_second_factor(self, at_the_door: AtTheDoor) -> None:
        found = await self.at_door(lambda door: door.begin_second_factor(at_the_door))
        self._totp_secret = found.secret
        self.qr = found.qr_svg
        # In groups of four, as people read and type them.
        self.typed_secret = " ".join(
            found.secret[start : start + 4] for start in range(0, len(found.secret), 4)
        )
        self.step = "set-up"

    @rx.event
    async def enter_code(self, form: dict[str, Any]) -> None:
        """Try the code of the authenticator app, or a recovery code."""
        code = text_of(form, "code")
        at_the_door = self._required_at_the_door()
        if at_the_door is None:
            return
        try:
            if not code:
                raise _missing("code", "Enter the code")
            self.ticket = await self.at_door(lambda door: door.check_code(at_the_door, code))
            self.problems = []
        except RefusedError as error:
            self.problems = problems_of(_at_field(error, "code"))

    @rx.event
    async def confirm_second_factor(self, form: dict[str, Any]) -> None:
        """Try the first code of an authenticator app that was just set up."""
        code = text_of(form, "code")
        at_the_door = self._required_at_the_door()
        if at_the_door is None:
            return
        secret = self._totp_secret
        try:
            if not code:
                raise _missing("code", "Enter the six digits that the authenticator app shows")
            self._ticket, codes = await self.at_door(
                lambda door: door.finish_second_factor(at_the_door, secret, code)
            )
            self.recovery_codes = list(codes)
            self.problems = []
            self.qr = self.typed_secret = self._totp_secret = ""
            self.step = "codes"
        except RefusedError as error:
            self.problems = problems_of(_at_field(error, "code"))

    _ticket: str = ""

    @rx.event
    def codes_are_kept(self) -> None:
        """Go in, once the recovery codes were put away."""
        self.recovery_codes = []
        self.ticket = self._ticket

    @rx.event
    def use_recovery_code(self) -> None:
        """Ask for a recovery code in place of the app's."""
        self.step = "recovery"
        self.problems = []

    @rx.event
    def use_app_code(self) -> None:
        """Ask for the app's code again."""
        self.step = "code"
        self.problems = []

    @rx.event
    def start_again(self) -> None:
        """Go back to the e-mail address and the password."""
        self.forget_all()

    def _required_at_the_door(self) -> AtTheDoor | None:
        if self._at_the_door is None:
            self.forget_all()
            self.problem = WHY_HERE["ticket"]
        return self._at_the_door


def _missing(field: str, message: str) -> RefusedError:
    return RefusedError(
        "invalid-content", message, problems=[FieldProblem(field, "missing", message)]
    )


def _at_field(error: RefusedError, field: str) -> RefusedError:
    """Show at the field what the door says of a code as a whole."""
    if error.problems:
        return error
    return RefusedError(
        error.code, error.message, problems=[FieldProblem(field, error.code, error.message)]
    )


class LogInState(DoorState):
    """The page to log in."""

    @rx.event
    def on_load(self) -> None:
        """Begin anew, and say why somebody is here."""
        self.forget_all()
        why = self.rx_router_url.query_parameters.get("problem", "")
        if why == "logged-out":
            self.done = WHY_HERE[why]
        elif why in WHY_HERE:
            self.problem = WHY_HERE[why]

    @rx.event
    async def log_in(self, form: dict[str, Any]) -> None:
        """Try an e-mail address and a password."""
        self.problem = self.done = ""
        email, password = text_of(form, "email"), str(form.get("password") or "")
        try:
            if not email or not password:
                raise RefusedError(
                    "invalid-content",
                    "Something is missing.",
                    problems=[
                        FieldProblem(where, "missing", message)
                        for where, message, given in (
                            ("email", "Enter your e-mail address", email),
                            ("password", "Enter your password", password),
                        )
                        if not given
                    ],
                )
            network = self.rx_router_headers.raw_headers.get(NETWORK_HEADER, "")
            at_the_door = await self.at_door(
                lambda door: door.check_password(email, password, network)
            )
            await self.come_in(at_the_door)
        except RefusedError as error:
            self.problems = problems_of(_at_field(error, "password"))
