"""The call that takes a clinic's logo. A form of the page of settings makes it."""

import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message

from fbss_app import routes
from fbss_app.server.api.clinic.guard import CurrentStaff, OwnPage
from fbss_app.server.api.context import Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.services.clinic.settings.logo_picture import MOST_BYTES, LogoRefusedError
from fbss_app.server.services.clinic.settings.logos import set_logo

FIELD = "logo"
SAVED = "saved"
# What a browser writes around the file.
_AROUND = 4_096
# So much of a file that is too large is read and forgotten: a browser that cannot send to the end
# shows no answer.
_MOST_READ = 30_000_000
_SEE_OTHER = 303


class LogoRoute(GuardedRoute):
    """A route whose refusals lead a browser back to the settings, which put them in words."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the guarded handler."""
        handle = super().get_route_handler()

        async def led_back(request: Request) -> Response:
            reply = await handle(request)
            if reply.status_code < 400 or request.headers.get("sec-fetch-mode") != "navigate":
                return reply
            code = json.loads(bytes(reply.body))["error"]["code"]
            return reply if code == "cross-site" else _back_with(code)

        return led_back


async def _file(request: Request) -> bytes:
    """Read the file out of the form; empty where there is none."""
    body, read = bytearray(), 0
    async for chunk in request.stream():
        read += len(chunk)
        if read <= MOST_BYTES + _AROUND:
            body += chunk
        if read > _MOST_READ:
            break
    if read > MOST_BYTES + _AROUND:
        raise LogoRefusedError("logo-too-large")

    async def again() -> Message:
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    try:
        async with Request(request.scope, again).form(max_files=1, max_fields=1) as form:
            found = form.get(FIELD)
            return await found.read() if isinstance(found, UploadFile) else b""
    except HTTPException:
        # No form, or one that a browser would not write.
        return b""


def upload(
    staff: CurrentStaff, file: Annotated[bytes, Depends(_file)], context: Context
) -> Response:
    """Set the logo of the caller's clinic, and lead back to the settings."""
    set_logo(context.database, staff, file, context.now())
    return _back_with(SAVED)


def _back_with(outcome: str) -> Response:
    query = urlencode({FIELD: outcome})
    return RedirectResponse(f"{routes.CLINIC_SETTINGS}?{query}", _SEE_OTHER)


router = APIRouter(
    prefix="/api/clinic",
    route_class=LogoRoute,
    dependencies=[OwnPage],
    redirect_slashes=False,
    # Only our own page may call: no other program has a use for it.
    include_in_schema=False,
)
router.add_api_route("/logo", upload, methods=["POST"])
