from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fbss_app.server.encryption import (
    EncryptionKey,
    KeyFormatError,
    KeyRing,
    Sealed,
    UnreadableError,
    parse_keys,
)

OLD, NEW = EncryptionKey("old", b"o" * 32), EncryptionKey("new", b"n" * 32)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@given(plain=st.binary(max_size=200), place=st.text(max_size=20))
def test_what_is_sealed_opens_in_its_place_only(plain: bytes, place: str):
    ring = KeyRing([NEW])
    sealed = ring.seal(plain, place)
    assert ring.open(sealed, place) == plain
    with pytest.raises(UnreadableError):
        ring.open(sealed, f"{place}x")


def test_same_text_never_looks_the_same_twice():
    first, second = (KeyRing([NEW]).seal(b"canary", "a") for _ in range(2))
    assert first.sealed != second.sealed
    assert b"canary" not in first.sealed


@pytest.mark.parametrize("place", [0, 5, 15, -1])
def test_changed_bytes_do_not_open(place: int):
    sealed = bytearray(KeyRing([NEW]).seal(b"canary", "a").sealed)
    sealed[place] ^= 1
    with pytest.raises(UnreadableError):
        KeyRing([NEW]).open(Sealed("new", bytes(sealed)), "a")


@pytest.mark.parametrize("text", [b"", b"short", b"x" * 12])
def test_what_was_never_sealed_does_not_open(text: bytes):
    with pytest.raises(UnreadableError):
        KeyRing([NEW]).open(Sealed("new", text), "a")


def test_newest_key_seals_and_older_ones_still_open():
    sealed_before = KeyRing([OLD]).seal(b"before", "a")
    ring = KeyRing([NEW, OLD])
    assert ring.seal(b"now", "a").key_id == "new"
    assert ring.open(sealed_before, "a") == b"before"
    with pytest.raises(UnreadableError, match="no encryption key old"):
        KeyRing([NEW]).open(sealed_before, "a")


def test_key_that_another_process_added_is_read_when_it_is_needed():
    sealed = KeyRing([NEW]).seal(b"from elsewhere", "a")
    ring = KeyRing([OLD], reload=lambda: [NEW, OLD])
    assert not KeyRing([OLD]).knows("new")
    assert ring.open(sealed, "a") == b"from elsewhere"
    assert ring.newest.key_id == "new"


def test_marks_are_the_same_each_time_and_different_with_each_key():
    ring = KeyRing([NEW, OLD])
    assert ring.marks("code") == KeyRing([NEW, OLD]).marks("code")
    assert len({*ring.marks("code").values(), *ring.marks("year").values()}) == 4


def test_written_keys_are_read_back():
    keys = [EncryptionKey.generate(NOW) for _ in range(2)]
    text = "# a remark\n" + "".join(f"{key.written()}  # mine\n" for key in keys)
    assert [key.written() for key in parse_keys(text)] == [key.written() for key in keys]
    joined = ",".join(key.written() for key in keys)
    assert [key.key_id for key in parse_keys(joined)] == [key.key_id for key in keys]
    assert keys[0].key_id.startswith("k2026-03-01-")


@pytest.mark.parametrize(
    "text",
    ["secret", "id:short", "id:" + "!" * 43, "ID:" + "A" * 43, ":" + "A" * 43, "id:" + "A" * 42],
)
def test_text_that_is_no_key_is_refused_without_quoting_it(text: str):
    with pytest.raises(KeyFormatError) as caught:
        parse_keys(text)
    assert text not in str(caught.value)


def test_ring_needs_keys_with_ids_of_their_own():
    with pytest.raises(KeyFormatError, match="no key"):
        KeyRing([])
    with pytest.raises(KeyFormatError, match="same id"):
        KeyRing([NEW, EncryptionKey("new", b"x" * 32)])
