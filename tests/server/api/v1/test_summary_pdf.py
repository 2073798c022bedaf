"""The summary as a PDF, over the API."""

import pytest

from fbss_app.server.documents.summary_document import FilledIn
from fbss_app.server.documents.typesetting import DocumentTooLongError, TypesetterBusyError
from fbss_app.server.services import summary_pdf
from tests.server.api.v1.test_links import let_in
from tests.server.builders import CANARY, Phone, an_event, assert_error
from tests.server.documents.pdf import Pdf


def get(phone: Phone, **headers: str):
    return phone.client.get(f"{phone.url}/summary.pdf", headers={**phone.headers, **headers})


def test_saved_answers_come_back_as_a_pdf_that_is_kept_nowhere(phone: Phone):
    phone.start(an_event(link_id="leg-pain", value=7))

    reply = get(phone)

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"] == 'attachment; filename="summary.pdf"'
    assert reply.headers["cache-control"] == "no-store"
    assert "Small, version 1" in Pdf.read(reply.content).text


def test_pdf_needs_the_secret(phone: Phone):
    phone.start(an_event())

    assert_error(get(phone.twin(secret="x" * 43)), 404, "unknown-response")
    assert_error(phone.client.get(f"{phone.url}/summary.pdf"), 422, "invalid-content")


def test_unknown_erased_and_expired_responses_are_told_alike(phone: Phone, clock):
    unknown = get(phone)
    assert_error(unknown, 404, "unknown-response")

    phone.start(an_event())
    phone.erase()
    assert get(phone).json() == unknown.json()

    other = Phone(phone.client)
    other.start(an_event())
    clock.advance(days=31)
    assert get(other).json() == unknown.json()


def test_pdf_changes_nothing(phone: Phone):
    phone.start(an_event())
    before = phone.twin().sync().json()
    get(phone)

    assert phone.twin().sync().json() == before


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(DocumentTooLongError, 422, "pdf-too-long"), (TypesetterBusyError, 503, "pdf-busy")],
)
def test_pdf_that_cannot_be_made_is_told_in_plain_words(
    phone: Phone, monkeypatch, fault, status, code
):
    def fail(*_arguments):
        raise fault("why")

    monkeypatch.setattr(summary_pdf, "summary_document", fail)
    phone.start(an_event())

    assert_error(get(phone), status, code)


def test_fault_of_the_typesetter_logs_no_answer(phone: Phone, monkeypatch, caplog):
    def fail(*_arguments):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(summary_pdf, "summary_document", fail)
    phone.start(an_event(value=CANARY))

    assert_error(get(phone), 500, "unexpected-error")
    assert CANARY not in caplog.text


def test_pdf_for_a_helper_knows_what_the_patient_answered_alone_and_not_what(
    phone: Phone, monkeypatch
):
    made: list[FilledIn] = []
    monkeypatch.setattr(
        summary_pdf, "summary_document", lambda filled, _now: made.append(filled) or b"%PDF"
    )
    masked = an_event(link_id="leg-pain", value={"absent": "masked"})
    phone.start(masked, an_event(link_id="leg-pain", value=7))

    for one in (phone, let_in(phone)):
        assert get(one).status_code == 200

    of_patient, of_helper = (filled.evaluation for filled in made)
    assert (of_patient.alone, of_patient.answer("leg-pain")) == (frozenset(), 7)
    assert of_helper.alone == {"leg-pain"}
    assert 7 not in of_helper.answers.values()
