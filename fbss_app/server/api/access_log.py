"""Logs one line for each call of the API, and gives each its correlation id."""

import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fbss_app import routes
from fbss_app.server.api.client_address import Networks, comes_from_proxy
from fbss_app.server.api.errors import unexpected
from fbss_app.server.correlation import correlated, new_correlation_id, parse_correlation_id
from fbss_app.server.logs import get_logger

logger = get_logger(__name__)

REQUEST_ID = "X-Request-Id"
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


class BrokenReplyError(Exception):
    """A reply broke off in the middle. Its cause is in the log, and must not be printed."""


class AccessLog:
    """ASGI middleware around the API; everything else it hands through."""

    def __init__(self, app: ASGIApp, trusted: Networks) -> None:
        """Wrap an app.

        Args:
            app: The API.
            trusted: The proxies whose X-Request-Id counts.
        """
        self._app = app
        self._trusted = trusted
        self._has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call, and log its method, route, status and time."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{routes.API}/"):
            await self._app(scope, receive, send)
            return
        correlation_id = self._correlation_id(scope)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = correlation_id
            await send(message)

        with correlated(correlation_id):
            started = time.perf_counter()
            self._warn_of_unknown_proxy(scope)
            try:
                await self._app(scope, receive, send_with_id)
            except Exception as error:
                reply = unexpected(error)
                if status:
                    raise BrokenReplyError from None
                await reply(scope, receive, send_with_id)
            finally:
                logger.info(
                    "api-call",
                    method=scope["method"] if scope["method"] in _METHODS else "other",
                    route=_route(scope),
                    status=status,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                )

    def _correlation_id(self, scope: Scope) -> str:
        if comes_from_proxy(scope, self._trusted):
            given = Headers(scope=scope).get(REQUEST_ID, "")
            return parse_correlation_id(given) or new_correlation_id()
        return new_correlation_id()

    def _warn_of_unknown_proxy(self, scope: Scope) -> None:
        """Say once that a proxy seems to be there that the settings do not name."""
        if self._has_warned or "x-forwarded-for" not in Headers(scope=scope):
            return
        if not comes_from_proxy(scope, self._trusted):
            self._has_warned = True
            logger.warning("forwarded-address-ignored", setting="FBSS_TRUSTED_PROXIES")


def _route(scope: Scope) -> str:
    """Give the address as the route has it, never as it was called: that could hold anything."""
    return str(getattr(scope.get("route"), "path", None) or "none")
