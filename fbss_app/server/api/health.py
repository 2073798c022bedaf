"""What a machine asks to learn whether the server is alive and whether it can do its work."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from fbss_app.server.api.context import Context
from fbss_app.server.api.error_schemas import ErrorBody
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.services.refusal import StorageUnavailableError

router = APIRouter(tags=["health"], route_class=GuardedRoute, redirect_slashes=False)


class Health(BaseModel):
    """A state in one word."""

    status: Literal["ok", "ready"]


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
def healthz() -> Health:
    """Say that the process answers; asks nothing of the database."""
    return Health(status="ok")


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    responses={503: {"model": ErrorBody, "description": "Answers cannot be saved right now."}},
)
def readyz(context: Context) -> Health:
    """Say whether answers can be saved: the database answers and has the newest tables."""
    if not context.database.is_ready():
        raise StorageUnavailableError
    return Health(status="ready")
