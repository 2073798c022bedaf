from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from fbss_app.server.api.app import create_api
from fbss_app.settings import Settings
from tests.server.builders import Phone, an_event, assert_error, make_questionnaire


@pytest.fixture
def site(api: FastAPI) -> TestClient:
    """The API with a site behind it, mounted as Reflex mounts its own."""

    async def page(request):
        return PlainTextResponse(f"page {request.url.path}")

    behind = Starlette(routes=[Route("/", page), Route("/about", page, methods=["GET", "POST"])])
    api.mount("", behind)
    top = Starlette()
    top.mount("", api)
    return TestClient(top)


def test_building_the_api_touches_no_disk(tmp_path: Path):
    create_api(Settings(_env_file=None, data_dir=tmp_path / "data"), [make_questionnaire()])
    assert list(tmp_path.iterdir()) == []


def test_site_behind_the_api_is_reached(site: TestClient):
    assert site.get("/").text == "page /"
    assert site.post("/about").text == "page /about"
    assert site.get("/missing").text == "Not Found"
    assert site.get("/missing").headers["content-type"].startswith("text/plain")
    assert "cache-control" not in site.get("/about").headers


def test_site_behind_never_answers_for_the_api(site: TestClient):
    assert_error(site.get("/api/nothing"), 404, "not-found")
    assert_error(site.get("/api/"), 404, "not-found")
    assert_error(site.get("/api/docs"), 404, "not-found")
    assert_error(site.post("/healthz"), 405, "method-not-allowed")


def test_responses_work_in_front_of_a_site(site: TestClient):
    phone = Phone(site)
    phone.start(an_event())
    assert phone.erase().status_code == 204


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_interactive_documentation_is_off(client: TestClient, path: str):
    assert client.get(path).status_code == 404


def test_openapi_names_every_endpoint_and_its_errors(client: TestClient):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert set(paths) == {
        "/api/v1/responses/{response_id}/sync",
        "/api/v1/responses/{response_id}",
        "/api/v1/responses/{response_id}/summary.pdf",
        "/api/v1/responses/{response_id}/export.json",
        "/api/v1/responses/{response_id}/export.html",
        "/api/v1/responses/{response_id}/questionnaire-response.json",
        "/api/v1/responses/{response_id}/links",
        "/api/v1/responses/{response_id}/links/{link_id}",
        "/api/v1/responses/{response_id}/code",
        "/api/v1/links/open",
        "/api/v1/links/open-with-code",
        "/api/v1/invitations/open",
        "/api/v1/clinics/{slug}/invitations",
        "/api/v1/responses/{response_id}/submission",
        "/api/v1/clinics/{slug}/logo",
        "/api/v1/responses/{response_id}/submissions",
        "/api/v1/responses/{response_id}/submissions/{submission_id}",
        "/api/clinic/audit-trail",
        "/api/clinic/responses/{submission_id}.pdf",
        "/api/clinic/exports/responses.csv",
        "/api/clinic/exports/dictionary.csv",
        "/api/clinic/exports/bundle.json",
        "/api/clinic/exports/counts.csv",
        "/api/clinic/exports/research.csv",
        "/healthz",
        "/readyz",
    }
    sync = paths["/api/v1/responses/{response_id}/sync"]["post"]["responses"]
    assert set(sync) >= {"200", "400", "403", "404", "409", "413", "415", "422", "503"}
    for status, response in sync.items():
        if status != "200":
            schema = response["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorBody"}


def test_running_alone_migrates_the_database_and_deletes_what_expired(
    empty_database_url: str, tmp_path: Path, clock
):
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=empty_database_url)
    for expected in (200, 404):
        with TestClient(create_api(settings, [make_questionnaire()], now=clock)) as client:
            phone = Phone(client, "00000000-0000-4000-8000-000000000000", "s" * 43)
            if expected == 200:
                phone.start(an_event())
            assert phone.sync().status_code == expected
        clock.advance(days=31)
