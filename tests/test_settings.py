from pathlib import Path

import pytest
from pydantic import ValidationError

from fbss_app.settings import Settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FBSS_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_every_setting_has_a_default_and_a_description():
    Settings()
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / ".env").write_text("FBSS_PORT=9001\nFBSS_HOST=0.0.0.0\nUNRELATED=1\n")
    monkeypatch.setenv("FBSS_PORT", "9002")
    settings = Settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 9002)


def test_database_is_a_file_in_the_data_folder_unless_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("FBSS_DATA_DIR", "elsewhere")
    monkeypatch.setenv("FBSS_DATABASE_URL", "")
    expected = tmp_path / "elsewhere" / "after-back-surgery.sqlite3"
    assert Settings().database_url == f"sqlite:///{expected}"
    monkeypatch.setenv("FBSS_DATABASE_URL", "postgresql://fbss@localhost/fbss")
    assert Settings().database_url == "postgresql://fbss@localhost/fbss"


def test_public_address_follows_host_and_port_unless_set():
    assert Settings(host="::1", port=81).public_url == "http://[::1]:81"
    assert Settings(public_url="https://Example.org:8443/").public_url == "https://example.org:8443"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"),
        ("port", "65536"),
        ("port", "http"),
        ("host", " "),
        ("country", "GB"),
        ("country", "gbr"),
        ("draft_days", "0"),
        ("max_body_bytes", "1"),
        ("max_events_per_call", "0"),
        ("database_url", "mysql://user:hunter2@host/name"),
        ("database_url", "postgresql+psycopg://fbss:hunter2@localhost/fbss"),
        ("database_url", "postgresql+asyncpg://fbss:hunter2@localhost/fbss"),
        ("database_url", "postgresql://localhost/fbss"),
        ("database_url", "postgresql://fbss:hunter2@localhost"),
        ("database_url", "postgresql://fbss@localhost/fbss?password=hunter2"),
        ("database_url", "postgresql://fbss@localhost/fbss?sslmode=hunter2"),
        ("database_url", "sqlite://"),
        ("database_url", "sqlite:///"),
        ("public_url", "example.org"),
        ("public_url", "https://example.org/app"),
        ("public_url", "https://user:hunter2@example.org"),
        ("public_url", "ftp://example.org"),
    ],
)
def test_impossible_setting_is_refused_by_name_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(f"FBSS_{name.upper()}", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert caught.value.errors()[0]["loc"] == (name,)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://fbss@localhost/fbss",
        "postgresql+pg8000://fbss:hunter2@localhost:5433/fbss",
        "postgresql://fbss@localhost/fbss?sslmode=verify-full&sslrootcert=authorities.pem",
        "postgresql://fbss@/fbss?unix_sock=/run/postgresql/.s.PGSQL.5432",
    ],
)
def test_postgresql_is_accepted(url: str):
    assert Settings(database_url=url).database_url == url


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_driver_that_is_not_part_of_the_app_is_refused_with_a_way_out(driver: str):
    with pytest.raises(ValidationError, match=r"psycopg is not part .* postgresql://"):
        Settings(database_url=f"postgresql+{driver}://fbss@localhost/fbss")


def test_password_of_the_database_is_not_printed():
    settings = Settings(database_url="postgresql://fbss:hunter2@localhost/fbss")
    assert "hunter2" not in repr(settings)
