from io import BytesIO

import pytest
from PIL import Image
from starlette.testclient import TestClient

from fbss_app import routes
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.settings.logos import Logo, remove_logo, set_logo
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START, assert_error
from tests.server.logo_files import a_logo, a_telling_picture
from tests.server.services.clinic.staff import make_clinic, make_staff

LOGO = "/api/v1/clinics/north/logo"


@pytest.fixture
def staff(client: TestClient, database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def logo(database: Database, staff: Staff) -> Logo:
    return set_logo(database, staff, a_telling_picture(), START)


def test_everybody_sees_the_logo_and_no_browser_takes_it_for_anything_else(
    client: TestClient, logo: Logo
):
    reply = client.get(routes.clinic_logo("north", logo.digest))
    assert reply.status_code == 200
    assert Image.open(BytesIO(reply.content)).size == (logo.width, logo.height)
    headers = reply.headers
    assert headers["content-type"] == "image/png"
    assert headers["content-disposition"] == "inline"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert b"canary" not in reply.content


def test_logo_is_kept_for_a_day_under_its_own_address_alone(client: TestClient, logo: Logo):
    own = client.get(routes.clinic_logo("north", logo.digest)).headers
    assert own["cache-control"] == "public, max-age=86400"
    for address in (LOGO, f"{LOGO}?v=", f"{LOGO}?v=0123456789abcdef"):
        headers = client.get(address).headers
        assert headers["cache-control"] == "no-cache"
        assert headers["etag"] == own["etag"] == f'"{logo.digest}"'


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"x", "{}"', "*"])
def test_whoever_has_the_picture_is_not_sent_it_again(client: TestClient, logo: Logo, known: str):
    headers = {"If-None-Match": known.format(logo.digest)}
    reply = client.get(routes.clinic_logo("north", logo.digest), headers=headers)
    assert (reply.status_code, reply.content) == (304, b"")
    assert reply.headers["etag"] == f'"{logo.digest}"'
    assert reply.headers["cache-control"] == "public, max-age=86400"


def test_whoever_has_another_picture_gets_this_one(
    client: TestClient, database: Database, staff: Staff, logo: Logo
):
    before = client.get(LOGO).headers["etag"]
    other = set_logo(database, staff, a_logo((200, 80)), START)
    reply = client.get(LOGO, headers={"If-None-Match": before})
    assert reply.status_code == 200
    assert reply.headers["etag"] == f'"{other.digest}"' != before


def test_no_logo_and_no_clinic_are_answered_alike(
    client: TestClient, database: Database, staff: Staff, logo: Logo
):
    make_clinic(database, "south")
    remove_logo(database, staff, START)
    slugs = ("north", "south", "nobody", "a" * 60)
    replies = [client.get(f"/api/v1/clinics/{slug}/logo") for slug in slugs]
    for reply in replies:
        assert_error(reply, 404, "no-logo")
        assert reply.headers["cache-control"] == "no-store"
    assert len({reply.text for reply in replies}) == 1
    for slug in ("a" * 61, "NORTH", "%00", "nor%0Ath"):
        assert_error(client.get(f"/api/v1/clinics/{slug}/logo"), 422, "invalid-content")


def test_an_invitation_says_where_the_logo_is_and_how_large(
    client: TestClient, database: Database, staff: Staff
):
    (made,) = invite(database, staff, "small", [Invitee("Jo")], 30, START)

    def told() -> object:
        headers = {"X-Invitation-Secret": made.secret}
        reply = client.post("/api/v1/invitations/open", json={}, headers=headers)
        return reply.json()["clinic"]["logo"]

    assert told() is None
    logo = set_logo(database, staff, a_logo((960, 320)), START)
    address = f"{LOGO}?v={logo.digest}"
    assert told() == {"address": address, "width": 480, "height": 160}
    assert client.get(address).status_code == 200


def test_logo_is_described_for_other_programs(client: TestClient):
    calls = client.get("/api/openapi.json").json()["paths"]["/api/v1/clinics/{slug}/logo"]
    assert calls.keys() == {"get"}
    replies = calls["get"]["responses"]
    assert {"200", "304", "404", "429"} <= replies.keys()
    assert replies["200"]["content"] == {
        "image/png": {"schema": {"type": "string", "format": "binary"}}
    }
