"""Who is logged in, asked of the database on every event, and what went wrong.

The states of all staff pages build on this one. Nothing of them is shown to anybody before
`checked_staff` has answered.
"""

from dataclasses import dataclass
from typing import Any, cast

import reflex as rx
from reflex.event import EventSpec

from fbss_app import routes
from fbss_app.clinic.not_an_event import not_an_event
from fbss_app.clinic.server_context import in_database, server
from fbss_app.server.correlation import new_correlation_id
from fbss_app.server.logs import frames_of, get_logger
from fbss_app.server.services.clinic import roles
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings.look import read_look
from fbss_app.server.services.clinic.staff.emergency_access import LettingIn, unnoticed_letting_in
from fbss_app.server.services.clinic.staff.sessions import SignedOut, SignedOutError, check_session
from fbss_app.server.services.refusal import RefusedError, StorageUnavailableError
from fbss_app.server.staff_socket import SESSION_HEADER

logger = get_logger(__name__)

_BUSY = "The database is busy or away just now, and nothing was changed. Try again soon."
ROLE_WORDS = {
    Role.ADMINISTRATOR: "Administrator",
    Role.CLINICIAN: "Clinician",
    Role.FRONT_DESK: "Front desk",
}


@dataclass
class Me:
    """What a page shows of whoever is logged in, and which parts it offers them."""

    id: str
    name: str
    role: str
    clinic: str
    accent: str
    # Its address and its size in pixels; empty where the clinic has none.
    logo: str
    logo_width: int
    logo_height: int
    sees_answers: bool
    is_administrator: bool


class StaffState(rx.State):
    """The base of every state of the staff side."""

    me: Me | None = None
    # That the operator let somebody in, until an administrator has looked at the audit trail.
    alert: str = ""
    problem: str = ""
    done: str = ""

    @not_an_event
    async def checked_staff(self, *, touch: bool = True) -> Staff:
        """Give whoever is logged in.

        Args:
            touch: Whether they did something, so that their time begins anew.

        Raises:
            SignedOutError: Nobody is, any more.
        """
        session = self.rx_router_headers.raw_headers.get(SESSION_HEADER, "")
        staff = await in_database(check_session, session, server().now(), touch=touch)
        if self.me is None or self.me.id != staff.id or self.me.role != ROLE_WORDS[staff.role]:
            if self.me is not None:
                # What was shown is perhaps not theirs to see any more.
                self.forget_all()
            self.me = await _me_of(staff)
            self.alert = _alert(await in_database(unnoticed_letting_in, staff))
        if touch:
            self.problem = ""
            self.done = ""
        return staff

    @not_an_event
    def forget_all(self) -> None:
        """Forget all that any staff page has shown here; `reset` leaves what a state inherits."""
        state = self
        while type(state) is not StaffState:
            state = cast("StaffState", state.parent_state)
        state.reset()

    @not_an_event
    def dict(self, include_computed: bool = True, initial: bool = False, **kwargs: Any) -> Any:
        """Give all that a tab is sent as it connects anew, which comes before any event.

        Nobody but whoever is still logged in gets what was shown before.
        """
        if type(self) is StaffState and not initial and self.me and not self._is_open():
            self.forget_all()
        return super().dict(include_computed, initial, **kwargs)

    def _is_open(self) -> bool:
        session = self.rx_router_headers.raw_headers.get(SESSION_HEADER, "")
        try:
            # At once, for Reflex does not wait here: it happens once for each time of connecting.
            check_session(server().database, session, server().now(), touch=False)
        except RefusedError:
            return False
        return True

    @rx.event
    def show_problem(self, message: str) -> None:
        """Say what went wrong at the top of the page."""
        self.problem = message
        self.done = ""

    @rx.event
    def ask_to_log_in(self) -> EventSpec:
        """Go to the log-in: nobody was logged in here."""
        self.forget_all()
        return rx.redirect(routes.CLINIC_LOG_IN, replace=True)

    @rx.event
    def sign_out(self) -> EventSpec:
        """Forget all that was shown, and go to the log-in."""
        self.forget_all()
        return rx.redirect(f"{routes.CLINIC_LOG_IN}?problem=signed-out", replace=True)


async def _me_of(staff: Staff) -> Me:
    look = await in_database(read_look, staff.clinic_id)
    logo = look.logo
    return Me(
        staff.id,
        staff.name,
        ROLE_WORDS[staff.role],
        look.name,
        look.accent,
        routes.clinic_logo(look.slug, logo.digest) if logo else "",
        logo.width if logo else 0,
        logo.height if logo else 0,
        roles.may_see_answers(staff),
        roles.may_change_settings(staff),
    )


def _alert(found: LettingIn | None) -> str:
    if found is None:
        return ""
    return (
        f"Whoever runs this app let {found.name} in again on {found.at.day} {found.at:%B %Y}, with "
        "a new password and a new authenticator app. If nobody in your clinic asked for that, call "
        "them. This note goes once you have opened the audit trail."
    )


def answer_exception(exception: Exception) -> EventSpec:
    """Say in plain words what kept an event from being done; never more than that.

    What a use case refuses has its own sentence. Anything else is a mistake of ours: it is logged
    without anybody's words, under a number that the page shows.
    """
    if isinstance(exception, SignedOutError):
        is_new_here = exception.reason is SignedOut.UNKNOWN
        return _event(StaffState.ask_to_log_in if is_new_here else StaffState.sign_out)
    if isinstance(exception, StorageUnavailableError):
        # Its own sentence is for patients, and tells of their phone.
        return _event(StaffState.show_problem, _BUSY)
    if isinstance(exception, RefusedError):
        return _event(StaffState.show_problem, exception.message)
    reference = new_correlation_id()
    logger.error(
        "staff-event-failed",
        reference=reference,
        reason=type(exception).__name__,
        frames=frames_of(exception),
    )
    return _event(
        StaffState.show_problem,
        "Something went wrong on our side, and nothing was changed. Try again. If it stays, tell "
        f"whoever runs this app the number {reference}.",
    )


def _event(handler: Any, *arguments: str) -> EventSpec:
    """Call a handler as an event. Reflex turns methods into handlers that type checkers miss."""
    return handler(*arguments)
