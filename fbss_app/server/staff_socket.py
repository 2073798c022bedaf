"""Keeps the websocket of the staff's pages to these pages, and what they hold to its session.

A plain ASGI layer around the framework's own paths. The framework hands all headers of a request
to the page's scripts, so the cookie is taken out here, and the hash of what it holds put in. And
the framework finds what a tab has on the server by a token that the tab names: whoever knew the
token of another's tab would be shown what that tab shows. So the token is made another one here,
which depends on the session too.
"""

import hmac
import re
import secrets
from collections import OrderedDict
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fbss_app.server.api.client_address import Networks, client_network
from fbss_app.server.logs import get_logger
from fbss_app.server.own_origin import is_own_origin
from fbss_app.server.staff_cookie import session_of

logger = get_logger(__name__)

SESSION_HEADER = "x-staff-session"
# From where somebody tries to log in, for the limits on guessing.
NETWORK_HEADER = "x-staff-network"
_PATHS = re.compile(r"/(_event|_upload)(/.*)?", re.DOTALL)
_TAB_HEADER = "reflex-client-token"
# Sent to a tab that was opened as a copy of another one: what it is called from then on. The whole
# message, for what people wrote is part of others.
_NEW_TOKEN = re.compile(r'42(?:/\w+,)?\["new_token", ?"([0-9a-f-]{36})"\]')
_MOST_COPIES = 10_000
_POLICY_VIOLATION = 1008


class StaffSocket:
    """ASGI middleware; everything but the framework's own paths it hands through."""

    def __init__(self, app: ASGIApp, public_url: str, trusted: Networks = ()) -> None:
        """Wrap an app.

        Args:
            app: The framework's application.
            public_url: The app's own address: pages from elsewhere are refused.
            trusted: The proxies in front of the app.
        """
        self._app = app
        self._trusted = trusted
        self._public_url = public_url
        # What tabs hold lies in this process, so the key need not outlive it.
        self._key = secrets.token_bytes(32)
        self._copies: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse foreign pages; rewrite the request of our own."""
        if scope["type"] not in ("http", "websocket") or not _PATHS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_own_origin(headers.get("origin", ""), headers.get("host", ""), self._public_url):
            logger.warning("foreign-page-refused")
            await _refuse(scope, receive, send)
            return
        session = session_of(headers)

        async def send_and_note(message: Message) -> None:
            if found := _NEW_TOKEN.fullmatch(message.get("text") or ""):
                self._note_copy(found[1], session)
            await send(message)

        await self._app(self._rewritten(scope, session), receive, send_and_note)

    def _rewritten(self, scope: Scope, session: str) -> Scope:
        headers: list[tuple[bytes, bytes]] = []
        for name, value in scope["headers"]:
            # The framework takes both spellings for the same.
            known = name.decode("latin-1").lower().replace("_", "-")
            if known == _TAB_HEADER:
                token = self._token(value.decode("latin-1"), session)
                headers.append((name, token.encode()))
            elif known not in ("cookie", SESSION_HEADER, NETWORK_HEADER):
                headers.append((name, value))
        network = client_network(scope, self._trusted)
        headers.append((SESSION_HEADER.encode(), session.encode()))
        headers.append((NETWORK_HEADER.encode(), network.encode("utf-8", "backslashreplace")))
        fields = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query = urlencode(
            [
                (name, self._token(value, session) if name == "token" else value)
                for name, value in fields
            ]
        )
        return {**scope, "headers": headers, "query_string": query.encode()}

    def _token(self, token: str, session: str) -> str:
        """Make the token under which a tab of this session is known."""
        if self._copies.get(token) == session:
            return token
        told = f"{session}\n{token}".encode("utf-8", "surrogatepass")
        derived = hmac.digest(self._key, told, "sha256")
        return str(UUID(bytes=derived[:16], version=4))

    def _note_copy(self, token: str, session: str) -> None:
        self._copies[token] = session
        while len(self._copies) > _MOST_COPIES:
            self._copies.popitem(last=False)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    await send(
        {"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]}
    )
    await send({"type": "http.response.body", "body": b""})
