"""What guards the API: a response's secret, the page that calls, the headers of replies."""

import re
from typing import Annotated

from fastapi import Header
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fbss_app.server.services.refusal import RefusedError

OWN_PATHS = re.compile(r"/(api/.*|healthz|readyz)", re.DOTALL)

ResponseSecret = Annotated[
    str,
    Header(
        alias="X-Response-Secret",
        pattern="^[A-Za-z0-9_-]{43,128}$",
        description=(
            "The secret of this response: 32 random bytes in base64url, made on the phone. The "
            "server keeps only its SHA-256 hash, set by the first call."
        ),
    ),
]

InvitationSecret = Annotated[
    str,
    Header(
        alias="X-Invitation-Secret",
        pattern="^[A-Za-z0-9_-]{43,128}$",
        description="The secret of a clinic's invitation, as its link has it.",
    ),
]

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def is_own_path(path: str) -> bool:
    """Tell whether a path belongs to the API; the rest of the site must stay untouched."""
    return OWN_PATHS.fullmatch(path) is not None


def refuse_cross_site(request: Request) -> None:
    """Refuse a change that another site's page asks for."""
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if changes and request.headers.get("sec-fetch-site", "").strip().lower() == "cross-site":
        raise RefusedError(
            "cross-site",
            "This request came from a page of another website, so it was refused. Open the app "
            "itself and try again.",
            status_code=403,
        )


class ApiHeaders:
    """ASGI middleware: replies of the API are not cached, and never framed or guessed at."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the API's replies and hand everything else through."""
        if scope["type"] != "http" or not is_own_path(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                # Only a call that says so itself gives what may be kept.
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
