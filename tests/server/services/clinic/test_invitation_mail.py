import re
import socket
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.invitations import invitation_mail
from fbss_app.server.services.clinic.invitations.invitation_mail import MailReport, mail_invitations
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    invite,
    list_invitations,
    renew_invitation,
    revoke_invitation,
)
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START
from tests.server.mail_server import (
    PASSWORD,
    USER,
    make_certificate,
    running_mail_server,
)
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.staff import make_clinic, make_staff

SENDER = "invitations@clinic.example"
LOGIN = f"{USER}:{quote(PASSWORD, safe='')}@"
# Words that would tell a reader of somebody's mailbox what is wrong with them.
TELLING = r"\b(pain|back|spine|surgery|operation|health|patient|clinic side|symptom)\w*"


@pytest.fixture
def staff(database: Database) -> Staff:
    clinic_id = make_clinic(database)
    with database.unit_of_work() as unit:
        row = unit.clinics.get(clinic_id)
        assert row
        row.phone = "+44 20 7946 0000"
    return make_staff(database, clinic_id)


@pytest.fixture
def made(database: Database, staff: Staff) -> tuple[NewInvitation, ...]:
    people = [
        Invitee("Jo 17", "jo@example.org"),
        Invitee("No address"),
        Invitee("Al 3", "al@example.org"),
    ]
    return invite(database, staff, "small", people, 30, START)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificates"))


def mail(database: Database, settings: Settings, staff: Staff, made, url: str) -> MailReport:
    changes = {
        "smtp_url": SecretStr(url),
        "mail_from": SENDER,
        "public_url": "https://app.example",
    }
    return mail_invitations(database, settings.model_copy(update=changes), staff, made, START)


def mailed(database: Database, staff: Staff) -> set[str]:
    page = list_invitations(database, staff, InvitationQuery(), START)
    return {row.label for row in page.rows if row.mailed_at == START}


def test_letter_asks_and_tells_nothing(
    database: Database, settings: Settings, staff: Staff, made, capsys
):
    with running_mail_server() as box:
        report = mail(database, settings, staff, made, f"smtp://localhost:{box.port}")

    assert report == MailReport((made[0].id, made[2].id))
    assert [to for to, _ in box.letters] == ["jo@example.org", "al@example.org"]
    _, letter = box.letters[0]
    assert letter["From"] == f"North Clinic <{SENDER}>"
    assert letter["To"] == "jo@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content().replace("\r\n", "\n")
    assert f"https://app.example/invited#{made[0].secret}\n" in text
    assert "North Clinic asks you to fill in a questionnaire before your visit." in text
    assert "until 31 March 2026" in text
    assert "+44 20 7946 0000" in text
    assert "You need not do this" in text
    assert "Jo 17" not in letter.as_string()
    assert made[2].secret not in text
    words = re.sub(r"https://\S+", "", f"{letter['Subject']} {text}")
    assert not re.findall(TELLING, words, re.IGNORECASE)

    assert mailed(database, staff) == {"Jo 17", "Al 3"}
    trail = audit_of(database, staff.clinic_id)
    told = [subject for _, action, subject, _ in trail if action == Action.INVITATION_SENT]
    assert told == [made[0].id, made[2].id]
    said = str(trail) + "".join(capsys.readouterr())
    assert "example.org" not in said
    assert made[0].secret not in said


@pytest.mark.parametrize("tls", ["smtp+starttls", "smtps"])
def test_connection_is_encrypted_before_the_password(
    database: Database,
    settings: Settings,
    staff: Staff,
    made,
    certificate,
    tls: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with running_mail_server(certificate, tls_at_once=tls == "smtps", needs_user=True) as box:
        report = mail(database, settings, staff, made, f"{tls}://{LOGIN}localhost:{box.port}")
        assert report.problem == ""
        assert box.over_tls == [True, True]

        wrong = mail(database, settings, staff, made, f"{tls}://{USER}:x@localhost:{box.port}")
    assert "user or the password" in wrong.problem
    assert wrong.sent == ()


@pytest.mark.parametrize("tls", ["smtp+starttls", "smtps"])
@pytest.mark.parametrize("what", ["unknown", "other-name", "none"])
def test_nothing_goes_out_over_a_connection_that_is_not_safe(
    database: Database,
    settings: Settings,
    staff: Staff,
    made,
    certificate,
    tmp_path: Path,
    tls: str,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
):
    shown = certificate
    if what == "other-name":
        shown = make_certificate(tmp_path, "elsewhere.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(shown[0]))
    if what == "none":
        shown = None
    with running_mail_server(shown, tls_at_once=bool(shown) and tls == "smtps") as box:
        report = mail(database, settings, staff, made, f"{tls}://localhost:{box.port}")
    assert "no safe connection" in report.problem
    assert box.letters == []
    assert mailed(database, staff) == set()


def test_address_that_is_refused_does_not_stop_the_others(
    database: Database, settings: Settings, staff: Staff, made
):
    with running_mail_server() as box:
        box.refused.add("jo@example.org")
        report = mail(database, settings, staff, made, f"smtp://localhost:{box.port}")
    assert [each for each, _ in report.failed] == [made[0].id]
    assert report.sent == (made[2].id,)
    assert mailed(database, staff) == {"Al 3"}


def test_broken_connection_keeps_what_went_out(
    database: Database, settings: Settings, staff: Staff, made
):
    with running_mail_server() as box:
        box.hangs_up_after = 1
        report = mail(database, settings, staff, made, f"smtp://localhost:{box.port}")
    assert report.sent == (made[0].id,)
    assert "did not answer" in report.problem
    assert mailed(database, staff) == {"Jo 17"}


def test_mail_server_that_is_away_or_says_nothing_is_told(
    database: Database, settings: Settings, staff: Staff, made, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(invitation_mail, "_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert (
            "did not answer"
            in mail(database, settings, staff, made, f"smtp://127.0.0.1:{port}").problem
        )
    assert (
        "did not answer"
        in mail(database, settings, staff, made, f"smtp://127.0.0.1:{port}").problem
    )


def test_what_ended_meanwhile_is_not_sent(
    database: Database, settings: Settings, staff: Staff, made
):
    revoke_invitation(database, staff, made[0].id, START)
    renew_invitation(database, staff, made[2].id, START + timedelta(minutes=1))
    with running_mail_server() as box:
        report = mail(database, settings, staff, made, f"smtp://localhost:{box.port}")
    assert box.letters == []
    assert {each for each, _ in report.failed} == {made[0].id, made[2].id}


def test_another_clinics_invitation_is_not_sent(
    database: Database, settings: Settings, staff: Staff, made
):
    other = make_staff(database, make_clinic(database, "south"))
    with running_mail_server() as box:
        report = mail(database, settings, other, made, f"smtp://localhost:{box.port}")
    assert box.letters == []
    assert report.sent == ()


def test_without_a_mail_server_it_says_so(
    database: Database, settings: Settings, staff: Staff, made
):
    with pytest.raises(RefusedError, match="Hand the links over"):
        mail_invitations(database, settings, staff, made, START)
