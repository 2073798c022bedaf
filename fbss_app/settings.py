"""Typed settings, read once from the environment (`FBSS_...`) or from a `.env` file.

Every default suits one clinic on one machine. Opens and creates nothing.
"""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DATABASE_FILE_NAME = "after-back-surgery.sqlite3"
KEY_FILE_NAME = "encryption-keys"
_DATABASE_SCHEMES = ("sqlite:///", "postgresql://", "postgresql+pg8000://")
_POSTGRESQL_PARAMETERS = ("application_name", "sslmode", "sslrootcert", "unix_sock")
_MAIL_SCHEMES: dict[str, tuple[Literal["at-once", "starttls", "none"], int]] = {
    "smtp+starttls": ("starttls", 587),
    "smtps": ("at-once", 465),
    "smtp": ("none", 25),
}
# No braces: what stands in them in a text is filled in.
_PLAIN_LINE = r"^[^\s{}][^\x00-\x1f\x7f{}]+$"
_SSL_MODES = ("disable", "prefer", "require", "verify-ca", "verify-full")


def _database_beside(values: dict[str, Any]) -> str:
    """Return the URL of the SQLite file in the data folder, wherever the process later moves to."""
    return f"sqlite:///{Path(values['data_dir']).absolute() / DATABASE_FILE_NAME}"


def _key_file_beside(values: dict[str, Any]) -> Path:
    """Return the key file in the data folder, wherever the process later moves to."""
    return Path(values["data_dir"]).absolute() / KEY_FILE_NAME


def _own_address(values: dict[str, Any]) -> str:
    # Every interface is no address to go to: this machine is.
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(values["host"], str(values["host"]))  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{values['port']}"


def _check_postgresql(url: str) -> None:
    parts = urlsplit(url)
    if not parts.username or not parts.path.strip("/"):
        raise ValueError("name a user and a database: postgresql://user:password@host/name")
    parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(parameters.keys() - set(_POSTGRESQL_PARAMETERS)):
        raise ValueError(
            f"leave out {', '.join(unknown)}: after the question mark stand only "
            f"{', '.join(_POSTGRESQL_PARAMETERS)}"
        )
    if parameters.get("sslmode", "prefer") not in _SSL_MODES:
        raise ValueError(f"sslmode is one of {', '.join(_SSL_MODES)}")


class MailServer(NamedTuple):
    """Where e-mail is handed in: `tls` is from the start, after STARTTLS, or not at all."""

    host: str
    port: int
    tls: Literal["at-once", "starttls", "none"]
    user: str
    password: str


