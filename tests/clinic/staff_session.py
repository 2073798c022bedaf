"""A clinic's staff at the pages, without a browser: states, connected to a real database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import reflex as rx
from reflex.istate.data import HeaderData, ReflexURL, URLData

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.staff.sessions import begin_session, give_ticket
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import Clock
from tests.server.services.clinic.staff import make_staff

_State = TypeVar("_State", bound=rx.State)


@dataclass
class Clinic:
    """One clinic, and the clock of its server."""

    database: Database
    id: str
    clock: Clock

    def page(
        self, state: type[_State], role: Role = Role.ADMINISTRATOR, address: str = ""
    ) -> _State:
        """Log somebody new in, and give the state of a page of theirs."""
        return self.page_of(make_staff(self.database, self.id, role), state, address)

    def page_of(self, staff: Staff, state: type[_State], address: str = "") -> _State:
        """Log somebody in, and give the state of a page of theirs, at an address."""
        with self.database.unit_of_work() as unit:
            ticket = give_ticket(unit, staff.id, self.clock.time)
        session = hash_secret(begin_session(self.database, ticket, self.clock.time))
        root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        headers = {"headers": {"x-staff-session": session}}
        root.rx_router_headers = HeaderData.from_router_data(headers)  # pyright: ignore[reportAttributeAccessIssue]
        url = ReflexURL(f"https://example.org{address}")
        root.rx_router_url = URLData.from_url(url)  # pyright: ignore[reportAttributeAccessIssue]
        return cast(_State, root.get_substate(state.get_full_name().split(".")))

    def trail(self) -> list[str]:
        """List what the audit trail tells of, the newest first."""
        with self.database.unit_of_work() as unit:
            rows = unit.clinic(self.id).audit.page(before=None, limit=50)
            return [str(entry_of(row).action) for row in rows]


def handler(event: Any) -> Callable[..., Any]:
    """Give the function behind an event handler, to be called with a state."""
    return event.fn
