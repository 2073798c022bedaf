"""Builds the API. Runs alone, or in front of the site: other paths fall through."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.api import health
from fbss_app.server.api.access_log import AccessLog
from fbss_app.server.api.clinic import downloads, logo_upload, sessions, sheets
from fbss_app.server.api.context import ApiContext
from fbss_app.server.api.errors import add_error_handlers
from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.security import ApiHeaders
from fbss_app.server.api.v1 import clinics, links, responses, sending
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.encryption import KeyRing
from fbss_app.server.key_file import load_key_ring
from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic.settings.webhook_call import Caller, make_client
from fbss_app.server.services.clinic.settings.webhooks import deliver_due, forget_old_deliveries
from fbss_app.server.services.retention import delete_expired
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings

logger = get_logger(__name__)

CLEANING_INTERVAL = timedelta(hours=1)
CALLING_INTERVAL = timedelta(seconds=15)
_ROUTERS = (
    responses.router,
    links.router,
    sending.router,
    clinics.router,
    sessions.router,
    sheets.router,
    logo_upload.router,
    downloads.router,
    health.router,
)
_EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def create_api(
    settings: Settings,
    questionnaires: Iterable[Questionnaire],
    *,
    load_keys: Callable[[], KeyRing] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> FastAPI:
    """Build the API without opening the database.

    Run alone, the application migrates the database as it starts, and deletes expired responses
    while it runs. A server that mounts it must enter `api_lifespan` itself, for nothing else runs
    the lifespan of a mounted application.

    Args:
        settings: The deployment's settings.
        questionnaires: Every definition, in every version whose answers are still accepted.
        load_keys: Finds what encrypts answers when it is first needed; the settings' own keys
            unless given.
        now: The clock.
    """
    known = {(each.name, each.version): each for each in questionnaires}
    api = FastAPI(
        title="After Back Surgery",
        summary="Keeps the answers of a questionnaire for whoever holds the response's secret.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=api_lifespan,
    )
    database = Database(
        settings.database_url, load_keys or (lambda: load_key_ring(settings, now()))
    )
    api.state.context = ApiContext(settings, known, database, now, CallCounter(settings.redis_url))
    api.state.rate_limits = RateLimits(settings)
    api.add_middleware(AccessLog, trusted=settings.trusted_proxies or ())
    api.add_middleware(ApiHeaders)
    add_error_handlers(api)
    for router in _ROUTERS:
        api.include_router(router)
    _close_own_paths(api)
    return api


@asynccontextmanager
async def api_lifespan(api: FastAPI) -> AsyncGenerator[None]:
    """Migrate the database, then delete what has expired and call who waits, until it stops."""
    context: ApiContext = api.state.context
    await asyncio.to_thread(context.database.upgrade)
    stopping = asyncio.Event()
    cleaning = asyncio.create_task(_keep_clean(context, stopping))
    calling = asyncio.create_task(_keep_calling(context, stopping))
    try:
        yield
    finally:
        # Told to stop, not cancelled: its thread must be done before the database is closed.
        stopping.set()
        await asyncio.gather(cleaning, calling)
        context.database.close()


async def _keep_clean(context: ApiContext, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            await asyncio.to_thread(delete_expired, context.database, context.now())
            await asyncio.to_thread(forget_old_deliveries, context.database, context.now())
        except Exception as error:
            # Whatever went wrong, the next round must come; the message could hold an answer.
            logger.error("expired-responses-not-deleted", reason=type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), CLEANING_INTERVAL.total_seconds())


async def _keep_calling(context: ApiContext, stopping: asyncio.Event) -> None:
    settings = context.settings
    with make_client() as client:
        caller = Caller(client, settings.public_url, settings.webhook_allow_private)
        while not stopping.is_set():
            try:
                await asyncio.to_thread(deliver_due, context.database, context.now(), caller)
            except Exception as error:
                logger.error("webhooks-not-called", reason=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), CALLING_INTERVAL.total_seconds())


def _close_own_paths(api: FastAPI) -> None:
    """Answer for every path under /api, so that the site behind never shows a page there."""
    endpoints = [route for router in _ROUTERS for route in router.routes]

    async def nothing_here(request: Request) -> Response:
        matching = [each for each in endpoints if each.matches(request.scope)[0] is Match.PARTIAL]
        allowed = {m for each in matching if isinstance(each, APIRoute) for m in each.methods or ()}
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
        raise HTTPException(404)

    for path in ("/api/{rest:path}", "/healthz", "/readyz"):
        api.add_route(path, nothing_here, methods=_EVERY_METHOD, include_in_schema=False)
