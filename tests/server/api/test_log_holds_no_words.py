"""Everything that can happen to the API, with words, secrets and addresses that no log may hold."""

import json
import logging
import re
import secrets
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.api.v1 import responses
from fbss_app.server.services import summary_pdf
from fbss_app.server.services.clinic.invitations.invitations import Invitee, invite
from tests.server.api.v1.test_links import let_in, make_code, open_code
from tests.server.builders import CANARY, START, Phone, a_consent, an_event
from tests.server.log_lines import captured_log
from tests.server.services.clinic.staff import make_clinic, make_staff

ADDRESS = "203.0.113.77"
FORWARDED = "198.51.100.88"
AGENT = "canary-agent/1.0"
# The client that calls, and does log where.
OF_THE_TEST = ("httpx2", "httpcore")
EVENTS = {
    "answers-sent",
    "answers-taken-back",
    "api-call",
    "calls-refused",
    "code-made",
    "forwarded-address-ignored",
    "link-made",
    "links-ended",
    "opened-with-code",
    "response-erased",
    "response-synced",
    "storage-unavailable",
    "unexpected-error",
}


def invited(api: FastAPI) -> str:
    """Invite somebody to a clinic, and give the secret."""
    database = api.state.context.database
    staff = make_staff(database, make_clinic(database, CANARY), email=f"{CANARY}@example.org")
    invitee = Invitee(CANARY, f"{CANARY}@example.org")
    return invite(database, staff, "small", [invitee], 60, START)[0].secret


def send_to_clinic(phone: Phone, invitation: str) -> list:
    """Send, look, take back, and do each of them with something wrong."""
    url, client = f"{phone.url}/submission", phone.client
    headers = {**phone.headers, "X-Invitation-Secret": invitation}
    stranger = {**phone.headers, "X-Invitation-Secret": secrets.token_urlsafe(32)}
    body = {"consent": a_consent(), "last_sequence": phone.cursor}
    return [
        *(
            client.post("/api/v1/invitations/open", json={}, headers=each)
            for each in (headers, stranger)
        ),
        client.put(url, json=body, headers=stranger),
        client.put(url, json=body | {"last_sequence": 9999}, headers=headers),
        client.put(url, json=body | {CANARY: CANARY}, headers=headers),
        client.put(url, json=body, headers=headers),
        client.get(url, headers=phone.headers),
        listed := client.get(f"{url}s", headers=phone.headers),
        client.delete(f"{url}s/{uuid4()}", headers=phone.headers),
        client.delete(f"{url}s/{listed.json()['submissions'][0]['id']}", headers=phone.headers),
        client.put(url, json=body, headers=headers),
        client.delete(url, headers=phone.headers),
        client.get(url, headers=phone.headers),
    ]


