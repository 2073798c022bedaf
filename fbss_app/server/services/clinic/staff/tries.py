"""Counts failed tries at the door, so that nobody can go on guessing.

A try is counted when it has failed. Those on one account wait for each other, so that a crowd of
guesses cannot all be under way before the first has failed. Neither addresses nor ids are kept:
what is counted is known by a keyed hash.
"""

import hashlib
import hmac
import secrets
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Lock

from fbss_app.server.call_counter import CallCounter
from fbss_app.server.logs import get_logger
from fbss_app.server.services.refusal import RefusedError

logger = get_logger(__name__)

# Without Redis nothing that is counted outlives the process, so the key need not either.
_OWN_KEY = secrets.token_hex()
_WRONG = 401
_TURNS = tuple(Lock() for _ in range(64))


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many failed tries within any span of so many seconds."""

    name: str
    tries: int
    seconds: int


PASSWORD = Limit("log-in-password", 5, 900)
NETWORK = Limit("log-in-network", 30, 900)
CODE = Limit("log-in-code", 5, 900)
LIMITS = (PASSWORD, NETWORK, CODE)


class TooManyTriesError(RefusedError):
    """Too many tries before this one failed. This one was not looked at."""

    def __init__(self, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        wait = f"{minutes} minutes" if minutes > 1 else "a minute"
        super().__init__(
            "too-many-tries",
            f"This failed too often in a short time. Wait {wait}, then try again.",
            status_code=429,
        )
        self.retry_after = retry_after


class Tries:
    """The failed tries of a deployment."""

    def __init__(self, counter: CallCounter, key: str | None = None) -> None:
        """Count on.

        Args:
            counter: Where they are counted.
            key: With what names are hashed first, the same for all processes that share a counter.
        """
        self._counter = counter
        self._key = (key or _OWN_KEY).encode()

    @contextmanager
    def against_guessing(self, *counted: tuple[Limit, str]) -> Generator[None]:
        """Let the block run unless too many failed, and count it if it refuses with 401.

        Args:
            *counted: Each limit, and whose tries it counts. Where nobody is named it is left out.

        Raises:
            TooManyTriesError: Too many failed before; the block does not run.
        """
        named = [(limit, self._name(limit, whose)) for limit, whose in counted if whose]
        with _in_turn([name for limit, name in named if limit is not NETWORK]):
            for limit, name in named:
                if wait := self._counter.wait(name, limit.tries, limit.seconds):
                    logger.warning("log-ins-refused", limit=limit.name, wait_seconds=wait)
                    raise TooManyTriesError(wait)
            try:
                yield
            except RefusedError as error:
                # That the database is away, or that it took too long, is nobody's wrong guess.
                for limit, name in named if error.status_code == _WRONG else ():
                    self._counter.count(name, limit.tries, limit.seconds)
                raise

    def _name(self, limit: Limit, whose: str) -> str:
        told = whose.encode("utf-8", "backslashreplace")
        return f"{limit.name}:{hmac.new(self._key, told, hashlib.sha256).hexdigest()}"


@contextmanager
def _in_turn(names: Sequence[str]) -> Generator[None]:
    # In one order for everybody, so that no two wait for each other.
    places = sorted({int(name.rpartition(":")[2][:8], 16) % len(_TURNS) for name in names})
    with ExitStack() as stack:
        for place in places:
            stack.enter_context(_TURNS[place])
        yield
