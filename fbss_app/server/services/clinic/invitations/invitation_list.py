"""Reads a list of people to invite, as it was pasted or came out of a spreadsheet."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_LABEL = 80
MOST_LINES = 500
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?\.[A-Za-z]{2,}"
)
_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_SEPARATORS = ("\t", ";", ",")
_LABEL_HEADS = {"label", "name", "reference", "ref", "id", "patient"}
_EMAIL_HEADS = {"email", "e-mail", "mail", "email address", "e-mail address"}


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One line of a list.

    Attributes:
        number: Its number in what was given, from 1.
        label: What the clinic calls the patient.
        email: Where to write to; may be empty.
        problems: What must be put right before anybody can be invited, in sentences.
        warnings: What should be looked at, in sentences.
    """

    number: int
    label: str
    email: str
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationList:
    """A whole list; `problem` says what is wrong with it as such, or is empty."""

    rows: tuple[InvitationLine, ...]
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether everyone on it can be invited."""
        return bool(self.rows) and not self.problem and not any(row.problems for row in self.rows)


def read_list(text: str) -> InvitationList:
    """Read one label a line, or a table with a label and perhaps an e-mail address in each line.

    Never raises: whatever cannot be used is told at its line.
    """
    bare = text.removeprefix("\ufeff").replace("\x00", "")
    lines = [(number, cells) for number, cells in _cells(bare) if any(cells)]
    if not lines:
        return InvitationList((), "Write one label a line, or paste a table.")
    head = [cell.casefold() for cell in lines[0][1]]
    places = _places(head)
    if places:
        lines = lines[1:]
    label_at, email_at = places or (0, 1)
    if len(lines) > MOST_LINES:
        return InvitationList(
            (), f"There are {len(lines)} lines. Invite {MOST_LINES} at most at once."
        )
    seen: dict[str, int] = {}
    rows = tuple(_line(number, cells, label_at, email_at, seen) for number, cells in lines)
    return InvitationList(rows, "" if rows else "Under the first line there is nobody to invite.")


def read_one(label: str, email: str) -> InvitationLine:
    """Look at what was typed of one person as at a line of a list."""
    label, email = " ".join(label.split()), email.strip()
    problems = (*label_problems(label), *email_problems(email))
    return InvitationLine(1, label, email, problems, tuple(_warnings(label)))


def label_problems(label: str) -> Iterator[str]:
    """Say in sentences why nobody can be invited under a label."""
    if not label:
        yield "There is no label."
    if len(label) > LONGEST_LABEL:
        yield f"The label is longer than {LONGEST_LABEL} characters."
    if not label.isprintable():
        yield "The label has signs in it that nobody can see. Type it anew."


def email_problems(email: str) -> Iterator[str]:
    """Say in a sentence why an address cannot be written to; none at all is no problem."""
    if email and not _EMAIL.fullmatch(email):
        yield "This is not a whole e-mail address."


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.splitlines()
    separator = _separator(lines)
    for number, line in enumerate(lines, 1):
        cells = [line]
        if separator:
            # Each line by itself: a quotation mark too many must not swallow those after it.
            try:
                reader = csv.reader([line], delimiter=separator, skipinitialspace=True)
                cells = next(reader, list[str]())
            except csv.Error:
                # Longer than any label; its line is told of as such.
                cells = [line]
        yield number, [" ".join(cell.split()) for cell in cells]


def _separator(lines: Sequence[str]) -> str | None:
    """Find what parts the columns: in the first line, or before an e-mail address in any."""
    first = next((line for line in lines if line.strip()), "")
    return next(
        (
            each
            for each in _SEPARATORS
            if each in first or any("@" in line.partition(each)[2] for line in lines)
        ),
        None,
    )


def _places(head: list[str]) -> tuple[int, int] | None:
    """Find the columns by a head line; None where the first line is no head."""
    label = next((place for place, cell in enumerate(head) if cell in _LABEL_HEADS), None)
    email = next((place for place, cell in enumerate(head) if cell in _EMAIL_HEADS), None)
    if label is None and email is None:
        return None
    if label is None:
        label = next((place for place in range(len(head)) if place != email), 0)
    return label, len(head) if email is None else email


def _line(
    number: int, cells: list[str], label_at: int, email_at: int, seen: dict[str, int]
) -> InvitationLine:
    label = cells[label_at] if label_at < len(cells) else ""
    email = cells[email_at] if email_at < len(cells) else ""
    problems = [*label_problems(label), *email_problems(email)]
    earlier = seen.setdefault(label.casefold(), number)
    if label and earlier != number:
        problems.append(f"Line {earlier} has the same label.")
    return InvitationLine(
        number, label[: LONGEST_LABEL + 1], email, tuple(problems), tuple(_warnings(label))
    )


def _warnings(label: str) -> Iterator[str]:
    if _DATE.search(label):
        yield "This looks like a date of birth. Use a label that tells less."
    if any(_is_nhs_number(found) for found in _TEN_DIGITS.findall(label)):
        yield "This looks like an NHS number. Use a label that tells less."
    if "@" in label:
        yield "This looks like an e-mail address. Put it into the second column."


def _is_nhs_number(text: str) -> bool:
    """Check ten digits by their last one, which is worked out from the others modulo 11."""
    digits = [int(char) for char in text if char.isdigit()]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == digits[9]
