from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from fbss_app.server.encryption import EncryptionKey, KeyRing
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    invite,
    list_invitations,
)
from fbss_app.server.services.clinic.labels import MOST_LETTERS, marks_of_search, words_of
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff

OLD = EncryptionKey("old", b"o" * 32)
NEW = EncryptionKey("new", b"n" * 32)
WORDS = st.text(st.characters(categories=["L", "Nd"]), min_size=2, max_size=16)
# A database is slow to make, and every example adds to it what no other one looks for.
KEPT = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def searched(database: Database, staff, search: str) -> list[str]:
    page = list_invitations(database, staff, InvitationQuery(search=search), START)
    assert page.total == sum(page.counts.values())
    return [row.label for row in page.rows]


def ask(database: Database, staff, *labels: str) -> None:
    invite(database, staff, "small", [Invitee(label) for label in labels], 30, START)


@KEPT
@given(words=st.lists(WORDS, min_size=1, max_size=4), data=st.data())
def test_beginning_of_every_word_finds_its_label(
    database: Database, words: list[str], data: st.DataObject
):
    label = " ".join(words)
    assume(len(label) <= 80)
    ours = make_staff(database, make_clinic(database, f"north-{uuid4()}"))
    theirs = make_staff(database, make_clinic(database, f"south-{uuid4()}"))
    ask(database, ours, label, "0000 other")
    for word in words_of(label):
        if len(word) < 2:
            continue
        length = data.draw(st.integers(2, min(len(word), MOST_LETTERS)))
        beginning = word[:length]
        assert label in searched(database, ours, beginning.upper() if word.isascii() else beginning)
        assert label in searched(database, ours, word)
    assert searched(database, theirs, label) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("berg", ["Anna Bergér", "Bergmann, Jo"]),
        ("BERG an", ["Anna Bergér"]),
        ("berger", ["Anna Bergér"]),
        ("erger", []),
        ("berg xy", []),
        ("r-101", ["R-101/2"]),
        ("101", ["R-101/2"]),
    ],
)
def test_search_is_for_beginnings_of_all_words(database: Database, search: str, found: list[str]):
    staff = make_staff(database, make_clinic(database))
    ask(database, staff, "Anna Bergér", "Bergmann, Jo", "R-101/2")
    assert sorted(searched(database, staff, search)) == found


def test_label_is_found_after_the_keys_were_changed(database_url: str):
    before = Database(database_url, lambda: KeyRing([OLD]))
    staff = make_staff(before, make_clinic(before))
    ask(before, staff, "Anna Berger")
    before.close()

    after = Database(database_url, lambda: KeyRing([NEW, OLD]))
    ask(after, staff, "Anke Bergmann")
    assert sorted(searched(after, staff, "berg")) == ["Anke Bergmann", "Anna Berger"]
    after.close()


def test_marks_of_a_word_differ_by_clinic_and_hold_nothing_of_it(database: Database, engine):
    staff = make_staff(database, make_clinic(database))
    ask(database, staff, "Annabergerin")
    with engine.connect() as connection:
        for table in ("label_mark", "invitation", "audit_entry"):
            kept = str(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert "annaberg" not in kept.casefold()
    marks = [marks_of_search(database.keys, clinic, "anna") for clinic in ("one", "two")]
    assert marks[0] != marks[1]


def test_one_letter_alone_looks_for_nothing(database: Database):
    assert marks_of_search(database.keys, "one", "a - b") == []
