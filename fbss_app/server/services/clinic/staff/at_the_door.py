"""Somebody between their password and their session, and why they do not get further."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.storable_text import storable

DOOR_OPEN = timedelta(minutes=10)


class WrongLogInError(RefusedError):
    """No log-in like this. It must never tell what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(
            "wrong-log-in",
            "This e-mail address and password do not open a log-in. Check both.",
            status_code=401,
        )


class WrongCodeError(RefusedError):
    """The code is wrong, too late, or was used before."""

    def __init__(self) -> None:
        super().__init__(
            "wrong-code",
            "This code is not right, or it was used before. Wait for the next one in your app, or "
            "use a recovery code.",
            status_code=401,
        )


class LogInAgainError(RefusedError):
    """What was shown at the door does not lead on: too late, or not what is asked for."""

    def __init__(self) -> None:
        super().__init__(
            "log-in-again", "Begin again with your e-mail address and password.", status_code=409
        )


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Somebody who has shown their password, and nothing more yet. Stays on the server."""

    staff_id: str
    name: str
    has_second_factor: bool
    checked_at: datetime


def tidy_address(email: str) -> str:
    """Write an address as it is stored, or as it would be if it could."""
    return storable(email).strip().lower()[:254]
