"""Finds sealed labels: by keyed marks of the beginnings of their words.

Whoever has the database but not the keys sees neither a label nor a word of one.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from fbss_app.server.encryption import KeyRing
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import LabelMarkRow

LEAST_LETTERS, MOST_LETTERS = 2, 12
_MOST_WORDS = 8
# What the column holds of a mark of 64.
_MARK_LENGTH = 32


def words_of(text: str) -> list[str]:
    """Split a text into words as they are compared: no case, no accents, no other signs."""
    # Twice: what stands for a letter, such as a script capital, is one only after the first time.
    bare = text
    for _ in range(2):
        bare = unicodedata.normalize("NFKD", bare.casefold())
    kept = "".join(
        char if char.isalnum() else " " for char in bare if not unicodedata.combining(char)
    )
    return kept.split()


def mark_label(unit: UnitOfWork, clinic_id: str, invitation_id: str, label: str) -> None:
    """Make a label findable, in place of whatever was marked for the invitation before."""
    key = unit.keys.newest
    beginnings = {
        word[:length]
        for word in words_of(label)
        for length in range(LEAST_LETTERS, min(len(word), MOST_LETTERS) + 1)
    }
    marks = [
        LabelMarkRow(
            clinic_id=clinic_id,
            mark=key.mark(_told(clinic_id, beginning))[:_MARK_LENGTH],
            invitation_id=invitation_id,
            key_id=key.key_id,
        )
        for beginning in sorted(beginnings)
    ]
    unit.clinic(clinic_id).label_marks.replace(invitation_id, marks)


def mark_anew(unit: UnitOfWork, clinic_id: str, limit: int) -> int:
    """Mark with the newest key some labels that another one marked; say how many."""
    clinic = unit.clinic(clinic_id)
    found = clinic.invitations.find(
        clinic.label_marks.of_other_keys(unit.keys.newest.key_id, limit)
    )
    for stored in found.values():
        mark_label(unit, clinic_id, stored.row.id, stored.invitee.label)
    return len(found)


def marks_of_search(keys: KeyRing, clinic_id: str, search: str) -> Sequence[Sequence[str]]:
    """Give for each word of a search the marks that its beginning can have, under any key.

    A word of one letter is left out: no mark is made of so little. The longest word comes first,
    for fewest labels have it.
    """
    words: Iterable[str] = sorted(words_of(search)[:_MOST_WORDS], key=len, reverse=True)
    return [
        [mark[:_MARK_LENGTH] for mark in keys.marks(_told(clinic_id, word[:MOST_LETTERS])).values()]
        for word in words
        if len(word) >= LEAST_LETTERS
    ]


def _told(clinic_id: str, beginning: str) -> str:
    return f"label:{clinic_id}:{beginning}"