def drive(api: FastAPI, phone: Phone, invitation: str, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Call the API in every way, and return the statuses met."""
    statuses: set[int] = set()

    def note(reply):
        statuses.add(reply.status_code)
        return reply

    def post(content: bytes, **headers: str):
        sent = {"Content-Type": "application/json", **phone.headers, **headers}
        return note(phone.client.post(f"{phone.url}/sync", content=content, headers=sent))

    # As it should be.
    event = an_event(value=CANARY)
    phone.start(event, an_event(link_id="treatment", value=[{"other": CANARY}]))
    statuses.add(200)
    note(phone.twin().sync())
    note(phone.client.get(f"{phone.url}/summary.pdf", headers=phone.headers))
    note(phone.client.get(f"{phone.url}/export.html", headers=phone.headers))
    guest = let_in(phone, name=CANARY, relationship=CANARY)
    note(phone.client.post("/api/v1/links/open", json={}, headers=guest.headers))
    note(phone.client.delete(f"{phone.url}/links/{guest.link_id}", headers=phone.headers))
    sent = [note(reply).status_code for reply in send_to_clinic(phone, invitation)]
    assert sent == [200, 404, 404, 409, 422, 200, 200, 200, 404, 204, 200, 204, 404]
    code = make_code(phone)
    note(open_code(phone.client, code))
    note(open_code(phone.client, CANARY))
    # With mistakes of the caller.
    note(phone.sync(event | {"value": f"{CANARY}-2"}))
    note(
        phone.sync(an_event(value=[CANARY]), an_event(link_id=CANARY), an_event(author_role=CANARY))
    )
    note(phone.sync(an_event(value=CANARY), **{CANARY: 1}))
    note(phone.sync(questionnaire=CANARY))
    note(phone.sync(version=CANARY))
    note(phone.sync(consent=a_consent(version=CANARY, text_sha256=CANARY)))
    post(f'{{"{CANARY}"'.encode())
    post(f'"{CANARY}\\ud800"'.encode())
    post(CANARY.encode() + b"\xff")
    post(b"{}", **{"Content-Type": f"text/{CANARY}"})
    post(f'"{CANARY * 3000}"'.encode())
    post(b"{}", **{"Sec-Fetch-Site": "cross-site"})
    post(b"{}", **{"X-Response-Secret": f"{CANARY}\\n{phone.secret}"})
    note(phone.twin(secret=secrets.token_urlsafe(32)).sync(an_event(value=CANARY)))
    note(phone.twin(response_id=CANARY).sync())
    note(phone.client.get(f"/api/v1/{CANARY}?secret={phone.secret}"))
    note(phone.client.put(phone.url))
    note(phone.client.request(CANARY.upper(), phone.url))
    # With mistakes of the server.
    with monkeypatch.context() as patch:
        patch.setattr(responses, "sync_response", _fail)
        note(phone.sync(an_event(value=CANARY)))
    with monkeypatch.context() as patch:
        patch.setattr(summary_pdf, "summary_document", _fail)
        note(phone.client.get(f"{phone.url}/summary.pdf", headers=phone.headers))
    with monkeypatch.context() as patch:
        patch.setattr("fbss_app.server.services.unit_of_work.Session.flush", _no_disk)
        note(phone.sync(an_event(value=CANARY)))
    with monkeypatch.context() as patch:
        patch.setattr("fbss_app.server.api.app.HTTPException", _fail)
        note(phone.client.get(f"/api/{CANARY}"))
    logging.getLogger("asyncio").warning("slow callback", exc_info=RuntimeError(CANARY))
    # Too often.
    for _ in range(70):
        note(phone.sync())
    for _ in range(12):
        note(phone.twin(secret=secrets.token_urlsafe(32)).erase())
    done = Phone(phone.client)
    done.start(an_event(value=CANARY))
    note(done.erase())
    return statuses


def _fail(*arguments, **named):
    raise RuntimeError(f"{CANARY} {arguments} {named}")


def _no_disk(*_arguments):
    raise OSError(f"disk full while writing {CANARY}")


def test_log_holds_no_answer_secret_address_or_path(
    api: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    invitation = invited(api)
    caplog.set_level(logging.DEBUG)
    with captured_log(logging.DEBUG) as stream, TestClient(api, client=(ADDRESS, 4711)) as client:
        client.headers |= {"User-Agent": AGENT, "X-Forwarded-For": FORWARDED}
        client.headers["Referer"] = f"https://example.org/{CANARY}"
        phone = Phone(client, str(uuid4()))
        statuses = drive(api, phone, invitation, monkeypatch)
        log = stream.getvalue()

    assert statuses >= {200, 204, 400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503}
    lines = [json.loads(line) for line in log.splitlines()]
    own = [line for line in lines if line["logger"].startswith("fbss_app.")]
    assert {line["event"] for line in own} == EVENTS
    for line in own:
        assert re.fullmatch("[0-9a-f]{32}", line["correlation_id"]), line
        assert list(line)[:5] == ["time", "level", "event", "logger", "correlation_id"]
    calls = [line for line in own if line["event"] == "api-call"]
    assert len({line["correlation_id"] for line in calls}) == len(calls) > 100

    records = [each for each in caplog.records if not each.name.startswith(OF_THE_TEST)]
    for text in (log, "\n".join(f"{each.getMessage()} {each.args}" for each in records)):
        assert phone.secret not in text
        assert phone.secret[:20] not in text
        assert invitation[:20] not in text
        for word in (CANARY, CANARY.upper(), ADDRESS, FORWARDED, AGENT, "example.org"):
            assert word not in text, word
        assert f"/responses/{phone.response_id}" not in text
        assert not re.search(r"/responses/[^{/\s]", text)
