"""Serves the built pages as a clinic's own: `/c/<clinic>`, and in a frame `/embed/<clinic>`.

One build serves every clinic. What differs is written into a page as it is sent: the address that
its links and its router begin with, and what it shows of the clinic, so that it stands there when
the page is first painted. No other answer may be shown in a frame, and these only on the sites that
the clinic has listed.
"""

import asyncio
import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import URL, Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from fbss_app import routes
from fbss_app.server.security_headers import content_security_policy
from fbss_app.server.services.clinic.invitations.own_pages import NoOwnPagesError, OwnPages
from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.site_pages import SitePages
from fbss_app.server.written_consent import consent_html

SITE = Path(".web/build/client")
CLINIC_PAGES = re.compile(
    r"^/(?P<kind>c|embed)/(?P<slug>[a-z0-9-]{1,60})(?P<path>/.*)?\Z", re.DOTALL
)
_OWN, _EMBED = "c", "embed"
# Staff have no business in a clinic's page for patients.
_NOT_SERVED = re.compile(r"^/(clinic|c|embed|api)(/|$)")
_OWN_FILES = re.compile(r"^/paper/[\w-]+\.pdf$")

_HTML = '<html lang="en"'
_BASENAME = '{"basename":"/"'
_BAND = re.compile(r'(<aside[^>]*\bid="clinic-band"[^>]*>)(</aside>)')
_CONSENT = re.compile(r'(<div[^>]*\bid="clinic-consent"[^>]*>)(</div>)')
_LINK = re.compile(r'(<a\b[^>]*?\shref=")(/[^"#?]*)')
_ROUTER_SCRIPT = re.compile(r"<script>(window\.__reactRouterContext = \{.*?)</script>", re.DOTALL)


class UnexpectedPageError(RuntimeError):
    """A built page does not look as expected, so it cannot become a clinic's own."""


@dataclass(frozen=True)
class ClinicPage:
    """A page as it is sent for one clinic.

    Attributes:
        body: The HTML.
        script_hashes: The CSP hashes of its inline scripts.
    """

    body: str
    script_hashes: tuple[str, ...]


def clinic_page(
    built: str, hashes: tuple[str, ...], shown: OwnPages, kind: str, country: str
) -> ClinicPage:
    """Make a built page a clinic's own.

    Args:
        built: The HTML of the build.
        hashes: The CSP hashes of its inline scripts.
        shown: What it shows of the clinic.
        kind: "c" for a page of its own, "embed" for a page within a frame.
        country: The country whose emergency numbers stand in the built pages.

    Raises:
        UnexpectedPageError: The page is not as this build makes them.
    """
    base = f"/{kind}/{shown.slug}"
    if built.count(_HTML) != 1 or built.count(_BASENAME) != 1:
        raise UnexpectedPageError("The page has no place for the clinic or for its address.")
    page = built.replace(_HTML, f'<html {_attributes(shown, kind, country)} lang="en"')
    page = page.replace(_BASENAME, f'{{"basename":{json.dumps(base)}')
    page = _LINK.sub(lambda link: link[1] + _within(base, link[2]), page)
    page = _BAND.sub(lambda band: band[1] + _band(shown, kind) + band[2], page)
    page = _CONSENT.sub(lambda place: place[1] + consent_html(shown.settings) + place[2], page)
    router = _ROUTER_SCRIPT.search(page)
    assert router is not None
    return ClinicPage(page, (*hashes, _hash(router[1])))


def _within(base: str, address: str) -> str:
    if _NOT_SERVED.match(address) or _OWN_FILES.match(address):
        return address
    return base if address == "/" else base + address


