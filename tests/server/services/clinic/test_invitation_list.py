import pytest
from hypothesis import given
from hypothesis import strategies as st

from fbss_app.server.services.clinic.invitations.invitation_list import (
    LONGEST_LABEL,
    MOST_LINES,
    read_list,
)

# What spreadsheets and people put between, around and into names.
PIECES = st.sampled_from(
    ["Anna", "R-101", '"', "'", ",", ";", "\t", " ", "a@example.org", "\u2028", "\ufeff", "é", "@"]
)
PASTED = st.lists(st.one_of(PIECES, st.just("\n"), st.text(max_size=5))).map("".join)
LABELS = st.lists(
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 -]{0,30}", fullmatch=True), min_size=1, max_size=30
)


@given(st.one_of(st.text(), PASTED))
def test_nothing_that_is_pasted_breaks_it(text: str):
    found = read_list(text)
    assert bool(found.rows) or bool(found.problem)
    for row in found.rows:
        assert row.label or row.problems
    # What is good can be shown and printed.
    assert not found.is_good or all(row.label.isprintable() for row in found.rows)


@given(LABELS, st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n\t \n"]))
def test_every_line_becomes_a_row_in_its_order(labels: list[str], end: str):
    # With a head, no label is taken for one.
    found = read_list(end.join(["Label", *labels]))
    assert [row.label for row in found.rows] == [" ".join(label.split()) for label in labels]
    numbers = [row.number for row in found.rows]
    assert numbers == sorted(set(numbers))


@given(LABELS, st.sampled_from([",", ";", "\t"]))
def test_every_line_of_a_table_becomes_a_row(labels: list[str], separator: str):
    lines = [f'"{label}"{separator}p{at}@example.org' for at, label in enumerate(labels)]
    found = read_list("\n".join(["Name,E-mail".replace(",", separator), *lines]))
    assert [row.email for row in found.rows] == [f"p{at}@example.org" for at in range(len(labels))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R-101", [("R-101", "")]),
        ("\ufeffR-101;a@example.org\nR-102;", [("R-101", "a@example.org"), ("R-102", "")]),
        ("E-mail\tName\na@example.org\tR-101", [("R-101", "a@example.org")]),
        ("id,born,Email Address\nR-101,x,a@example.org", [("R-101", "a@example.org")]),
        ('"Ward 3, bed 2",a@example.org', [("Ward 3, bed 2", "a@example.org")]),
        # Not every line has an address, the first one least of all.
        ("R-101\nR-102, a@example.org", [("R-101", ""), ("R-102", "a@example.org")]),
        # One quotation mark too many keeps to its line.
        ('"R-101,a@example.org\nR-102,', [("R-101,a@example.org", ""), ("R-102", "")]),
    ],
)
def test_lists_and_tables_are_read(text: str, expected: list[tuple[str, str]]):
    assert [(row.label, row.email) for row in read_list(text).rows] == expected


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",a@example.org", "no label"),
        ("x" * (LONGEST_LABEL + 1) + ",a@example.org", "longer than 80"),
        ("y" * 200_000 + ",a@example.org", "longer than 80"),
        ("R-101,nobody", "not a whole e-mail address"),
        ("R-101,a b@example.org", "not a whole e-mail address"),
        ("R-101,a@example.org\x07x", "not a whole e-mail address"),
        ("R\u202e101,a@example.org", "nobody can see"),
        ("R\ud800101,a@example.org", "nobody can see"),
        ("first,", "Line 2 has the same label"),
    ],
)
def test_mistake_stands_at_its_line(line: str, says: str):
    found = read_list(f"Label,Email\nFirst,f@example.org\n{line}\nLast,l@example.org")
    assert not found.is_good
    first, wrong, last = found.rows
    assert (first.problems, last.problems) == ((), ())
    assert wrong.number == 3
    assert says in " ".join(wrong.problems)


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Anna Berger 03/04/1961", "date of birth"),
        ("Anna 1961-04-03", "date of birth"),
        ("943 476 5919", "NHS number"),
        ("a@example.org", "e-mail address"),
        ("943 476 5918", ""),
        ("R-2026-117", ""),
        ("0123456789012", ""),
    ],
)
def test_label_that_tells_much_is_warned_of_but_can_be_used(label: str, says: str):
    found = read_list(label)
    assert found.is_good
    warned = " ".join(found.rows[0].warnings)
    assert (says in warned) if says else not warned


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff", "\x00", "Name", "Name,E-mail\n,"])
def test_list_of_nobody_says_so(text: str):
    found = read_list(text)
    assert not found.is_good
    assert found.problem


def test_list_that_is_too_long_says_how_long():
    long = "\n".join(f"R-{number}" for number in range(MOST_LINES + 1))
    assert str(MOST_LINES + 1) in read_list(long).problem
    assert read_list(long.partition("\n")[2]).is_good
