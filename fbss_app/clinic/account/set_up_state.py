"""Links that work once: to found a clinic, to join its staff, or to choose a new password."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.account.door_state import DoorState
from fbss_app.clinic.form import problems_of, text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.server.services.clinic.staff import set_up
from fbss_app.server.services.refusal import FieldProblem, RefusedError


class SetUpState(DoorState):
    """The page that a set-up link opens."""

    # "" while it is being read, then "found", "join", "reset", or "over"
    purpose: str = ""
    clinic: str = ""
    email: str = ""
    name: str = ""
    _secret: str = ""

    @rx.event
    async def on_load(self) -> Any:
        """Read the secret from the fragment, which no server and no log ever saw."""
        if found := self.rx_router_url.fragment:
            self.forget_all()
            self._secret = found
            # The address then holds no secret for whoever looks at the screen or the history.
            return rx.redirect(routes.CLINIC_SET_UP, replace=True)
        if self.purpose:
            return None
        try:
            link = await in_database(set_up.read_set_up_link, self._secret, server().now())
        except RefusedError:
            self.purpose = "over"
            return None
        self.purpose = link.purpose
        self.clinic = link.clinic_name
        self.email = link.email
        self.name = link.name
        return None

    @rx.event
    async def found(self, form: dict[str, Any]) -> None:
        """Found the clinic, with its first administrator."""
        founding = set_up.Founding(
            clinic_name=text_of(form, "clinic-name"),
            country=text_of(form, "country"),
            email=text_of(form, "email"),
            name=text_of(form, "name"),
            password=str(form.get("password") or ""),
        )
        try:
            _require_same(form)
            now = server().now()
            door = await in_database(set_up.found_clinic, self._secret, founding, now)
            await self.come_in(door)
        except RefusedError as error:
            self.problems = problems_of(error)

    @rx.event
    async def join(self, form: dict[str, Any]) -> None:
        """Join the clinic's staff."""
        name, password = text_of(form, "name"), str(form.get("password") or "")
        try:
            _require_same(form)
            now = server().now()
            door = await in_database(set_up.join_clinic, self._secret, name, password, now)
            await self.come_in(door)
        except RefusedError as error:
            self.problems = problems_of(error)

    @rx.event
    async def choose_password(self, form: dict[str, Any]) -> None:
        """Choose a new password."""
        password = str(form.get("password") or "")
        try:
            _require_same(form)
            now = server().now()
            door = await in_database(set_up.reset_password, self._secret, password, now)
            await self.come_in(door)
        except RefusedError as error:
            self.problems = problems_of(error)


def _require_same(form: dict[str, Any]) -> None:
    """Refuse a password that was not typed the same twice."""
    if (form.get("password") or "") != (form.get("password-again") or ""):
        message = "The two passwords are not the same. Type it again"
        raise RefusedError(
            "invalid-content",
            message,
            problems=[FieldProblem("password-again", "not-the-same", message)],
        )