def _hash(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _attributes(shown: OwnPages, kind: str, country: str) -> str:
    """Write what the page's own scripts and styles must know before anything is painted."""
    settings, logo = shown.settings, shown.logo
    clinic = {
        "slug": shown.slug,
        "clinic": settings.name,
        "phone": settings.phone,
        "days": settings.retention_days,
        "country": settings.country,
        "accent": settings.accent,
        "logo": logo
        and {
            "address": routes.clinic_logo(shown.slug, logo.digest),
            "width": logo.width,
            "height": logo.height,
        },
        "parts": list(settings.optional_parts),
        "kind": kind,
    }
    values = {"data-clinic": json.dumps(clinic), "data-accent": settings.accent}
    if settings.country != country:
        values["data-other-country"] = ""
    if kind == _EMBED:
        # Two clinics in one page share the storages that the browser gives to that page.
        values |= {
            "data-framed": "",
            "data-store": f"abs@{shown.slug}:",
            "data-sites": " ".join(settings.allowed_sites),
        }
    return " ".join(f'{name}="{html.escape(value)}"' for name, value in values.items())


def _logo(shown: OwnPages) -> str:
    """Draw the logo in the room that is kept for it; the name beside it says whose it is."""
    if shown.logo is None:
        return ""
    address = html.escape(routes.clinic_logo(shown.slug, shown.logo.digest))
    size = f"--logo-width: {shown.logo.width}; --logo-height: {shown.logo.height}"
    return f'<span class="clinic-logo" style="{size}"><img src="{address}" alt=""></span>'


def _band(shown: OwnPages, kind: str) -> str:
    name = f'<bdi class="clinic-band-name">{html.escape(shown.settings.name)}</bdi>'
    leave = (
        f'<a class="clinic-band-link" data-own-page="" href="/c/{quote(shown.slug)}" '
        'target="_blank" rel="opener">Open in its own page</a>'
        if kind == _EMBED
        else ""
    )
    whose = f'<span class="clinic-band-whose">{_logo(shown)}{name}</span>'
    return f'<div class="frame clinic-band-row">{whose}{leave}</div>'


class ClinicPages:
    """Answers for the pages of clinics, and hands every other request on."""

    def __init__(
        self,
        app: ASGIApp,
        pages: SitePages,
        find: Callable[[str], OwnPages],
        country: str,
        site: Path = SITE,
    ) -> None:
        """Wrap the app that serves the built site.

        Args:
            app: What answers all other requests.
            pages: The built pages.
            find: Gives what a clinic's pages show, or raises `NoOwnPagesError`; may wait.
            country: The country whose emergency numbers stand in the built pages.
            site: Where the built pages lie.
        """
        self._app = app
        self._pages = pages
        self._find = find
        self._country = country
        self._site = site
        self._made = lru_cache(maxsize=512)(self._make)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page of a clinic."""
        match = CLINIC_PAGES.match(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            await self._app(scope, receive, send)
            return
        response = await self._answer(scope, match["kind"], match["slug"], match["path"] or "")
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, kind: str, slug: str, path: str) -> Response:
        if scope["method"] not in {"GET", "HEAD"}:
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        if path.endswith("/"):
            query = URL(scope=scope).query
            target = scope["path"].rstrip("/") + (f"?{query}" if query else "")
            return RedirectResponse(target, status_code=308)
        if _OWN_FILES.match(path):
            return RedirectResponse(path, status_code=308)
        try:
            shown = await asyncio.to_thread(self._find, slug)
        except NoOwnPagesError:
            if kind == _OWN and path == routes.OPEN:
                # A link to come back is for answers, and these outlive the pages it was made on.
                return RedirectResponse(path, status_code=307)
            return _plain(
                404,
                "There is no such page",
                "Ask the clinic for the right address.",
                f'<p><a href="{routes.QUESTIONNAIRE}">Go on with answers on this phone</a></p>',
            )
        except StorageUnavailableError:
            return _plain(503, "This page is away for a moment", "Try again in a few minutes.")
        is_found = (path or "/") in self._pages.pages and not _NOT_SERVED.match(path)
        page = self._made(path or "/" if is_found else "/404", shown, kind)
        ancestors = " ".join(shown.settings.allowed_sites) if kind == _EMBED else ""
        headers = {
            "Content-Security-Policy": content_security_policy(page[1], ancestors or "'none'"),
            "Vary": "Accept-Encoding",
        }
        if kind == _EMBED:
            # A search engine should lead to the page of the clinic that it stands in.
            headers["X-Robots-Tag"] = "noindex"
        body = page[0]
        if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
        else:
            body = gzip.decompress(body)
        return HTMLResponse(body, 200 if is_found else 404, headers)

    def _make(self, path: str, shown: OwnPages, kind: str) -> tuple[bytes, tuple[str, ...]]:
        file = self._site / f"{'index' if path == '/' else path[1:]}.html"
        built = file.read_text(encoding="utf-8")
        page = clinic_page(built, self._pages.script_hashes(path), shown, kind, self._country)
        return gzip.compress(page.body.encode(), mtime=0), page.script_hashes


def _plain(status: int, title: str, what_to_do: str, further: str = "") -> Response:
    """Make a page that needs no build, no script and no stylesheet."""
    return HTMLResponse(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{title}</title><style>'
        # The scheme of the body alone would leave the canvas light, behind links for a dark one.
        ":root{color-scheme:light dark;background:Canvas;color:CanvasText}"
        "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;"
        "padding:0 1rem}</style></head><body><main>"
        f'<h1>{title}</h1><p>{what_to_do}</p>{further}<p><a href="/urgent-help">Signs that need '
        "help fast</a></p></main></body></html>",
        status,
        {"Content-Security-Policy": content_security_policy((), "'none'")},
    )
