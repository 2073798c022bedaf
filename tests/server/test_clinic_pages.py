import gzip
import json
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from fbss_app.server.clinic_pages import ClinicPages, UnexpectedPageError, clinic_page
from fbss_app.server.security_headers import SecurityHeadersMiddleware
from fbss_app.server.services.clinic.invitations.own_pages import NoOwnPagesError, OwnPages
from fbss_app.server.services.clinic.settings.logos import Logo
from fbss_app.server.services.clinic.settings.settings import ClinicSettings
from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.site_pages import SitePages

SITES = ("https://a.example", "https://b.example:8443")
SHOWN = OwnPages(
    "north",
    ClinicSettings('N"o<rth> & Sons', "+44 1", "gb", "plum", 90, ("rmdq-wanted",), True, SITES),
    Logo(240, 80, "abc"),
)
LOGO = "/api/v1/clinics/north/logo?v=abc"
ROUTER = 'window.__reactRouterContext = {"basename":"/","ssr":false};go()'
BUILT = (
    '<!DOCTYPE html><html lang="en"><head><link href="/icon.svg" rel="icon"/></head><body>'
    '<aside id="clinic-band" class="clinic-band"></aside><a class="x" href="/">Start</a>'
    '<a href="/summary#a">S</a><a href="/paper/x.pdf">P</a><a href="/clinic">Staff</a>'
    '<a href="#main">M</a><a href="https://other.example/">O</a>'
    '<div id="clinic-consent" class="prose"></div>'
    f"<script>{ROUTER}</script></body></html>"
)
PAGES = SitePages(
    pages={"/": ("sha256-a",), "/summary": ("sha256-b",), "/clinic": (), "/404": ("sha256-c",)}
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index", "summary", "clinic", "404"):
        (tmp_path / f"{name}.html").write_text(BUILT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(site: Path) -> TestClient:
    def find(slug: str) -> OwnPages:
        if slug == "busy":
            raise StorageUnavailableError
        if slug != "north":
            raise NoOwnPagesError
        return SHOWN

    app = ClinicPages(PlainTextResponse("the site itself"), PAGES, find, "gb", site)
    return TestClient(SecurityHeadersMiddleware(app, PAGES, https=True), follow_redirects=False)


def policy(response) -> dict[str, str]:
    parts = response.headers["content-security-policy"].split("; ")
    return dict(part.partition(" ")[::2] for part in parts)


def told(page: str) -> dict:
    found = re.search(r'data-clinic="([^"]*)"', page)
    assert found
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize("kind", ["c", "embed"])
def test_page_carries_the_clinic_from_its_first_byte(kind):
    page = clinic_page(BUILT, ("sha256-old",), SHOWN, kind, "gb").body
    assert told(page) == {
        "slug": "north",
        "clinic": SHOWN.settings.name,
        "phone": "+44 1",
        "days": 90,
        "country": "gb",
        "accent": "plum",
        "logo": {"address": LOGO, "width": 240, "height": 80},
        "parts": ["rmdq-wanted"],
        "kind": kind,
    }
    assert 'data-accent="plum"' in page
    assert "N&quot;o&lt;rth&gt; &amp; Sons</bdi>" in page
    assert "<rth>" not in page
    assert f'--logo-width: 240; --logo-height: 80"><img src="{LOGO}" alt="">' in page
    assert (" data-framed" in page, " data-store" in page) == (kind == "embed",) * 2


def test_page_to_send_from_has_the_words_of_the_clinic():
    page = clinic_page(BUILT, (), SHOWN, "c", "gb").body
    written = re.search(r'<div id="clinic-consent"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert written
    name = "N&quot;o&lt;rth&gt; &amp; Sons"
    assert f"<h2>What {name} gets</h2>" in written[1]
    assert "<li>your name, if this page asks for it</li>" in written[1]
    assert "on this server for 90 days" in written[1]
    assert "{" not in written[1]


def test_page_says_where_its_numbers_are_another_countrys():
    assert "data-other-country" not in clinic_page(BUILT, (), SHOWN, "c", "gb").body
    assert ' data-other-country=""' in clinic_page(BUILT, (), SHOWN, "c", "us").body


def test_links_and_router_stay_within_the_clinics_pages():
    page = clinic_page(BUILT, (), SHOWN, "embed", "gb").body
    assert '{"basename":"/embed/north","ssr"' in page
    links = re.findall(r'<a [^>]*?href="([^"]*)"', page)
    assert links == [
        "/c/north",
        "/embed/north",
        "/embed/north/summary#a",
        "/paper/x.pdf",
        "/clinic",
        "#main",
        "https://other.example/",
    ]
    assert '<link href="/icon.svg"' in page


def test_changed_script_is_the_only_one_let_in_besides():
    made = clinic_page(BUILT, ("sha256-old",), SHOWN, "c", "gb")
    (changed,) = set(made.script_hashes) - {"sha256-old"}
    assert changed.startswith("sha256-")
    assert changed != clinic_page(BUILT, (), SHOWN, "embed", "gb").script_hashes[0]


@pytest.mark.parametrize("built", ["<html><p>x", BUILT.replace("basename", "base")])
def test_page_of_another_make_is_refused(built):
    with pytest.raises(UnexpectedPageError):
        clinic_page(built, (), SHOWN, "c", "gb")


def test_frame_is_allowed_on_the_listed_sites_only(client: TestClient):
    embedded, own = client.get("/embed/north"), client.get("/c/north/summary")
    assert (embedded.status_code, own.status_code) == (200, 200)
    assert policy(embedded)["frame-ancestors"] == " ".join(SITES)
    assert policy(own)["frame-ancestors"] == "'none'"
    assert embedded.headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in own.headers
    for each in (embedded, own):
        assert "x-frame-options" not in each.headers
        assert each.headers["x-content-type-options"] == "nosniff"
        assert each.headers["cache-control"] == "no-cache"
        assert "*" not in each.headers["content-security-policy"]
    assert "'sha256-b'" in policy(own)["script-src"]


def test_clinic_without_a_list_is_shown_nowhere(site: Path):
    closed = OwnPages("north", ClinicSettings("N", "", "gb", "teal", 90, (), True, ()), None)
    app = ClinicPages(PlainTextResponse(""), PAGES, lambda _: closed, "gb", site)
    assert policy(TestClient(app).get("/embed/north"))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("kind", ["c", "embed"])
@pytest.mark.parametrize(("slug", "status"), [("south", 404), ("busy", 503)])
def test_what_cannot_be_shown_gets_a_plain_page(client: TestClient, kind, slug, status):
    reply = client.get(f"/{kind}/{slug}")
    assert reply.status_code == status
    assert "<h1>" in reply.text
    assert "<script" not in reply.text
    assert policy(reply)["frame-ancestors"] == "'none'"


def test_link_to_come_back_works_after_a_clinic_closed_its_pages(client: TestClient):
    reply = client.get("/c/south/open")
    # What stands behind the # comes along by itself.
    assert (reply.status_code, reply.headers["location"]) == (307, "/open")
    assert client.get("/embed/south/open").status_code == 404
    assert 'href="/questionnaire"' in client.get("/c/south").text


@pytest.mark.parametrize(
    "path",
    [
        "//embed/north",
        "/embed//north",
        "/EMBED/north",
        "/embed%2Fnorth/",
        "/embed/north%0A",
        "/embed/north%0D%0Ax:y",
        "/embed/north.",
        f"/embed/{'n' * 61}",
        "/embed/north%00",
        "/x/../embed",
    ],
)
def test_odd_spelling_of_an_address_is_framed_by_nobody(client: TestClient, path):
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        reply = client.request(method, path)
        assert policy(reply)["frame-ancestors"] == "'none'"
        assert "data-clinic" not in reply.text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/clinic", "/c/north", "/summary.html", "/%2e%2e/secret"]
)
def test_what_is_no_page_of_patients_is_not_found(client: TestClient, path):
    reply = client.get(f"/embed/north{path}")
    assert reply.status_code == 404
    assert told(reply.text)["slug"] == "north"


def test_paper_and_slashes_lead_to_where_they_are(client: TestClient):
    assert client.get("/embed/north/paper/x.pdf").headers["location"] == "/paper/x.pdf"
    assert client.get("/c/north/?a=1").headers["location"] == "/c/north?a=1"
    assert client.get("/c/north/summary/").headers["location"] == "/c/north/summary"


def test_other_addresses_are_left_to_the_site(client: TestClient):
    for path in ("/", "/summary", "/embed", "/c", "/clinic", "/embed.js", "/c/No!"):
        assert client.get(path).text == "the site itself"
    assert client.post("/c/north").status_code == 405


def test_page_is_sent_compressed_or_plain_and_head_without(client: TestClient):
    plain = client.get("/c/north", headers={"Accept-Encoding": "identity"})
    with client.stream("GET", "/c/north", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert gzip.decompress(raw).decode() == plain.text
    assert packed.headers["vary"] == "Accept-Encoding"
    assert client.head("/c/north").content == b""


def test_only_the_page_that_takes_over_knows_who_opened_it(client: TestClient):
    policies = {
        path: client.get(path).headers["cross-origin-opener-policy"]
        for path in ("/c/north/take-over", "/c/north", "/embed/north/take-over")
    }
    assert policies == {
        "/c/north/take-over": "unsafe-none",
        "/c/north": "same-origin",
        "/embed/north/take-over": "same-origin",
    }


def test_script_for_host_pages_may_be_loaded_anywhere(client: TestClient):
    newest, fixed = client.get("/embed.js"), client.get("/embed-1.0.0.js")
    for each in (newest, fixed):
        assert each.headers["cross-origin-resource-policy"] == "cross-origin"
        assert each.headers["access-control-allow-origin"] == "*"
    assert "immutable" in fixed.headers["cache-control"]
    assert "immutable" not in newest.headers["cache-control"]
    assert client.get("/embed-x.js").headers["cross-origin-resource-policy"] == "same-origin"
