"""What becomes of a file that somebody asked for with a form and does not get."""

import json
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fbss_app import routes
from fbss_app.server.api.errors import GuardedRoute

# What the page sets again; a purpose is too long for an address, and may say too much there.
_KEPT = ("status", "urgency", "came")


class DownloadRoute(GuardedRoute):
    """A route whose refusals lead a browser back to the page of exports, which puts them in words.

    The page's form works without scripts, and so the browser would show the reply itself. Whatever
    else calls gets the reply as everywhere.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the guarded handler."""
        handle = super().get_route_handler()

        async def led_back(request: Request) -> Response:
            reply = await handle(request)
            is_page = request.headers.get("sec-fetch-mode") == "navigate"
            if reply.status_code < 400 or not is_page:
                return reply
            if not self.path.startswith(f"{routes.CLINIC_EXPORTS_API}/"):
                return reply
            code = json.loads(bytes(reply.body))["error"]["code"]
            kept = {name: request.query_params.get(name, "")[:20] for name in _KEPT}
            query = urlencode({"problem": code, **{name: kept[name] for name in _KEPT}})
            return RedirectResponse(f"{routes.CLINIC_EXPORTS}?{query}", 303)

        return led_back
