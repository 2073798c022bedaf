"""Somebody answers through a clinic's own pages, and sends without having been invited."""

from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.rate_table import OWN_INVITATION_OF_CLINIC, RATES
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.submissions.removal import remove_uninvited
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, Phone, a_consent, an_event, assert_error
from tests.server.services.clinic.staff import make_clinic, make_staff

ADDRESS = "/api/v1/clinics/north/invitations"


@pytest.fixture
def staff(client: TestClient, database: Database) -> Staff:
    staff = make_staff(database, make_clinic(database, "north"))
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(staff.clinic_id)
        assert clinic
        clinic.takes_uninvited = True
    return staff


def ask(client: TestClient, **changes: str):
    return client.post(ADDRESS, json={"questionnaire": "small", "label": "Jo Miller", **changes})


@pytest.mark.usefixtures("staff")
def test_invitation_that_one_asked_for_sends_like_any_other(client: TestClient, phone: Phone):
    reply = ask(client)
    assert reply.status_code == 200
    given = reply.json()
    assert given["slug"] == "north"
    assert set(given) == {"secret", "expires_at", "clinic", "slug", "optional_parts"}

    phone.start(an_event(link_id="leg-pain", value=4))
    sent = client.put(
        f"{phone.url}/submission",
        json={"consent": a_consent(agreed_by="patient"), "last_sequence": phone.cursor},
        headers={**phone.headers, "X-Invitation-Secret": given["secret"]},
    )
    assert sent.status_code == 200
    assert sent.json()["clinic"]["name"] == "North Clinic"


@pytest.mark.usefixtures("staff")
def test_what_one_downloads_has_the_name_that_one_gave_for_as_long_as_the_clinic(
    client: TestClient, phone: Phone
):
    def export(form: str):
        return client.get(f"{phone.url}/export.{form}", headers=phone.headers)

    given = ask(client, label="Jo <Miller>").json()
    phone.start(an_event(link_id="leg-pain", value=4))
    assert "Miller" not in export("json").text
    client.put(
        f"{phone.url}/submission",
        json={"consent": a_consent(agreed_by="patient"), "last_sequence": phone.cursor},
        headers={**phone.headers, "X-Invitation-Secret": given["secret"]},
    )

    (sent,) = export("json").json()["sent_to"]
    assert (sent["clinic"], sent["given_name"]) == ("North Clinic", "Jo <Miller>")
    assert "Sent to North Clinic under the name Jo &lt;Miller&gt;, the last" in export("html").text
    fhir = client.get(f"{phone.url}/questionnaire-response.json", headers=phone.headers)
    assert fhir.status_code == 200
    assert "Miller" not in fhir.text
    client.delete(f"{phone.url}/submission", headers=phone.headers)
    assert "Miller" not in export("json").text


def test_who_removed_it_is_told_until_it_is_sent_again(
    client: TestClient, phone: Phone, database: Database, staff: Staff
):
    def send():
        given = ask(client).json()
        return client.put(
            f"{phone.url}/submission",
            json={"consent": a_consent(agreed_by="patient"), "last_sequence": phone.cursor},
            headers={**phone.headers, "X-Invitation-Secret": given["secret"]},
        ).json()

    def told():
        return client.get(f"{phone.url}/submissions", headers=phone.headers).json()

    def export(form: str):
        return client.get(f"{phone.url}/export.{form}", headers=phone.headers)

    phone.start(an_event(link_id="leg-pain", value=4))
    sent = send()
    assert told() == {"submissions": [sent], "removed": []}
    with database.unit_of_work() as unit:
        stored = unit.clinic(staff.clinic_id).submissions.get(sent["id"])
        assert stored
        seen = stored.row.changed_at
    remove_uninvited(database, staff, sent["id"], seen, 30, START)

    (removed,) = told()["removed"]
    assert told()["submissions"] == []
    assert (removed["slug"], removed["clinic"]["name"]) == ("north", "North Clinic")
    assert removed["removed_at"] == export("json").json()["removed_by"][0]["removed_at"]
    assert "North Clinic removed on 1 March 2026" in export("html").text

    again = send()
    assert told() == {"submissions": [again], "removed": []}
    assert export("json").json()["removed_by"] == []


@pytest.mark.parametrize("address", ["south", "north"])
def test_closed_clinic_and_none_answer_alike(client: TestClient, database: Database, address: str):
    make_clinic(database, "north")
    reply = client.post(
        f"/api/v1/clinics/{address}/invitations", json={"questionnaire": "small", "label": "Jo"}
    )
    assert_error(reply, 404, "no-such-clinic")


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("label", ["", "   ", "x" * 81, "\u202e"])
def test_name_that_cannot_be_used_is_told(client: TestClient, label: str):
    assert_error(ask(client, label=label), 422, "invalid-content")
    assert_error(ask(client, questionnaire="none"), 422, "other-questionnaire")


@pytest.mark.usefixtures("staff", "wall_clock")
def test_clinic_is_not_flooded_from_many_addresses_and_another_goes_on(
    api: FastAPI, settings: Settings
):
    of_clinic = replace(OWN_INVITATION_OF_CLINIC, calls=3)
    call = "POST /api/v1/clinics/{slug}/invitations"
    rates = tuple(of_clinic if each.name == of_clinic.name else each for each in RATES[call])
    api.state.rate_limits = RateLimits(settings, {**RATES, call: rates})

    callers = [TestClient(api, client=(f"198.51.100.{n}", 50_000)) for n in range(4)]
    assert [ask(caller).status_code for caller in callers] == [200, 200, 200, 429]
    south = callers[3].post(
        "/api/v1/clinics/south/invitations", json={"questionnaire": "small", "label": "Jo"}
    )
    assert_error(south, 404, "no-such-clinic")
