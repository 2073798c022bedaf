"""Encrypts what people said, and makes marks of what only needs to be recognised again.

Answers and names are sealed with AES-256-GCM before they reach the database. A sealed text opens
only in the place it was sealed for, so that rows cannot be exchanged. Knows no file and no table.
"""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fbss_app.errors import FbssError

KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SEAL = b"after-back-surgery seal v1"
_MARK = b"after-back-surgery mark v1"


class UnreadableError(FbssError):
    """Something sealed cannot be opened: its key is missing, or it was changed or moved."""

    code = "unreadable"


class KeyFormatError(ValueError):
    """Text that should hold keys does not; the message never quotes it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something encrypted, with the id of the key that opens it."""

    key_id: str
    sealed: bytes


class EncryptionKey:
    """One key: 32 bytes, from which one subkey seals and another makes marks."""

    def __init__(self, key_id: str, secret: bytes) -> None:
        if not _KEY_ID.fullmatch(key_id):
            raise KeyFormatError(
                "the id of a key is 1 to 40 small letters, digits and hyphens, such as k2026-11-28"
            )
        if len(secret) != KEY_BYTES:
            raise KeyFormatError(f"a key is {KEY_BYTES} bytes in base64url")
        self.key_id = key_id
        self._secret = secret
        self._cipher = AESGCM(_derive(secret, _SEAL))
        self._mark = _derive(secret, _MARK)

    @classmethod
    def generate(cls, now: datetime) -> "EncryptionKey":
        """Make a new key, named after the day and a random part."""
        return cls(f"k{now:%Y-%m-%d}-{os.urandom(3).hex()}", os.urandom(KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> "EncryptionKey":
        """Read a key written as `id:base64url`, or raise `KeyFormatError`."""
        key_id, colon, encoded = text.strip().partition(":")
        if not colon:
            raise KeyFormatError("a key is written as its id, a colon, and 32 bytes in base64url")
        try:
            secret = base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise KeyFormatError(f"a key is {KEY_BYTES} bytes in base64url") from None
        return cls(key_id, secret)

    def written(self) -> str:
        """Write the key as `parse` reads it."""
        return f"{self.key_id}:{base64.urlsafe_b64encode(self._secret).decode().rstrip('=')}"

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt for one place; the same text never looks the same twice."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt, or raise `UnreadableError` where the text or its place was changed."""
        try:
            nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, text, place.encode())
        except (InvalidTag, ValueError):
            raise UnreadableError(f"what lies at {place} was changed or moved") from None

    def mark(self, text: str) -> str:
        """Make a mark of a short text that cannot be guessed back without the key: 64 hex digits.

        For what a person types from memory, where a plain hash could be tried out.
        """
        return hmac.new(self._mark, text.encode(), sha256).hexdigest()


class KeyRing:
    """The keys of a deployment: the first one seals, every one of them opens."""

    def __init__(
        self,
        keys: Iterable[EncryptionKey],
        reload: Callable[[], Iterable[EncryptionKey]] | None = None,
    ) -> None:
        """Make a ring.

        Args:
            keys: At least one; the first is the newest.
            reload: Reads the keys again, for when another process has added one meanwhile.

        Raises:
            KeyFormatError: There is no key, or two have the same id.
        """
        self._keys = _by_id(keys)
        self._reload = reload

    @property
    def newest(self) -> EncryptionKey:
        """The key that seals."""
        return next(iter(self._keys.values()))

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of all keys, the newest first."""
        return tuple(self._keys)

    def seal(self, plain: bytes, place: str) -> Sealed:
        """Encrypt with the newest key for one place in the database."""
        return Sealed(self.newest.key_id, self.newest.seal(plain, place))

    def open(self, sealed: Sealed, place: str) -> bytes:
        """Decrypt with whichever key it was sealed with.

        Raises:
            UnreadableError: No key of this id is known, or the text or its place was changed.
        """
        return self._find(sealed.key_id).open(sealed.sealed, place)

    def marks(self, text: str) -> dict[str, str]:
        """Make the mark that each key would have made of a text, by key id."""
        return {key_id: key.mark(text) for key_id, key in self._keys.items()}

    def knows(self, key_id: str) -> bool:
        """Say whether there is a key of this id."""
        try:
            self._find(key_id)
        except UnreadableError:
            return False
        return True

    def _find(self, key_id: str) -> EncryptionKey:
        if key_id not in self._keys and self._reload:
            self._keys = _by_id(self._reload())
        if key_id not in self._keys:
            raise UnreadableError(f"there is no encryption key {key_id}")
        return self._keys[key_id]


def parse_keys(text: str) -> list[EncryptionKey]:
    """Read keys from lines or a list with commas; what follows `#` in a line is a remark.

    Raises:
        KeyFormatError: Something in it is no key.
    """
    lines = (line.partition("#")[0] for line in text.splitlines())
    return [EncryptionKey.parse(each) for line in lines for each in line.split(",") if each.strip()]


def _by_id(keys: Iterable[EncryptionKey]) -> Mapping[str, EncryptionKey]:
    listed = list(keys)
    found = {key.key_id: key for key in listed}
    if not found:
        raise KeyFormatError("there is no key")
    if len(found) != len(listed):
        raise KeyFormatError("two keys have the same id")
    return found


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret)
