import pytest
from starlette.testclient import TestClient

from tests.server.builders import Phone, an_event, assert_error


@pytest.mark.parametrize("value", ["cross-site", "Cross-Site", " cross-site "])
def test_change_asked_for_by_another_website_is_refused(phone: Phone, value: str):
    phone.start(an_event())
    phone.client.headers["Sec-Fetch-Site"] = value
    assert_error(phone.sync(an_event()), 403, "cross-site")
    assert_error(phone.erase(), 403, "cross-site")
    del phone.client.headers["Sec-Fetch-Site"]
    assert len(phone.twin().sync().json()["events"]) == 1


@pytest.mark.parametrize("value", ["same-origin", "same-site", "none"])
def test_change_asked_for_by_the_app_itself_is_done(phone: Phone, value: str):
    phone.client.headers["Sec-Fetch-Site"] = value
    phone.start(an_event())
    assert phone.erase().status_code == 204


def test_api_offers_itself_to_no_other_origin(phone: Phone):
    phone.start()
    preflight = phone.client.options(
        f"{phone.url}/sync",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    phone.client.headers["Origin"] = "https://evil.example"
    for reply in (preflight, phone.sync(), phone.erase()):
        assert not [name for name in reply.headers if name.startswith("access-control-")]
    assert preflight.status_code == 405


def test_every_reply_of_the_api_carries_the_headers(client: TestClient):
    for path in ("/api/openapi.json", "/api/nothing", "/healthz", "/readyz"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_rest_of_the_site_keeps_its_own_headers(client: TestClient):
    assert "cache-control" not in client.get("/about").headers
