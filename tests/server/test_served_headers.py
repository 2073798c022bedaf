"""What the real server adds to responses tells nobody which version of what runs."""

import asyncio
import re
import socket
from pathlib import Path

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import Receive, Scope, Send

from fbss_app.server.api.app import create_api
from fbss_app.server.security_headers import SecurityHeadersMiddleware
from fbss_app.server.site_pages import SitePages
from fbss_app.settings import Settings
from tests.server.builders import make_keys

REQUESTS = {
    "found": b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "missing": b"GET /api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "another method": b"TRACE /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "no HTTP at all": b"BROKEN\r\n\r\n",
}
TOLD_BY = ("granian", "fastapi", "starlette", "reflex", "uvicorn")


def test_no_response_carries_a_banner_with_a_version(settings: Settings, tmp_path: Path):
    replies = asyncio.run(_replies(settings, tmp_path))
    assert replies["found"].startswith(b"HTTP/1.1 200")
    assert replies["missing"].startswith(b"HTTP/1.1 404")
    for reply in replies.values():
        head = reply.partition(b"\r\n\r\n")[0].decode().lower()
        headers = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        assert not re.search(r"\d", headers.get("server", ""))
        assert not headers.keys() & {"x-powered-by", "via", "x-generator"}
        assert [each for each in TOLD_BY if f"{each}/" in head] == []


async def _replies(settings: Settings, folder: Path) -> dict[str, bytes]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    api = create_api(settings, [], load_keys=make_keys)
    app = SecurityHeadersMiddleware(api, SitePages(folder), https=True)

    async def without_lifespan(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)

    server = Server(without_lifespan, address="127.0.0.1", port=port, interface=Interfaces.ASGI)
    serving = asyncio.create_task(server.serve())
    try:
        for _ in range(100):
            try:
                return {name: await _ask(port, raw) for name, raw in REQUESTS.items()}
            except ConnectionRefusedError:
                await asyncio.sleep(0.1)
        pytest.fail("the server did not start")
    finally:
        server.stop()
        await serving
        api.state.context.database.close()


async def _ask(port: int, raw: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    await writer.drain()
    reply = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return reply