def mail_server_of(url: str) -> MailServer:
    """Read the URL of a mail server, or raise `ValueError`; the message never has the password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        # Its message would have the password.
        raise ValueError("write a whole address, such as smtps://host:465") from None
    tls, usual_port = _MAIL_SCHEMES.get(parts.scheme, (None, 0))
    if tls is None:
        raise ValueError(f"start it with one of {', '.join(_MAIL_SCHEMES)}, then ://")
    try:
        host, port = parts.hostname, parts.port or usual_port
    except ValueError:
        raise ValueError("the port is a number up to 65535") from None
    if not host or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("write nothing after the host and port, such as smtps://host:465")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("name both user and password, or neither")
    if tls == "none" and host not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("smtp:// is not encrypted: use it for localhost only")
    return MailServer(host, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


class Settings(BaseSettings):
    """What a deployment may choose. The environment wins over `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="FBSS_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        # A database URL may hold a password: an error at start must not print it.
        hide_input_in_errors=True,
    )

    host: str = Field(
        default="127.0.0.1",
        pattern=r"^\S+$",
        description="Address the server listens on. 0.0.0.0 means every network interface.",
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8000, description="Port the server listens on."
    )
    public_url: str = Field(
        default_factory=_own_address,
        description=(
            "Address people type to reach the app, such as https://example.org, without a path. "
            "Only pages from this address may call the API. Follows host and port unless set."
        ),
    )
    data_dir: Path = Field(
        default=Path("data"),
        description="Folder for what the server keeps. Made at the first start, private.",
    )
    database_url: str = Field(
        default_factory=_database_beside,
        repr=False,
        description=(
            "Where answers are stored: sqlite:///path/to/file or "
            "postgresql://user:password@host/name, with ?sslmode=verify-full if need be. "
            f"A SQLite file called {DATABASE_FILE_NAME} in data_dir unless set."
        ),
    )
    encryption_keys: SecretStr | None = Field(
        default=None,
        description=(
            "Keys that encrypt saved answers, each as id:base64url with 32 bytes, with commas "
            "between them; the first one is in use. Those of the key file unless set."
        ),
    )
    encryption_key_file: Path = Field(
        default_factory=_key_file_beside,
        description=(
            "File with the encryption keys, used where no keys are set. Made at the first start, "
            f"private. A file called {KEY_FILE_NAME} in data_dir unless set."
        ),
    )
    country: Annotated[str, Field(pattern="^[a-z]{2}$")] = Field(
        default="gb",
        description="Two-letter country code. Chooses the emergency numbers shown first.",
    )
    questionnaires_dir: Path | None = Field(
        default=None,
        description="Folder with further questionnaire definitions (YAML). None unless set.",
    )
    max_body_bytes: Annotated[int, Field(ge=1024)] = Field(
        default=1_048_576, description="Largest request body the API reads, in bytes."
    )
    max_events_per_call: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=500, description="Most answers one sync call may bring, and most it gives back."
    )
    max_events_per_response: Annotated[int, Field(ge=1)] = Field(
        default=20_000,
        description="Most answers, changes included, kept for one filled-in questionnaire.",
    )
    draft_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=30, description="Days after the last sync until saved answers are deleted."
    )

    operator_name: Annotated[str, Field(max_length=120, pattern=_PLAIN_LINE)] | None = Field(
        default=None,
        description=(
            "Who runs this copy and answers for what people save on it: the organisation's full "
            "name, for the privacy page and the consent. Unset, they say that nobody has said."
        ),
    )
    operator_contact: Annotated[str, Field(max_length=200, pattern=_PLAIN_LINE)] | None = Field(
        default=None,
        validate_default=True,
        description=(
            "How people reach them with questions on their data: an e-mail or postal address or "
            "a telephone number. Needed with FBSS_OPERATOR_NAME only."
        ),
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...] | None, NoDecode] = Field(
        default=None,
        description=(
            "Addresses or networks of the proxies in front of the app, such as 127.0.0.1, with "
            "commas between. Only from them X-Forwarded-For and X-Request-Id are believed."
        ),
    )
    phones_per_address: Annotated[int, Field(ge=40, le=10_000)] = Field(
        default=40,
        description=(
            "How many phones may share one internet address, as in a waiting room. Rate limits by "
            "address grow with it."
        ),
    )
    redis_url: str | None = Field(
        default=None,
        repr=False,
        description=(
            "Where several processes count calls for the rate limits together: "
            "redis://:password@host:6379/0, or rediss:// for an encrypted connection. Each counts "
            "for itself unless set."
        ),
    )
    rate_limit_key: Annotated[str, Field(min_length=32)] | None = Field(
        default=None,
        repr=False,
        validate_default=True,
        description=(
            "Long random text with which internet addresses and codes are hashed before they reach "
            "Redis; the same for all processes. Needed with FBSS_REDIS_URL only."
        ),
    )
    second_factor: Literal["required", "optional"] = Field(
        default="required",
        description=(
            "Whether staff of clinics need a code from an authenticator app besides their "
            "password: required, or optional for each of them."
        ),
    )
    webhook_allow_private: bool = Field(
        default=False,
        description=(
            "Whether a clinic may have its own system called at an address of this machine or of a "
            "private network, when answers arrive."
        ),
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description=(
            "Mail server for invitations by e-mail: smtp+starttls://user:password@host:587 or "
            "smtps://user:password@host:465; smtp:// only for one on this machine. Clinics hand "
            "their links over themselves unless set."
        ),
    )
    mail_from: str | None = Field(
        default=None,
        validate_default=True,
        description="Address that such e-mails come from. Needed with FBSS_SMTP_URL only.",
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto",
        description=(
            "How the log is written: json, text, or auto for text on a terminal and json elsewhere."
        ),
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(each.strip()) for each in value.split(","))
        except ValueError:
            raise ValueError(
                "write addresses or networks with commas between, such as 127.0.0.1, 10.0.0.0/8"
            ) from None

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"rediss?://[^\s/][^\s]*", value):
            raise ValueError(
                "write redis:// or rediss://, then the host, such as redis://localhost"
            )
        return value

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            mail_server_of(value.get_secret_value())
        return value

    @field_validator("operator_contact")
    @classmethod
    def _is_named_and_reached(cls, value: str | None, info: ValidationInfo) -> str | None:
        name = info.data.get("operator_name")
        if value is None and name is not None:
            raise ValueError("set it, so that people can reach whom FBSS_OPERATOR_NAME names")
        if value is not None and name is None:
            raise ValueError("set FBSS_OPERATOR_NAME too: it is about them")
        return value

    @field_validator("mail_from")
    @classmethod
    def _has_sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("smtp_url"):
            raise ValueError("set it to an e-mail address: FBSS_SMTP_URL needs it")
        if value is not None and not re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", value):
            raise ValueError("write an e-mail address alone, such as clinic@example.org")
        return value

    @field_validator("rate_limit_key")
    @classmethod
    def _hides_addresses(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("redis_url"):
            raise ValueError("set it to a long random text: FBSS_REDIS_URL needs it")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.startswith("postgresql+psycopg"):
            raise ValueError(
                "psycopg is not part of this app: begin it with postgresql:// and name no driver"
            )
        if not value.startswith(_DATABASE_SCHEMES) or value == "sqlite:///":
            raise ValueError(
                f"start it with one of {', '.join(_DATABASE_SCHEMES)} and name a database"
            )
        if value.startswith("postgresql"):
            _check_postgresql(value)
        return value

    @field_validator("public_url")
    @classmethod
    def _web_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("write the whole address, such as https://example.org")
        if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
            raise ValueError("leave out everything after the host name and port")
        return f"{parts.scheme}://{parts.netloc.lower()}"
