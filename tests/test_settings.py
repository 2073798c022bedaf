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
        ("operator_name", "{draft_days} hunter2"),
        ("operator_name", "two\nlines hunter2"),
        ("operator_contact", "hunter2 without a name"),
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
        ("redis_url", "localhost:6379"),
        ("redis_url", "http://:hunter2@localhost"),
        ("redis_url", "redis://"),
        ("redis_url", "redis:///0"),
        ("rate_limit_key", "hunter2"),
        ("trusted_proxies", "hunter2"),
        ("trusted_proxies", "10.0.0.1/8"),
        ("trusted_proxies", "10.0.0.0/8,,"),
        ("phones_per_address", "39"),
        ("log_format", "xml"),
        ("smtp_url", "http://user:hunter2@host"),
        ("smtp_url", "smtps://user@host"),
        ("smtp_url", "smtps://:hunter2@host"),
        ("smtp_url", "smtps://user:hunter2@host:70000"),
        ("smtp_url", "smtps://user:hunter2@host/path"),
        ("smtp_url", "smtps://user:hunter2@ho\u2100st"),
        ("smtp_url", "smtp://user:hunter2@mail.example.org"),
        ("smtp_url", "smtps://"),
        ("mail_from", "Clinic <clinic@example.org>"),
        ("mail_from", "clinic@example.org\nBcc: x@example.org"),
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


def test_proxies_are_addresses_and_networks_with_commas_between(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FBSS_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8")
    proxies = Settings().trusted_proxies
    assert proxies is not None
    assert [str(each) for each in proxies] == ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"]


def test_addresses_reach_redis_only_hashed_with_a_key(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FBSS_REDIS_URL", "rediss://:hunter2@redis.example.org:6380/1")
    with pytest.raises(ValidationError, match="FBSS_REDIS_URL needs it") as caught:
        Settings()
    assert caught.value.errors()[0]["loc"] == ("rate_limit_key",)
    monkeypatch.setenv("FBSS_RATE_LIMIT_KEY", "k" * 32)
    settings = Settings()
    assert settings.redis_url == "rediss://:hunter2@redis.example.org:6380/1"
    assert "hunter2" not in repr(settings)
    assert "k" * 32 not in repr(settings)


def test_whoever_is_named_can_also_be_reached(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FBSS_OPERATOR_NAME", "North Spine Trust")
    with pytest.raises(ValidationError, match="FBSS_OPERATOR_NAME names"):
        Settings()
    monkeypatch.setenv("FBSS_OPERATOR_CONTACT", "data@north.example")
    assert Settings().operator_name == "North Spine Trust"
