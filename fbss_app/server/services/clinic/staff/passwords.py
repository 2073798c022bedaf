"""Passwords of staff: which ones are taken, and how they are kept.

Length is what counts. Nobody has to mix kinds of characters, and none is refused; what others use,
what a program would try first and what anybody could know about the person is.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from fbss_app.server.services.refusal import FieldProblem

SHORTEST = 15
LONGEST = 128
APP_NAME = "After Back Surgery"
_GUESSES_AT_LEAST = 10**10
# What comes after can only make it harder to guess, and the estimate takes long for long ones.
_ESTIMATED = 48
_SHORTEST_WORD = 4
_FEW_DIFFERENT = 5
# Each takes 64 MiB: a crowd at the door must wait, not take all memory.
_AT_ONCE = BoundedSemaphore(4)

# RFC 9106, the second recommended option: 3 passes over 64 MiB in 4 lanes.
_HASHER = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65_536, parallelism=4),))
# No password has this hash: its salt and digest are zeroes.
_HASH_OF_NOBODY = f"$argon2id$v=19$m=65536,t=3,p=4${'A' * 22}${'A' * 43}"


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a password was right; if so, and its hash is of an older kind, a newer one."""

    is_right: bool
    newer_hash: str | None = None


def hash_password(password: str) -> str:
    """Turn a password into what is stored: Argon2id with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_normalised(password))


def verify_password(password: str, stored_hash: str | None) -> Verified:
    """Compare a password with what is stored.

    Args:
        password: What was typed.
        stored_hash: What `hash_password` gave, or None for a person who is not known: that takes
            as long, and is never right.
    """
    plain = _normalised(password)
    with _AT_ONCE:
        try:
            right, newer = _HASHER.verify_and_update(plain, stored_hash or _HASH_OF_NOBODY)
        except UnknownHashError:
            _HASHER.verify(plain, _HASH_OF_NOBODY)
            right, newer = False, None
    return Verified(right and stored_hash is not None, newer if stored_hash else None)


def known_about(name: str, email: str, clinic_name: str) -> list[str]:
    """List what anybody could know about a person, for `password_problems`."""
    return [name, *name.split(), email, clinic_name]


def password_problems(
    password: str, about: Iterable[str] = (), where: str = "password"
) -> list[FieldProblem]:
    """List what is wrong with a new password; nothing for one that is taken.

    Args:
        password: What was typed or pasted.
        about: What `known_about` gives.
        where: The field that it came from.
    """
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < SHORTEST:
        return [
            FieldProblem(
                where,
                "password-short",
                f"Use at least {SHORTEST} characters. Four or five words in a row are easy to "
                "remember.",
            )
        ]
    if len(normal) > LONGEST:
        return [FieldProblem(where, "password-long", f"Use at most {LONGEST} characters.")]
    if _tells_of(normal, about):
        return [
            FieldProblem(
                where,
                "password-personal",
                "Leave out your name, your e-mail address, and the name of the clinic or the app.",
            )
        ]
    if _is_easy_to_guess(normal):
        return [
            FieldProblem(
                where,
                "password-common",
                "This is easy to guess: many people use it, or it repeats itself. Use four or five "
                "words that have nothing to do with each other.",
            )
        ]
    return []


def _normalised(password: str) -> bytes:
    # The same password can arrive composed differently from another keyboard. One that is too long
    # was never taken, so that it is cut short matters to nobody.
    normal = unicodedata.normalize("NFKC", password[: LONGEST * 4])
    return normal.encode("utf-8", "surrogatepass")


def _tells_of(password: str, about: Iterable[str]) -> bool:
    told = _bare(password)
    return any(word in told for text in (*about, APP_NAME) for word in _telling_parts(text))


def _telling_parts(text: str) -> set[str]:
    """Give the whole of a name, or an address and its parts, where they are long enough."""
    local, at, _ = text.partition("@")
    words = re.split(r"[\s._+-]+", local) if at else []
    return {bare for each in (text, local, *words) if len(bare := _bare(each)) >= _SHORTEST_WORD}


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if char.isalnum())


def _is_easy_to_guess(password: str) -> bool:
    if len(set(password.casefold())) < _FEW_DIFFERENT:
        return True
    estimate = zxcvbn(password[:_ESTIMATED])
    return int(estimate["guesses"]) < _GUESSES_AT_LEAST
