"""Counts calls within a moving span of time, in this process or for several in Redis."""

import math
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from fbss_app.errors import FbssError
from fbss_app.server.logs import get_logger

logger = get_logger(__name__)

_PREFIX = "fbss-calls"
_REDIS_ANSWERS_WITHIN_SECONDS = 1
# How long a Redis that failed is left alone, so that not every call waits for it in vain.
_TRY_REDIS_AGAIN_AFTER_SECONDS = 10
_TIDY_AFTER_SECONDS = 60
_Result = TypeVar("_Result")


class RedisUnreachableError(FbssError):
    """Redis does not answer, or does not let us in. Its message gives the reason alone."""


class TidyMemoryStorage(MemoryStorage):
    """Counts in memory, and forgets keys whose calls are over; the library keeps them for ever."""

    def __init__(self) -> None:
        super().__init__()
        self._tidying = Lock()
        self._tidy_from = 0.0

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a call if there is room for it."""
        with self._tidying:
            if time.time() >= self._tidy_from:
                self._tidy_from = time.time() + _TIDY_AFTER_SECONDS
                self._tidy()
            return super().acquire_entry(key, limit, expiry, amount)

    def _tidy(self) -> None:
        for key in list(self.events):
            with self.locks[key]:
                calls = self.events.get(key)
                # The newest comes first.
                if not calls or calls[0].expiry <= time.time():
                    self.events.pop(key, None)
                    self.locks.pop(key, None)


class CallCounter:
    """Counts calls by key.

    With Redis, all processes count together. When it fails, each counts for itself until it
    answers again: no call is lost for it, and none goes uncounted.
    """

    def __init__(self, redis_url: str | None = None) -> None:
        """Connect to nothing yet.

        Args:
            redis_url: Where several processes count together; None for this process alone.
        """
        self._own = MovingWindowRateLimiter(TidyMemoryStorage())
        self._redis = _redis_storage(redis_url) if redis_url else None
        self._shared = MovingWindowRateLimiter(self._redis) if self._redis else None
        self._shared_from = -math.inf

    @property
    def may_wait(self) -> bool:
        """Whether a call may have to wait for the network, and so belongs off the event loop."""
        return self._shared is not None

    def count(self, key: str, calls: int, seconds: int) -> int:
        """Count a call.

        Args:
            key: What it is counted under.
            calls: How many there may be.
            seconds: Within how long.

        Returns:
            0, or if there were as many already the seconds to wait. Such a call is not counted.
        """
        item = RateLimitItemPerSecond(calls, seconds, _PREFIX)
        return self._with_storage(
            lambda limiter: 0 if limiter.hit(item, key) else _wait(limiter, item, key)
        )

    def wait(self, key: str, calls: int, seconds: int) -> int:
        """Say as `count` how long a call has to wait, without counting it."""
        item = RateLimitItemPerSecond(calls, seconds, _PREFIX)
        return self._with_storage(
            lambda limiter: 0 if limiter.test(item, key) else _wait(limiter, item, key)
        )

    def check(self) -> None:
        """Ask whether Redis is there, where it is used.

        Raises:
            RedisUnreachableError: It is not.
        """
        if self._redis is None:
            return
        try:
            self._redis.get_connection().ping()  # pyright: ignore[reportUnknownMemberType]
        except self._redis.base_exceptions as error:
            raise RedisUnreachableError(str(error).splitlines()[0]) from error

    def _with_storage(self, ask: Callable[[MovingWindowRateLimiter], _Result]) -> _Result:
        if self._shared is not None and time.monotonic() >= self._shared_from:
            try:
                return ask(self._shared)
            except StorageError as error:
                cause = type(error.storage_error).__name__
                self._shared_from = time.monotonic() + _TRY_REDIS_AGAIN_AFTER_SECONDS
                logger.warning("calls-counted-without-redis", reason=cause)
        return ask(self._own)


def _wait(limiter: MovingWindowRateLimiter, item: RateLimitItemPerSecond, key: str) -> int:
    reset = limiter.get_window_stats(item, key).reset_time
    return max(1, math.ceil(reset - time.time()))


def _redis_storage(url: str) -> RedisStorage:
    return RedisStorage(
        url,
        key_prefix=_PREFIX,
        wrap_exceptions=True,
        socket_timeout=_REDIS_ANSWERS_WITHIN_SECONDS,
        socket_connect_timeout=_REDIS_ANSWERS_WITHIN_SECONDS,
    )
