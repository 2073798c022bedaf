import csv
import io
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.exports import research
from fbss_app.server.services.clinic.exports.anonymous import ANY, K, L, Record, anonymous
from fbss_app.server.services.clinic.exports.small_numbers import (
    FEWER,
    HIDDEN,
    SMALLEST_SHOWN,
    shown,
    shown_parts,
)
from fbss_app.server.services.clinic.permission import NotFoundError, StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.research_files import APPROVED_AT, PURPOSE, make_approved
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission

AGES = ("under-18", "30-to-39", "40-to-49", "80-or-over", "unknown")


def could_be(cell: str, most: int) -> range:
    """What somebody who sees a cell knows of it."""
    if cell == FEWER:
        return range(1, SMALLEST_SHOWN)
    if cell == HIDDEN:
        return range(most + 1)
    number = int(cell)
    return range(0, 1) if number == 0 else range(max(SMALLEST_SHOWN, number - 2), number + 3)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_no_hidden_count_can_be_worked_out(counts: list[int]):
    total = sum(counts)
    cells = shown_parts(counts)
    whole = could_be(shown(total), total)

    known = [could_be(cell, total) for cell in cells]
    for place, (count, cell) in enumerate(zip(counts, cells, strict=True)):
        assert count in known[place]
        if 0 < count < SMALLEST_SHOWN:
            assert cell in (FEWER, HIDDEN)
            others = [each for at, each in enumerate(known) if at != place]
            least = whole[0] - sum(each[-1] for each in others)
            most = whole[-1] - sum(each[0] for each in others)
            left = [number for number in known[place] if least <= number <= most]
            if len(counts) > 1:
                assert len(left) >= 3, (counts, cells)


@given(st.integers(0, 10_000))
def test_a_count_alone_is_rounded_or_hidden(count: int):
    if 0 < count < SMALLEST_SHOWN:
        assert shown(count) == FEWER
    else:
        assert int(shown(count)) % 5 == 0
        assert abs(int(shown(count)) - count) <= 2


RECORDS = st.lists(
    st.builds(
        Record,
        age=st.sampled_from(AGES),
        sex=st.sampled_from(("f", "m", "unknown")),
        region=st.sampled_from(("gb", "de")),
        operations=st.none() | st.integers(1, 6),
        years=st.none() | st.integers(0, 30),
        scores=st.tuples(st.sampled_from(("", "3", "7")), st.sampled_from(("", "1"))),
    ),
    max_size=150,
)


@given(RECORDS)
def test_everybody_who_is_told_of_stands_among_enough_others(records: list[Record]):
    told = anonymous(records)

    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for traits, scores in told:
        groups[traits].append(scores)
    assert len(told) <= len(records)
    for group in groups.values():
        assert len(group) >= K
        for column in zip(*group, strict=True):
            assert len(set(column)) >= L or set(column) == {""}


def test_what_can_stay_fine_stays_fine_and_the_rest_becomes_coarser():
    common = [Record("40-to-49", "f", "gb", 1, 3, (str(n % 3),)) for n in range(K)]
    rare = [Record(AGES[n % 4], "m", "de", n, n, (str(n),)) for n in range(1, K + 1)]
    alone = Record("80-or-over", "f", "de", 9, 30, ("1",))

    assert {traits for traits, _ in anonymous([*common, alone])} == {
        ("40-to-49", "f", "gb", "1", "2-4")
    }
    assert len(anonymous([*common, *rare])) == 2 * K
    assert (ANY,) * 5 in {traits for traits, _ in anonymous([*common, *rare])}
    assert anonymous(rare[:-1]) == []


@pytest.fixture
def clinic_id(database: Database) -> str:
    return make_clinic(database)


def rows_of(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_research_file_names_nobody_and_the_trail_knows_why_it_was_made(
    database: Database, clinic_id: str
):
    staff = make_staff(database, clinic_id)
    for number in range(K):
        make_submission(database, clinic_id, {LEG: number % 4, "note": "own words"})

    request_id = make_approved(database, staff)
    written = research.export_research(database, DEFINITIONS, staff, request_id, APPROVED_AT)

    rows = rows_of(written)
    assert len(rows) == K
    assert set(rows[0]) == {
        "age_band",
        "sex",
        "region",
        "operations",
        "years_since_last_operation",
        "score.leg",
    }
    assert b"own words" not in written
    with database.unit_of_work() as unit:
        entry, *_ = map(entry_of, unit.clinic(clinic_id).audit.page(before=None, limit=9))
    assert (entry.details["purpose"], entry.details["count"]) == (PURPOSE, K)


def test_counts_hide_small_numbers(database: Database, clinic_id: str):
    staff = make_staff(database, clinic_id)
    for number in range(14):
        make_submission(
            database,
            clinic_id,
            {"treatment": ["exercise"] if number else ["none"], LEG: 9 if number < 2 else 1},
        )

    rows = rows_of(research.export_counts(database, DEFINITIONS, staff, InboxQuery(), START))

    found = {(row["column"], row["answer"]): row["count"] for row in rows}
    assert found["", ""] == "15"
    assert found["treatment", "exercise"] == found["treatment", "none"] == HIDDEN
    assert found["treatment", "other"] == "0"
    assert (found["flag.strong", "true"], found["flag.worst", "true"]) == (HIDDEN, "0")


def test_front_desk_takes_nothing(database: Database, clinic_id: str):
    staff = make_staff(database, clinic_id, Role.FRONT_DESK)
    with pytest.raises(StaffNotAllowedError):
        research.export_research(database, DEFINITIONS, staff, "an id", START)
    with pytest.raises(StaffNotAllowedError):
        research.export_counts(database, DEFINITIONS, staff, InboxQuery(), START)


def test_another_clinics_answers_are_not_counted(database: Database, clinic_id: str):
    theirs = [make_submission(database, clinic_id, {LEG: n}).id for n in range(2)]
    other = make_staff(database, make_clinic(database, "south"))
    with pytest.raises(NotFoundError):
        research.export_counts(database, DEFINITIONS, other, theirs, START)
    rows = rows_of(research.export_counts(database, DEFINITIONS, other, InboxQuery(), START))
    assert [row["count"] for row in rows] == ["0"]
