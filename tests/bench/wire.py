"""Every byte that a visit takes over the wire, by kind, headers and compression included."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Error, Page, Request

KINDS = {
    "text/html": "HTML",
    "text/javascript": "JS",
    "application/javascript": "JS",
    "text/css": "CSS",
}


def kind_of(mime_type: str) -> str:
    main = mime_type.partition("/")[0]
    return KINDS.get(mime_type) or {"image": "images", "font": "fonts"}.get(main, "other")


@dataclass
class Wire:
    """Listens to the network of one page from its first request on.

    Attributes:
        visited: The address the page belongs to, to know third parties by.
        sizes: Bytes by kind.
        uncompressed: Texts that came without brotli.
        third_parties: Addresses of other origins.
        websockets: Addresses of websockets that were opened.
    """

    visited: str
    sizes: Counter[str] = field(default_factory=Counter)
    uncompressed: list[str] = field(default_factory=list)
    third_parties: list[str] = field(default_factory=list)
    websockets: list[str] = field(default_factory=list)
    _kinds: dict[str, str] = field(default_factory=dict)

    def listen(self, cdp: CDPSession) -> "Wire":
        cdp.send("Network.enable")
        cdp.on("Network.requestWillBeSent", self._on_request)
        cdp.on("Network.responseReceived", self._on_response)
        cdp.on("Network.loadingFinished", self._on_finished)
        cdp.on("Network.webSocketCreated", lambda event: self.websockets.append(event["url"]))
        return self

    @property
    def total(self) -> int:
        return self.sizes.total()

    def _on_request(self, event: dict[str, Any]) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme in ("http", "https") and url.netloc != urlsplit(self.visited).netloc:
            self.third_parties.append(url.geturl())

    def _on_response(self, event: dict[str, Any]) -> None:
        response = event["response"]
        kind = self._kinds[event["requestId"]] = kind_of(response["mimeType"])
        headers = {name.lower(): value for name, value in response["headers"].items()}
        if kind in ("HTML", "JS", "CSS") and headers.get("content-encoding") != "br":
            self.uncompressed.append(response["url"])

    def _on_finished(self, event: dict[str, Any]) -> None:
        if kind := self._kinds.get(event["requestId"]):
            self.sizes[kind] += event["encodedDataLength"]


class BackgroundRequests:
    """The requests of a page's service worker, which fills its store after the visit."""

    def __init__(self, page: Page) -> None:
        self._requests: list[Request] = []
        page.context.on("requestfinished", self._on_finished)

    def _on_finished(self, request: Request) -> None:
        if request.service_worker:
            self._requests.append(request)

    @property
    def total(self) -> int:
        return sum(map(_size, self._requests))


def _size(request: Request) -> int:
    try:
        sizes = request.sizes()
    except Error:
        return 0
    # Nothing crossed the wire for what the visit itself had brought a moment before.
    body = sizes["responseBodySize"]
    return body + sizes["responseHeadersSize"] if body > 0 else 0
