import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from fbss_app.server.security_headers import SecurityHeadersMiddleware, content_security_policy
from fbss_app.server.site_pages import SitePages

PAGES = SitePages(
    pages={"/": ("sha256-start",), "/summary": ("sha256-summary",)}, fallback=("sha256-fallback",)
)


async def page(_request):
    return HTMLResponse("<p>page</p>")


async def missing(_request):
    return HTMLResponse("<p>missing</p>", status_code=404)


async def unchanged(_request):
    return Response(status_code=304)


async def asset(_request):
    return PlainTextResponse("x", media_type="text/javascript")


async def api(_request):
    return JSONResponse({"error": {}}, status_code=422)


async def broken(_request):
    raise RuntimeError("broken")


def client(*, https=False):
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/summary", page),
            Route("/summary.html", page),
            Route("/missing", missing),
            Route("/unchanged", unchanged),
            Route("/sw.js", asset),
            Route("/assets/root-CH5MbAdM.js", asset),
            Route("/assets/plain.js", asset),
            Route("/api/v1/x", api),
            Route("/api/v1/broken", broken),
        ]
    )
    wrapped = SecurityHeadersMiddleware(app, PAGES, https=https)
    return TestClient(wrapped, raise_server_exceptions=False)


def policy(response):
    parts = (part.split() for part in response.headers["content-security-policy"].split("; "))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/missing", 404),
        ("/nowhere", 404),
        ("/api/v1/x", 422),
        ("/api/v1/broken", 500),
        ("/sw.js", 200),
        ("/assets/gone-CH5MbAdM.js", 404),
    ],
)
def test_every_response_carries_the_fixed_headers(path, status):
    response = client().get(path)

    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in response.headers["permissions-policy"]
    assert policy(response)["default-src"] == ["'none'"]


def test_the_parts_of_a_page_carry_only_what_protects_them():
    headers = client().get("/assets/plain.js").headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "content-security-policy" not in headers
    assert "permissions-policy" not in headers


def test_policy_locks_down_everything_the_app_does_not_use():
    parts = {p.split()[0]: p.split()[1:] for p in content_security_policy().split("; ")}

    assert parts["script-src"] == ["'self'"]
    assert parts["connect-src"] == ["'self'"]
    for name in ("base-uri", "object-src", "frame-ancestors"):
        assert parts[name] == ["'none'"]
    for name in ("manifest-src", "worker-src", "form-action"):
        assert parts[name] == ["'self'"]


def test_scripts_are_never_allowed_inline_or_evaluated():
    scripts = policy(client().get("/"))["script-src"]

    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts


@pytest.mark.parametrize(
    ("path", "hashed"),
    [
        ("/", "start"),
        ("/summary", "summary"),
        ("/summary.html", "summary"),
        ("/missing", "fallback"),
        ("/unchanged", "fallback"),
    ],
)
def test_each_page_gets_the_hashes_of_its_own_scripts(path, hashed):
    assert policy(client().get(path))["script-src"] == ["'self'", f"'sha256-{hashed}'"]


def test_what_is_no_page_gets_no_hashes():
    assert policy(client().get("/api/v1/x"))["script-src"] == ["'self'"]


def test_only_an_https_site_sends_hsts():
    assert "strict-transport-security" not in client().get("/").headers
    hsts = client(https=True).get("/api/v1/x").headers["strict-transport-security"]
    assert hsts == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/", "no-cache"),
        ("/sw.js", "no-cache"),
        ("/assets/plain.js", "no-cache"),
        ("/assets/root-CH5MbAdM.js", "public, max-age=31536000, immutable"),
        ("/assets/gone-CH5MbAdM.js", "no-cache"),
        ("/api/v1/x", "no-store"),
    ],
)
def test_caching_follows_what_may_change(path, value):
    assert client().get(path).headers["cache-control"] == value


def test_websockets_and_lifespan_pass_untouched():
    seen = []

    async def app(scope, _receive, _send):
        seen.append(scope["type"])

    wrapped = SecurityHeadersMiddleware(app, PAGES, https=False)
    for kind in ("websocket", "lifespan"):
        coroutine = wrapped({"type": kind}, None, None)
        with pytest.raises(StopIteration):
            coroutine.send(None)
    assert seen == ["websocket", "lifespan"]
