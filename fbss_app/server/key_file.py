"""Where a deployment's encryption keys come from: its settings, or a private file of its own."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from fbss_app.errors import FbssError
from fbss_app.server.encryption import EncryptionKey, KeyFormatError, KeyRing, parse_keys
from fbss_app.settings import Settings

_HEADER = """\
# The keys that encrypt saved answers; the first one is in use, the others still open what they
# sealed. Without them a copy of the database is worth nothing: keep a copy of this file, apart
# from the copies of the database. Readable by its owner only.
"""


class KeysError(FbssError):
    """The encryption keys cannot be used; the message says why and never shows one."""

    code = "keys-unusable"


def load_key_ring(settings: Settings, now: datetime) -> KeyRing:
    """Read the keys from the settings, else from the key file, which is made if there is none.

    Raises:
        KeysError: Keys are there but cannot be used, or the file cannot be read or made.
    """
    if settings.encryption_keys is not None:
        try:
            return KeyRing(parse_keys(settings.encryption_keys.get_secret_value()))
        except KeyFormatError as error:
            raise KeysError(f"The setting FBSS_ENCRYPTION_KEYS cannot be used: {error}.") from None
    file = settings.encryption_key_file
    if not file.exists():
        _write(file, [EncryptionKey.generate(now)])
    return KeyRing(_read(file), reload=lambda: _read(file))


def add_key(settings: Settings, now: datetime) -> str:
    """Put a new key in front of those in the key file, and return its id.

    Raises:
        KeysError: The keys come from the settings, or the file cannot be written.
    """
    if settings.encryption_keys is not None:
        raise KeysError(
            "The keys come from the setting FBSS_ENCRYPTION_KEYS, so they are changed there: "
            "put a new one in front of the others."
        )
    file = settings.encryption_key_file
    new = EncryptionKey.generate(now)
    _write(file, [new, *(_read(file) if file.exists() else ())])
    return new.key_id


def _read(file: Path) -> Sequence[EncryptionKey]:
    try:
        if file.stat().st_mode & 0o077:
            raise KeysError(
                f"The key file {file} can be read by others than its owner. Run: chmod 600 {file}"
            )
        keys = parse_keys(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(f"The key file {file} cannot be read ({_reason(error)}).") from error
    except KeyFormatError as error:
        raise KeysError(f"The key file {file} cannot be used: {error}.") from None
    if not keys:
        raise KeysError(f"The key file {file} holds no key. Put its copy back in its place.")
    return keys


def _write(file: Path, keys: Sequence[EncryptionKey]) -> None:
    text = _HEADER + "".join(f"{key.written()}\n" for key in keys)
    temporary = None
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whole or not at all: half a key file would lock every answer away.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".keys-")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if keys[1:]:
            temporary.replace(file)
        else:
            # The first of several processes that start at once makes the key for all of them.
            with suppress(FileExistsError):
                os.link(temporary, file)
    except OSError as error:
        raise KeysError(f"The key file {file} cannot be written ({_reason(error)}).") from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (getattr(error, "strerror", None) or "it is not text").lower()
