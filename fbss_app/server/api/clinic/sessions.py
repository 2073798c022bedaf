"""The two calls that give a browser the cookie of a session and take it away.

Forms of our own pages make them, for scripts can neither set nor read that cookie. They answer by
sending the browser on.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fbss_app.server.api.clinic.guard import OwnPage
from fbss_app.server.api.context import Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.services.clinic.staff.sessions import begin_session, end_session
from fbss_app.server.staff_cookie import clear_staff_cookie, session_of, set_staff_cookie

INBOX = "/clinic"
LOG_IN = "/clinic/log-in"
_MAX_BYTES = 1024
_MAX_FIELDS = 4
_SEE_OTHER = 303
_FORBIDDEN = 403


class TicketRoute(GuardedRoute):
    """A route whose failures lead back to the log-in: a person at a form waits for a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the guarded handler, which has counted the failure."""
        handle = super().get_route_handler()

        async def with_a_page(request: Request) -> Response:
            response = await handle(request)
            if response.status_code in (_SEE_OTHER, _FORBIDDEN):
                return response
            return RedirectResponse(f"{LOG_IN}?problem=ticket", _SEE_OTHER)

        return with_a_page


async def _ticket(request: Request) -> str:
    """Read the form, as far as it can be one of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BYTES:
            return ""
    try:
        fields = parse_qs(body.decode("ascii", "replace"), max_num_fields=_MAX_FIELDS)
    except ValueError:
        return ""
    return fields.get("ticket", [""])[0]


def begin(ticket: Annotated[str, Depends(_ticket)], context: Context) -> Response:
    """Change a ticket for the cookie of a session."""
    token = begin_session(context.database, ticket, context.now())
    response = RedirectResponse(INBOX, _SEE_OTHER)
    set_staff_cookie(response, token)
    return response


def log_out(request: Request, context: Context) -> Response:
    """End the session, and take the cookie away."""
    end_session(context.database, session_of(request.headers), context.now())
    response = RedirectResponse(f"{LOG_IN}?problem=logged-out", _SEE_OTHER)
    clear_staff_cookie(response)
    return response


router = APIRouter(
    prefix="/api/clinic",
    route_class=GuardedRoute,
    dependencies=[OwnPage],
    redirect_slashes=False,
    # Only our own pages may call: no other program has a use for them.
    include_in_schema=False,
)
router.add_api_route("/session", begin, methods=["POST"], route_class_override=TicketRoute)
router.add_api_route("/log-out", log_out, methods=["POST"])
