"""What the server knows of the built site: its pages, their clean addresses, their scripts' hashes.

Reads the list that the build leaves beside the site. Knows nothing of how the site is built.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PAGE_INDEX = Path(".web/build/pages.json")


@dataclass(frozen=True)
class SitePages:
    """The built pages by clean path, each with the CSP hashes of its inline scripts.

    Attributes:
        pages: `/summary` and the like to hashes.
        fallback: The hashes of the page that is shown where no page was built.
    """

    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    fallback: tuple[str, ...] = ()

    @classmethod
    def load(cls, file: Path = PAGE_INDEX) -> "SitePages":
        """Read the list of pages; with no build there are none."""
        if not file.exists():
            return cls()
        data = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            pages={path: tuple(hashes) for path, hashes in data["pages"].items()},
            fallback=tuple(data["fallback"]),
        )

    def script_hashes(self, path: str) -> tuple[str, ...]:
        """Return the hashes for the page served at this path, under any of its spellings."""
        return self.pages.get(clean_path(path), self.fallback)


def clean_path(path: str) -> str:
    """Return the path under which a page is listed: no `.html`, no `index`, no slash at its end."""
    stem = path.removesuffix(".html").rstrip("/")
    stem = stem.removesuffix("/index") if path.endswith(".html") else stem
    return stem or "/"


class CleanUrls:
    """Serves `/summary` from `summary.html` in one answer, and leads `/summary/` there.

    Without it, static files answer `/summary` with a redirect to `/summary/`: a round trip more
    on every visit, and an address that the service worker does not know offline.
    """

    def __init__(self, app: ASGIApp, pages: SitePages) -> None:
        """Wrap the app that serves the built site."""
        self._app = app
        self._files = {path: f"{path}.html" for path in pages.pages if path != "/"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a page's request to its file."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path: str = scope["path"]
            if (file := self._files.get(path)) is not None:
                scope = {**scope, "path": file, "raw_path": file.encode()}
            elif path.endswith("/") and path.rstrip("/") in self._files:
                query = URL(scope=scope).query
                target = path.rstrip("/") + (f"?{query}" if query else "")
                await RedirectResponse(target, status_code=308)(scope, receive, send)
                return
        await self._app(scope, receive, send)
