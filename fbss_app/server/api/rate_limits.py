"""Refuses calls that come too often, as `rate_table` has it, with 429 and when to come again.

Neither addresses nor secrets nor codes are kept: calls are counted under keyed hashes of them.
"""

import hashlib
import hmac
import secrets
from asyncio import Semaphore
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from fbss_app.server.api.client_address import client_network
from fbss_app.server.api.rate_table import PHONES_PER_ADDRESS, RATES, Counted, Per, Rate
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.logs import get_logger
from fbss_app.server.services.refusal import RefusedError
from fbss_app.settings import Settings

logger = get_logger(__name__)

_Ask = Callable[[str, int, int], int]
_AT_ONCE = 10
_NOT_FOUND = 404


class TooManyCallsError(RefusedError):
    """The call came too early. Nothing of it was done."""

    def __init__(self, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        wait = f"{minutes} minutes" if minutes > 1 else "a minute"
        super().__init__(
            "too-many-calls",
            f"This was tried too often in a short time. Wait {wait}, then try again. What is on "
            "the phone stays there.",
            status_code=429,
        )
        self.retry_after = retry_after


class RateLimits:
    """The limits of one application."""

    def __init__(self, settings: Settings, rates: Mapping[str, tuple[Rate, ...]] = RATES) -> None:
        """Count nothing yet.

        Args:
            settings: Where calls are counted, and how many phones may share an address.
            rates: The rates of each route.
        """
        self._rates = rates
        self._trusted = settings.trusted_proxies or ()
        self._phones = settings.phones_per_address
        # Without Redis nothing outlives the process, so its key need not either.
        self._key = (settings.rate_limit_key or secrets.token_hex()).encode()
        self._counter = CallCounter(settings.redis_url)
        # Each is forgotten when nobody holds it or waits for it any more.
        self._turns: WeakValueDictionary[str, Semaphore] = WeakValueDictionary()

    async def admit(self, request: Request, route: str) -> None:
        """Count a call before its body is read.

        Args:
            request: The call.
            route: The address as the route has it.

        Raises:
            TooManyCallsError: Too many of its kind came before.
        """
        for rate in self._of(request, route):
            if not rate.needs_body and rate.counted is not Counted.FAILED:
                await self._require_room(rate, request, {})

    async def admit_body(self, request: Request, route: str, body: Any) -> None:
        """Count a call by what its body says; raises as `admit`."""
        fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
        for rate in self._of(request, route):
            if rate.needs_body:
                await self._require_room(rate, request, fields)

    @asynccontextmanager
    async def against_guessing(self, request: Request, route: str) -> AsyncGenerator[None]:
        """Let the block run unless too many such calls failed, and count it if it fails.

        Who opens what is theirs is not counted. Few calls of a kind run at once, so that a crowd of
        guesses cannot all be under way before the first has failed.
        """
        guarded = [each for each in self._of(request, route) if each.counted is Counted.FAILED]
        async with AsyncExitStack() as turns:
            for rate in guarded:
                turn = self._turns.setdefault(
                    f"{rate.name}:{self._who(rate.per, request, {})}", Semaphore(_AT_ONCE)
                )
                await turns.enter_async_context(turn)
                await self._require_room(rate, request, {})
            try:
                yield
            except RefusedError as error:
                is_guess = error.status_code == _NOT_FOUND and not error.let_in
                for rate in guarded if is_guess else ():
                    await self._ask(self._counter.count, rate, request, {})
                raise

    def _of(self, request: Request, route: str) -> tuple[Rate, ...]:
        return self._rates[f"{request.method} {route}"]

    async def _require_room(self, rate: Rate, request: Request, fields: dict[str, Any]) -> None:
        if rate.counted is Counted.WITH_CONSENT and fields.get("consent") is None:
            return
        is_early_to_tell = rate.counted is Counted.FAILED
        ask = self._counter.wait if is_early_to_tell else self._counter.count
        wait = await self._ask(ask, rate, request, fields)
        if wait:
            logger.warning("calls-refused", rate=rate.name, wait_seconds=wait)
            raise TooManyCallsError(wait)

    async def _ask(self, ask: _Ask, rate: Rate, request: Request, fields: dict[str, Any]) -> int:
        who = self._who(rate.per, request, fields)
        if who is None:
            return 0
        shared = rate.per is Per.ADDRESS
        calls = rate.calls * self._phones // PHONES_PER_ADDRESS if shared else rate.calls
        # A stranger's address may hold what is no text.
        told = f"{rate.per}:{who}".encode("utf-8", "backslashreplace")
        hidden = hmac.new(self._key, told, hashlib.sha256).hexdigest()
        arguments = (f"{rate.name}:{hidden}", calls, rate.seconds)
        if self._counter.may_wait:
            return await run_in_threadpool(ask, *arguments)
        return ask(*arguments)

    def _who(self, per: Per, request: Request, fields: dict[str, Any]) -> str | None:
        """Name whose call it is; None where the call does not say, and so will be refused."""
        match per:
            case Per.ADDRESS:
                return client_network(request.scope, self._trusted)
            case Per.LINK:
                return request.headers.get("x-response-secret")
            case Per.RESPONSE_AND_ADDRESS:
                address = client_network(request.scope, self._trusted)
                return f"{request.path_params.get('response_id')} {address}"
            case Per.CLINIC:
                return request.path_params.get("slug")
            case Per.CODE:
                code = fields.get("code")
                return _bare(code) if isinstance(code, str) else None


def rate_limits_of(request: Request) -> RateLimits:
    """Find the limits of the application that a request came to."""
    found = request.app.state.rate_limits
    assert isinstance(found, RateLimits)
    return found


def _bare(code: str) -> str:
    """Leave out of a code what does not matter in it: case, spaces, dashes."""
    return "".join(char for char in code.upper() if char.isalnum())
