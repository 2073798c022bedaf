"""Checks what people type into the forms of the staff side, field by field."""

import re
from collections.abc import Iterable

from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.storable_text import is_storable

LONGEST_NAME = 120
LONGEST_ADDRESS = 254
# Only what cannot be an address at all: whether it is one, only a letter to it can tell.
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\]+@[^\s@<>\"(),:;\\]+\.[^\s@<>\"(),:;\\.]+")
_COUNTRY = re.compile(r"[a-z]{2}")


class FieldsError(RefusedError):
    """Some fields of a form cannot be taken. Nothing was stored."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        super().__init__(
            "invalid-content",
            "Something in the form needs another look. Nothing was saved.",
            problems=tuple(problems),
        )


def require_none(problems: Iterable[FieldProblem]) -> None:
    """Raise `FieldsError` where there are problems."""
    if listed := list(problems):
        raise FieldsError(listed)


def text_problems(where: str, text: str) -> list[FieldProblem]:
    """Say where a text of any signs and lines has one that cannot be stored."""
    if is_storable(text):
        return []
    return [FieldProblem(where, "unusable-text", "A sign in this is not text. Type it anew.")]


def name_problems(where: str, text: str, whose: str = "a name") -> list[FieldProblem]:
    """List what is wrong with the name of a person or a clinic.

    Args:
        where: The field.
        text: What was typed.
        whose: What is asked for, in words.
    """
    bare = text.strip()
    if not bare:
        return [FieldProblem(where, "missing", f"Enter {whose}")]
    if len(bare) > LONGEST_NAME:
        return [FieldProblem(where, "too-long", f"Use at most {LONGEST_NAME} characters.")]
    if not bare.isprintable():
        return [FieldProblem(where, "unusable-text", "Leave out line breaks and odd signs.")]
    return []


def address_problems(where: str, text: str) -> list[FieldProblem]:
    """List what is wrong with an e-mail address."""
    bare = text.strip()
    if not bare:
        return [FieldProblem(where, "missing", "Enter an e-mail address")]
    if len(bare) > LONGEST_ADDRESS or not bare.isprintable() or not _ADDRESS.fullmatch(bare):
        return [
            FieldProblem(where, "not-an-address", "Enter a whole address, such as name@clinic.org")
        ]
    return []


def address_in_use(where: str = "email") -> FieldProblem:
    """Say that an address has a log-in already, to somebody who may know it."""
    return FieldProblem(where, "address-in-use", "There is a log-in for this address already.")


def country_problems(where: str, text: str) -> list[FieldProblem]:
    """List what is wrong with the code of a country."""
    if _COUNTRY.fullmatch(text):
        return []
    return [FieldProblem(where, "unknown-country", "Choose a country.")]


def role_problems(where: str, text: str) -> list[FieldProblem]:
    """List what is wrong with a role."""
    if text in list(Role):
        return []
    return [FieldProblem(where, "unknown-role", "Choose a role.")]
