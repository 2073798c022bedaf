import statistics
import time
import unicodedata

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from fbss_app.server.services.clinic.staff.passwords import (
    hash_password,
    known_about,
    password_problems,
    verify_password,
)
from tests.server.services.clinic.door import OTHER_PASSWORD, PASSWORD

ABOUT = known_about("Zoë Quillfeather", "z.ferrybridge@example.org", "Harbour Spine Clinic")


def codes(password: str) -> list[str]:
    return [each.code for each in password_problems(password, ABOUT)]


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        OTHER_PASSWORD,
        "blue kettle sings at noon",
        "zug um zug über die brücke",
        "тихий чайник поёт в полдень",
        "静かな湖畔の森の影から もう起きちゃいかが",
        "x7#kq9!vm2$pl8&w",
        "\N{SMILING FACE WITH SMILING EYES} kettle orbit sofa",
        "q" + "w8 !" * 7 + "orbit kettle" * 8,
    ],
)
def test_long_password_is_taken_whatever_it_is_made_of(password: str):
    assert codes(password) == []
    assert verify_password(password, hash_password(password)).is_right


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x7#kq9!vm2$pl8", "password-short"),
        ("", "password-short"),
        ("kettle orbit " * 10, "password-long"),
        ("123456789987654321", "password-common"),
        ("1qaz2wsx3edc4rfv", "password-common"),
        ("Password12345678", "password-common"),
        ("P@ssw0rdP@ssw0rd", "password-common"),
        ("qwertyuiopasdfgh", "password-common"),
        ("footballfootball", "password-common"),
        ("letmeinletmein2026", "password-common"),
        ("monkeydragonmaster", "password-common"),
        ("abcdefghijklmnopqrst", "password-common"),
        ("zzzzzzzzzzzzzzzzzzz", "password-common"),
        ("abababababababababab", "password-common"),
        ("xK9!xK9!xK9!xK9!", "password-common"),
        ("Quillfeather kettle orbit", "password-personal"),
        ("kettle Z.Ferrybridge orbit", "password-personal"),
        ("orbit ZOE QUILLFEATHER", "password-personal"),
        ("harbour spine clinic orbit", "password-personal"),
        ("after-back-surgery orbit", "password-personal"),
    ],
)
def test_short_common_or_personal_password_is_refused(password: str, code: str):
    assert codes(password) == [code]


def test_password_counts_as_the_same_however_a_keyboard_composes_it():
    composed = unicodedata.normalize("NFC", "über die brücke zug um zug")
    apart = unicodedata.normalize("NFD", composed)
    assert apart != composed
    assert verify_password(apart, hash_password(composed)).is_right
    # Lengths are those of what is kept.
    assert codes(unicodedata.normalize("NFD", "äöüäöüäöüäöüäö")) == ["password-short"]


def test_hash_is_argon2id_with_a_salt_and_without_the_password():
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert "kettle" not in first


def test_wrong_password_and_unknown_person_are_both_wrong():
    stored = hash_password(PASSWORD)
    assert not verify_password(OTHER_PASSWORD, stored).is_right
    assert not verify_password(PASSWORD, None).is_right
    assert not verify_password("", None).is_right
    assert not verify_password(PASSWORD, "none").is_right
    assert not verify_password("\ud800" * 20, stored).is_right


def test_unknown_person_takes_as_long_as_a_known_one():
    def median(stored: str | None) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            verify_password(OTHER_PASSWORD, stored)
            times.append(time.perf_counter() - started)
        return statistics.median(times)

    known = median(hash_password(PASSWORD))
    for stored in (None, "none"):
        assert 0.3 < median(stored) / known < 3


def test_hash_of_an_older_kind_is_made_anew():
    old = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    verified = verify_password(PASSWORD, old)
    assert verified.is_right
    assert verified.newer_hash
    assert verified.newer_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert verify_password(PASSWORD, verified.newer_hash).newer_hash is None
