import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fbss_app.__main__ import main
from fbss_app.launch.database import migrate, opened_database
from fbss_app.launch.maintenance import first_clinic_lines
from fbss_app.launch.serve import _say_how_to_begin
from fbss_app.server.services.clinic.staff.set_up import Founding, found_clinic, read_set_up_link
from fbss_app.server.services.clinic.staff.set_up_links import Purpose
from fbss_app.settings import Settings
from tests.server.log_lines import captured_log

FOUNDING = Founding(
    "North Clinic", "gb", "head@example.org", "Ada Quill", "kettle orbit lantern sofa"
)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FBSS_{name.upper()}", raising=False)
    monkeypatch.setenv("FBSS_PUBLIC_URL", "https://clinic.example")
    settings = Settings()
    migrate(settings)
    return settings


def secret_of(line: str) -> str:
    address, _, secret = line.partition("#")
    assert address == "https://clinic.example/clinic/set-up"
    return secret


def test_start_tells_how_the_first_clinic_is_founded_until_there_is_one(
    settings: Settings, capsys: pytest.CaptureFixture[str]
):
    _say_how_to_begin(settings)
    words, link = capsys.readouterr().out.splitlines()
    assert "works once" in words
    with opened_database(settings) as database:
        assert found_clinic(database, secret_of(link), FOUNDING, now())
    _say_how_to_begin(settings)
    assert capsys.readouterr().out == ""
    assert list(first_clinic_lines(settings)) == []


def test_start_goes_on_where_the_database_does_not_answer(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    broken = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}"})
    _say_how_to_begin(broken)
    assert capsys.readouterr().out.startswith("No link to found a clinic: ")


def test_command_gives_a_link_whether_or_not_there_is_a_clinic(
    settings: Settings, capsys: pytest.CaptureFixture[str]
):
    assert main(["clinic-link"]) == 0
    first = secret_of(capsys.readouterr().out.strip())
    with opened_database(settings) as database:
        assert found_clinic(database, first, FOUNDING, now())
        assert main(["clinic-link"]) == 0
        second = secret_of(capsys.readouterr().out.strip())
        assert read_set_up_link(database, second, now()).purpose is Purpose.FOUND


def test_command_lets_an_administrator_in_again_who_lost_everything(
    settings: Settings, capsys: pytest.CaptureFixture[str]
):
    main(["clinic-link"])
    with opened_database(settings) as database:
        found_clinic(database, secret_of(capsys.readouterr().out.strip()), FOUNDING, now())
        with captured_log():
            assert main(["let-in", "Head@Example.org"]) == 0
        told = capsys.readouterr()
        about, once, link, *_ = told.out.splitlines()
        assert about.startswith("Ada Quill of North Clinic chooses a new password")
        assert "once" in once
        found = read_set_up_link(database, secret_of(link), now())
        assert (found.purpose, found.email) == (Purpose.RESET, "head@example.org")
    assert "operator-let-in" in told.err
    assert "example.org" not in told.err
    assert secret_of(link) not in told.err


def test_command_says_in_a_sentence_whom_it_cannot_let_in(
    settings: Settings, capsys: pytest.CaptureFixture[str]
):
    with captured_log():
        assert main(["let-in", "nobody@example.org"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("No member of staff of any clinic logs in with this e-mail address.")
    with pytest.raises(SystemExit):
        main(["let-in"])
    assert "email" in capsys.readouterr().err


def test_command_tells_whether_the_audit_trail_is_whole(
    settings: Settings, capsys: pytest.CaptureFixture[str]
):
    main(["clinic-link"])
    with opened_database(settings) as database:
        found_clinic(database, secret_of(capsys.readouterr().out.strip()), FOUNDING, now())
    assert main(["verify-audit"]) == 0
    assert capsys.readouterr().out == "Every audit trail is whole.\n"
    with sqlite3.connect(settings.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET action = 'logged-in'")
    connection.close()
    assert main(["verify-audit"]) == 1
    told = capsys.readouterr()
    assert "entry 1: this entry, or the one before it, was changed." in told.out
    assert "The audit trail was changed." in told.err
