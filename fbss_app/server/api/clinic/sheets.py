"""The call that makes a page to print of invitations. A form of our own page makes it."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from fbss_app.server.api.clinic.guard import CurrentStaff, OwnPage
from fbss_app.server.api.context import Context
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.services.clinic.invitations.invitation_list import MOST_LINES
from fbss_app.server.services.clinic.invitations.invitation_sheet import invitation_sheet

# As many secrets as can be made at once, with the name of the field before each.
_MAX_BYTES = MOST_LINES * 64


async def _secrets(request: Request) -> list[str]:
    """Read the form, as far as it can be one of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BYTES:
            return []
    try:
        fields = parse_qs(body.decode("ascii", "replace"), max_num_fields=MOST_LINES)
    except ValueError:
        return []
    return fields.get("secret", [])


def sheet(
    staff: CurrentStaff, secrets: Annotated[list[str], Depends(_secrets)], context: Context
) -> HTMLResponse:
    """Write the sheet of some invitations; whoever calls must have the secret of each."""
    address = context.settings.public_url
    made = invitation_sheet(context.database, staff, secrets, address, context.now())
    return HTMLResponse(made)


router = APIRouter(
    prefix="/api/clinic",
    route_class=GuardedRoute,
    dependencies=[OwnPage],
    redirect_slashes=False,
    # Only our own page may call: no other program has a use for it.
    include_in_schema=False,
)
router.add_api_route("/invitation-sheet", sheet, methods=["POST"], response_class=HTMLResponse)
