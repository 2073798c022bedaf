from uuid import uuid4

import pytest

from tests.server.api.v1.test_links import let_in
from tests.server.builders import Phone, a_consent, an_event, assert_error

FORMATS = ["export.json", "export.html", "questionnaire-response.json"]


def export(phone: Phone, name: str):
    return phone.client.get(f"{phone.url}/{name}", headers=phone.headers)


@pytest.mark.parametrize("name", FORMATS)
def test_only_a_holder_of_a_link_gets_anything(phone: Phone, name: str):
    phone.start(an_event())
    assert_error(export(phone.twin(secret="x" * 43), name), 404, "unknown-response")
    assert export(let_in(phone, role="read"), name).status_code == 200


def test_data_holds_every_stored_field(phone: Phone):
    first, second = an_event(value="first"), an_event(value="second")
    phone.start(first)
    helper = let_in(phone)
    helper.sync(second | {"author_role": "helper"})
    reply = export(phone, "export.json")
    assert reply.headers["cache-control"] == "no-store"
    body = reply.json()
    assert [event["value"] for event in body["events"]] == ["first", "second"]
    assert set(first) | {
        "sequence",
        "participant",
        "questionnaire_version",
        "received_at",
    } <= set(body["events"][0])
    assert body["consent"] == {
        "version": "1",
        "text_sha256": "ab" * 32,
        "agreed_by": "patient",
        "given_at": "2026-03-01T11:58:00Z",
        "received_at": "2026-03-01T12:00:00Z",
    }
    assert [each["name"] for each in body["participants"]] == ["", "Anna"]
    assert body["response"]["expires_at"] == "2026-03-31T12:00:00Z"
    assert phone.secret not in reply.text


def test_fhir_holds_the_current_answers_and_names_nobody(phone: Phone):
    phone.start(an_event(value="first"), an_event(link_id="leg-pain", value=3))
    helper = let_in(phone)
    helper.sync(an_event(value="second", author_role="helper"))
    reply = export(phone, "questionnaire-response.json")
    body = reply.json()
    assert (body["resourceType"], body["id"]) == ("QuestionnaireResponse", phone.response_id)
    assert body["questionnaire"] == "https://example.org/small|1"
    assert "second" in reply.text
    assert "first" not in reply.text
    assert "Anna" not in reply.text


def test_page_shows_each_answer_its_history_and_who_gave_it(phone: Phone):
    phone.start(
        an_event(value="<script>alert(1)</script>"),
        an_event(link_id="operation", path=["a1"], value=True),
        an_event(link_id="operation-date", path=["a1"], value="2024-05"),
        an_event(link_id="leg-pain", value={"absent": "asked-unknown"}),
    )
    helper = let_in(phone)
    helper.sync(an_event(value="from the helper", author_role="helper"))
    reply = export(phone, "export.html")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="my-answers.html"'
    page = reply.text
    assert "<script" not in page
    assert "from the helper" in page
    assert "(Anna (daughter), " in page
    assert "(the patient, " in page
    before = page.index("Before that: &lt;script&gt;")
    assert page.index("from the helper") < before
    assert "May 2024" in page
    assert "Not sure" in page


def test_link_for_another_phone_of_the_patient_lends_its_name_to_no_answer(phone: Phone):
    phone.start()
    other = let_in(phone, role="patient", name="My other phone", relationship="")
    other.sync(an_event(value="from there"), an_event(value="with help", author_role="helper"))
    page = export(phone, "export.html").text
    assert "My other phone" not in page
    assert "(a helper, " in page


def test_page_bears_what_is_no_longer_there(phone: Phone):
    phone.start(
        an_event(link_id="operation", path=["a1"], value=True),
        an_event(link_id="operation-date", path=["a1"], value="2024-05"),
        an_event(link_id="operation", path=["a1"], value=None),
    )
    page = export(phone, "export.html").text
    assert "(taken away)" in page
    assert "May 2024" in page


@pytest.mark.parametrize("name", FORMATS)
def test_unknown_response_is_refused(phone: Phone, name: str):
    phone.start()
    assert_error(export(phone.twin(response_id=str(uuid4())), name), 404, "unknown-response")


def test_what_a_helper_said_of_the_patients_agreement_is_in_the_export(phone: Phone):
    phone.sync(an_event(author_role="helper"), consent=a_consent(agreed_by="helper"))
    let_in(phone, name="Ben", patient_agreed=True)

    first, made = export(phone, "export.json").json()["participants"]

    assert first["agreement"] is None
    assert made["agreement"] == {"said_by": phone.response_id, "said_at": "2026-03-01T12:00:00Z"}
    page = export(phone, "export.html").text
    assert (
        "A helper made a link for Ben, and said on 1 March 2026, 12:00 UTC that the patient" in page
    )
