import json

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from fbss_app.server.site_pages import CleanUrls, SitePages, clean_path

PAGES = SitePages(pages={"/": (), "/options": (), "/options/a": ()})


async def echo_path(request):
    return PlainTextResponse(request.url.path)


@pytest.fixture
def client():
    app = Starlette(routes=[Route("/{path:path}", echo_path, methods=["GET", "POST"])])
    return TestClient(CleanUrls(app, PAGES), follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        ("/", "/"),
        ("/index.html", "/"),
        ("/summary", "/summary"),
        ("/summary/", "/summary"),
        ("/summary.html", "/summary"),
        ("/summary/index.html", "/summary"),
        ("/options/index", "/options/index"),
    ],
)
def test_every_spelling_of_a_page_has_one_clean_path(path, clean):
    assert clean_path(path) == clean


def test_page_is_served_from_its_file_without_a_redirect(client):
    assert client.get("/options/a?x=1").text == "/options/a.html"
    assert client.get("/").text == "/"


def test_slash_at_the_end_leads_to_the_clean_address_on_the_same_host(client):
    response = client.get("/options/?x=1")

    assert response.status_code == 308
    assert response.headers["location"] == "/options?x=1"


@pytest.mark.parametrize("path", ["/unknown", "/unknown/", "//example.org/", "/api/v1/x"])
def test_other_paths_are_left_alone(client, path):
    assert client.get(path).status_code == 200


def test_only_reading_is_rewritten(client):
    assert client.post("/options").text == "/options"


def test_no_build_means_no_pages(tmp_path):
    assert SitePages.load(tmp_path / "pages.json") == SitePages()


def test_list_of_pages_is_read(tmp_path):
    file = tmp_path / "pages.json"
    file.write_text(json.dumps({"pages": {"/x": ["h"]}, "fallback": ["f"]}))

    assert SitePages.load(file) == SitePages(pages={"/x": ("h",)}, fallback=("f",))
