"""What guards the calls of the clinic side: who is logged in, and which page calls."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from fbss_app.server.api.context import Context, context_of
from fbss_app.server.own_origin import is_own_origin
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff.sessions import check_session
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.staff_cookie import session_of


def current_staff(request: Request, context: Context) -> Staff:
    """Say who calls, or raise `SignedOutError`, which is answered with 401."""
    return check_session(context.database, session_of(request.headers), context.now())


CurrentStaff = Annotated[Staff, Depends(current_staff)]


def require_own_page(request: Request) -> None:
    """Refuse a change unless a page of the app itself asks for it.

    The cookie comes with whatever any page of the browser asks for, so it proves nothing alone.
    """
    site = request.headers.get("sec-fetch-site", "same-origin").strip().lower()
    is_own = is_own_origin(
        request.headers.get("origin", ""),
        request.headers.get("host", ""),
        context_of(request).settings.public_url,
    )
    if site != "same-origin" or not is_own:
        raise RefusedError(
            "cross-site",
            "This request came from a page of another website, so it was refused. Open the app "
            "itself and try again.",
            status_code=403,
        )


OwnPage = Depends(require_own_page)
