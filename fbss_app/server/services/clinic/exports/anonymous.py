"""Makes records coarser until each stands among enough others, and drops what cannot be helped."""

from collections.abc import Sequence
from dataclasses import dataclass

K = 11
L = 2
ANY = "any"


@dataclass(frozen=True, slots=True)
class Record:
    """What is told of one person, without anything that names them.

    Attributes:
        age: A band of ten years, such as `40-to-49`.
        sex: As answered.
        region: A country, never a clinic.
        operations: How many there were.
        years: Whole years since the last one.
        scores: The scores as they are shown; what must not be found out of anybody.
    """

    age: str
    sex: str
    region: str
    operations: int | None
    years: int | None
    scores: tuple[str, ...]


Traits = tuple[str, str, str, str, str]

# How coarse age, sex, region, operations and years are in each step; 2 is as coarse as it gets.
_STEPS = (
    (0, 0, 0, 0, 0),
    (0, 0, 0, 1, 1),
    (0, 0, 2, 1, 1),
    (1, 0, 2, 1, 1),
    (1, 2, 2, 1, 2),
    (1, 2, 2, 2, 2),
    (2, 2, 2, 2, 2),
)
_AGES = {
    "under-18": "under-40",
    "18-to-29": "under-40",
    "30-to-39": "under-40",
    "40-to-49": "40-to-59",
    "50-to-59": "40-to-59",
    "60-to-69": "60-or-over",
    "70-to-79": "60-or-over",
    "80-or-over": "60-or-over",
}


def anonymous(records: Sequence[Record]) -> list[tuple[Traits, tuple[str, ...]]]:
    """Give what may be told of the records, in an order that says nothing of when they came.

    Whoever is told of is one of at least `K` with the same traits, among whom no score is the same
    for all, unless nobody there has it.
    """
    told: list[tuple[Traits, tuple[str, ...]]] = []
    left: list[Record] = list(records)
    for step in _STEPS:
        groups: dict[Traits, list[Record]] = {}
        for record in left:
            groups.setdefault(_traits(record, step), []).append(record)
        left = list[Record]()
        for traits, group in groups.items():
            if len(group) >= K and _is_mixed(group):
                told += [(traits, record.scores) for record in group]
            else:
                left += group
    return sorted(told)


def _is_mixed(group: Sequence[Record]) -> bool:
    columns = zip(*(record.scores for record in group), strict=True)
    return all(len(set(column)) >= L or set(column) == {""} for column in columns)


def _traits(record: Record, step: tuple[int, int, int, int, int]) -> Traits:
    age, sex, region, operations, years = step
    return (
        (record.age, _AGES.get(record.age, ANY), ANY)[age],
        record.sex if sex == 0 else ANY,
        record.region if region == 0 else ANY,
        _banded(record.operations, operations, ((1, 2, 3, 4), (1, 2))),
        _banded(record.years, years, ((0, 2, 5, 10), (0, 5))),
    )


def _banded(number: int | None, coarse: int, starts: tuple[Sequence[int], Sequence[int]]) -> str:
    """Write the band a number falls into: `2-4`, or `10+` for the last."""
    if coarse >= len(starts):
        return ANY
    if number is None:
        return "unknown"
    bands = starts[coarse]
    place = max(at for at, start in enumerate(bands) if start <= max(number, bands[0]))
    if place + 1 == len(bands):
        return f"{bands[place]}+"
    last = bands[place + 1] - 1
    return str(last) if last == bands[place] else f"{bands[place]}-{last}"
