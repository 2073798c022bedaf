"""Adds the security and caching headers to every response: pages, files, API answers and errors.

A plain ASGI layer, to be put around everything else. It starts no response of its own, so it
works on whatever the layers inside send, and it leaves websockets alone.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fbss_app.server.site_pages import SitePages

ONE_YEAR = 31_536_000
IMMUTABLE = f"public, max-age={ONE_YEAR}, immutable"
ONE_DAY_OLD = "public, max-age=86400"
ONE_HOUR_OLD = "public, max-age=3600"
REVALIDATE = "no-cache"
NEVER_STORED = "no-store"

# Vite names these files after their content: `root-CH5MbAdM.js`.
_HASHED_FILE = re.compile(r"^/assets/[^/]+-[\w-]{8,}\.\w+$")
# Files that a page is made of. They are no documents, so the rules for documents would only make
# each of them a kilobyte heavier; a worker is one, hence not among them.
_PART_OF_A_PAGE = re.compile(r"^/(assets|icons)/[^/]+\.(?!html)\w+$|^/(icon\.svg|favicon\.ico)$")
# What other sites load: the script for a host page, under its name and under that of its version.
_FOR_OTHER_SITES = re.compile(r"^/embed(?P<version>-\d+\.\d+\.\d+)?\.js$")
# Sent with a policy of its own, which says who may show it in a frame.
_CLINIC_PAGES = re.compile(r"^/(c|embed)/")
# Only while it takes over the answers of a frame that opened it does a page know who did.
_TAKES_OVER = re.compile(r"^/c/[^/]+/take-over$")
_ICON = re.compile(r"^/(icons/|icon\.svg$|favicon\.ico$)")
_MACHINE_PATHS = re.compile(r"^/(api(/|$)|healthz$|readyz$|metrics$)")

_PERMISSIONS_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

_EVERY_RESPONSE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_DOCUMENTS = {
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _PERMISSIONS_OFF),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(
    script_hashes: tuple[str, ...] = (), frame_ancestors: str = "'none'"
) -> str:
    """Return the policy for a page whose inline scripts have these hashes.

    Styles may be inline because the framework writes them into the page; scripts never may.

    Args:
        script_hashes: `sha256-` and the like, without quotes.
        frame_ancestors: The sites that may show the page in a frame.
    """
    scripts = " ".join(["script-src 'self'", *(f"'{value}'" for value in script_hashes)])
    return "; ".join(
        [
            "default-src 'none'",
            scripts,
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )


class SecurityHeadersMiddleware:
    """Sets the headers of each response as it starts."""

    def __init__(self, app: ASGIApp, pages: SitePages, *, https: bool) -> None:
        """Wrap an app.

        Args:
            app: Everything that answers requests.
            pages: The built pages, for their scripts' hashes.
            https: People reach the site over https, so browsers are told never to use less.
        """
        self._app = app
        self._pages = pages
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Layers inside may rewrite the path in their own copy of the scope, never in this one.
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                self._complete(MutableHeaders(scope=message), path, message["status"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _complete(self, headers: MutableHeaders, path: str, status: int) -> None:
        is_found = status in {200, 206, 304}
        is_part = is_found and bool(_PART_OF_A_PAGE.match(path))
        headers.update(_EVERY_RESPONSE)
        if not is_part:
            headers.update(_DOCUMENTS)
            if not (_CLINIC_PAGES.match(path) and "Content-Security-Policy" in headers):
                headers["Content-Security-Policy"] = self._policy(headers, path, status)
            if _TAKES_OVER.match(path):
                headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
        if self._https:
            headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
        if is_found and (script := _FOR_OTHER_SITES.match(path)):
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            # A browser compares a script's hash only where it may read it.
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Cache-Control"] = IMMUTABLE if script["version"] else ONE_HOUR_OLD
        elif _MACHINE_PATHS.match(path):
            headers.setdefault("Cache-Control", NEVER_STORED)
        elif is_found and _HASHED_FILE.match(path):
            headers["Cache-Control"] = IMMUTABLE
        elif is_found and _ICON.match(path):
            headers["Cache-Control"] = ONE_DAY_OLD
        else:
            headers.setdefault("Cache-Control", REVALIDATE)

    def _policy(self, headers: MutableHeaders, path: str, status: int) -> str:
        is_page = headers.get("content-type", "").startswith("text/html")
        # A 304 carries no type, and its headers replace those of the stored page.
        has_scripts = is_page or status == 304
        return content_security_policy(self._pages.script_hashes(path) if has_scripts else ())
