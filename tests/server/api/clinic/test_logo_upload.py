from collections.abc import Iterator
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from fbss_app.server.api.clinic.guard import CurrentStaff
from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.rate_table import RATES
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import assert_error
from tests.server.logo_files import REFUSED_FILES, a_logo
from tests.server.services.clinic.seen_logos import read_logo
from tests.server.services.clinic.staff import make_clinic, make_staff

UPLOAD = "/api/clinic/logo"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
FORM = {**OWN, "Sec-Fetch-Mode": "navigate"}


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(api: FastAPI):
    """How often is for the tests of the rates."""
    api.state.rate_limits = RateLimits(api.state.context.settings, dict.fromkeys(RATES, ()))


@pytest.fixture
def staff(client: TestClient, database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


@pytest.fixture
def logged_in(api: FastAPI, staff: Staff) -> None:
    log_in(api, staff)


def log_in(api: FastAPI, staff: Staff) -> None:
    api.dependency_overrides[get_args(CurrentStaff)[1].dependency] = lambda: staff


def upload(
    client: TestClient, file: bytes, headers: dict[str, str] = FORM, name: str = "logo.png"
) -> Response:
    files: Any = {"logo": (name, file, "image/png")}
    return client.post(UPLOAD, files=files, headers=headers, follow_redirects=False)


def assert_led_back(reply: Response, outcome: str) -> None:
    assert reply.status_code == 303, reply.text
    assert reply.headers["location"] == f"/clinic/settings?logo={outcome}"
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("logged_in")
def test_a_form_sets_the_logo_and_leads_back(client: TestClient, database: Database):
    assert_led_back(upload(client, a_logo()), "saved")
    logo = read_logo(database, "north")
    assert logo is not None
    assert (logo.width, logo.height) == (300, 100)


@pytest.mark.usefixtures("logged_in")
@pytest.mark.parametrize(
    ("code", "file"),
    [(code, file) for code, _, file in REFUSED_FILES],
    ids=[words for _, words, _ in REFUSED_FILES],
)
def test_what_can_be_no_logo_leads_back_with_the_reason(
    client: TestClient, database: Database, code: str, file: bytes
):
    assert_led_back(upload(client, file), code)
    assert read_logo(database, "north") is None


@pytest.mark.usefixtures("logged_in")
def test_a_program_is_told_what_is_wrong(client: TestClient):
    assert_error(upload(client, b"<svg/>", OWN), 422, "logo-not-a-picture")
    assert_error(upload(client, bytes(2_000_000), OWN), 413, "logo-too-large")


@pytest.mark.usefixtures("logged_in")
def test_name_and_announced_type_of_the_file_count_for_nothing(client: TestClient):
    assert_led_back(upload(client, a_logo(), name="../../x.svg"), "saved")
    files: Any = {"logo": ("logo.png", b"<html>", "image/png")}
    assert_led_back(
        client.post(UPLOAD, files=files, headers=FORM, follow_redirects=False),
        "logo-not-a-picture",
    )


def in_pieces(pieces: int, given: list[int]) -> Iterator[bytes]:
    for piece in range(pieces):
        given.append(piece)
        yield bytes(1_000_000)


@pytest.mark.usefixtures("logged_in")
@pytest.mark.parametrize(("pieces", "read"), [(8, 8), (500, 31)])
def test_a_large_file_is_read_to_its_end_and_one_without_end_is_not(
    client: TestClient, pieces: int, read: int
):
    """So that a browser can show the answer, and nobody can keep the server busy for ever."""
    given: list[int] = []
    headers = {**FORM, "Content-Type": "multipart/form-data; boundary=x"}
    body = in_pieces(pieces, given)
    reply = client.post(UPLOAD, content=body, headers=headers, follow_redirects=False)
    assert_led_back(reply, "logo-too-large")
    assert len(given) >= read


@pytest.mark.usefixtures("logged_in")
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"x"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="logo"'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="logo"\r\n\r\ntext\r\n--x--\r\n',
        ),
        ("application/x-www-form-urlencoded", b"logo=x"),
        ("application/json", b'{"logo": 1}'),
        ("text/plain", b""),
    ],
)
def test_what_is_no_form_of_ours_holds_no_file(client: TestClient, kind: str, body: bytes):
    headers = {**FORM, "Content-Type": kind}
    reply = client.post(UPLOAD, content=body, headers=headers, follow_redirects=False)
    assert_led_back(reply, "logo-missing")


@pytest.mark.usefixtures("logged_in")
def test_two_files_are_none(client: TestClient, database: Database):
    files: Any = [("logo", ("a.png", a_logo())), ("logo", ("b.png", a_logo()))]
    reply = client.post(UPLOAD, files=files, headers=FORM, follow_redirects=False)
    assert_led_back(reply, "logo-missing")
    assert read_logo(database, "north") is None


@pytest.mark.usefixtures("logged_in")
@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_pages_set_no_logo(client: TestClient, database: Database, foreign: dict[str, str]):
    assert_error(upload(client, a_logo(), {**FORM, **foreign}), 403, "cross-site")
    assert read_logo(database, "north") is None


def test_nobody_sets_a_logo_without_a_log_in(client: TestClient, database: Database, staff: Staff):
    assert_error(upload(client, a_logo(), OWN), 401, "signed-out")
    assert_led_back(upload(client, a_logo()), "signed-out")
    assert read_logo(database, "north") is None


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_set_a_logo(
    client: TestClient, api: FastAPI, database: Database, staff: Staff, role: Role
):
    log_in(api, make_staff(database, staff.clinic_id, role))
    assert_error(upload(client, a_logo(), OWN), 403, "staff-not-allowed")
    assert_led_back(upload(client, a_logo()), "staff-not-allowed")
    assert read_logo(database, "north") is None
