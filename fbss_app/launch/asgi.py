"""Makes the application that is served: Reflex's own, inside the layers every response passes.

They stand outermost, so that preflight answers and server errors carry the headers too.
"""

from __future__ import annotations

import importlib
from functools import partial

from starlette.types import ASGIApp

from fbss_app.server.clinic_pages import ClinicPages
from fbss_app.server.logs import configure_logging
from fbss_app.server.security_headers import SecurityHeadersMiddleware
from fbss_app.server.services.clinic.invitations.own_pages import own_pages
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.site_pages import CleanUrls, SitePages
from fbss_app.server.staff_socket import StaffSocket
from fbss_app.settings import Settings

# Named, not imported: only a running server loads the pages.
_APP_MODULE = "fbss_app.fbss_app"


def load_app() -> None:
    """Import the app, so that a mistake in it shows at once."""
    importlib.import_module(_APP_MODULE)


def create_asgi_app() -> ASGIApp:
    """Return the application for one worker process."""
    settings = Settings()
    configure_logging(settings.log_format)
    module = importlib.import_module(_APP_MODULE)
    database: Database = module.api.state.context.database
    app: ASGIApp = module.app()
    app = StaffSocket(app, settings.public_url, settings.trusted_proxies or ())
    pages = SitePages.load()
    app = ClinicPages(CleanUrls(app, pages), pages, partial(own_pages, database), settings.country)
    return SecurityHeadersMiddleware(app, pages, https=settings.public_url.startswith("https://"))
