"""A net of smooth lines: areas that share a line share it exactly, so they tile without gaps.

A line is written as text, one word for each point it runs through. `hip=69,345` gives a point a
name, `hip` runs through a point another line has named, and `69,345` is a point without a name.
A `!` after a point makes it a corner instead of a bend.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bend:
    """A cubic Bézier curve from one point to the next."""

    start: Point
    first: Point
    second: Point
    end: Point

    def reversed(self) -> "Bend":
        """The same curve, run the other way."""
        return Bend(self.end, self.second, self.first, self.start)

    def mirrored(self) -> "Bend":
        """The same curve on the other side of the upright axis."""
        return Bend(*((-x, y) for x, y in (self.start, self.first, self.second, self.end)))

    def at(self, part: float) -> Point:
        """The point after a part of the way, from 0 to 1."""
        rest = 1 - part
        weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
        ends = (self.start, self.first, self.second, self.end)
        x, y = (sum(w * p[i] for w, p in zip(weights, ends, strict=True)) for i in (0, 1))
        return x, y


Run = tuple[Bend, ...]


def backwards(run: Run) -> Run:
    """Run along the same line from its end to its start."""
    return tuple(bend.reversed() for bend in reversed(run))


def mirrored(run: Run) -> Run:
    """Set the line on the other side of the upright axis."""
    return tuple(bend.mirrored() for bend in run)


@dataclass(frozen=True, slots=True)
class _Mark:
    at: Point
    name: str
    is_corner: bool


class Net:
    """Lines that meet at named points.

    Args:
        lines: The lines as text. A name must be given its place before it is used alone.

    Raises:
        KeyError: A line runs through a name that has no place yet.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._places: dict[str, Point] = {}
        self._lines = [self._read(line) for line in lines]

    def _read(self, line: str) -> tuple[list[str], Run]:
        marks = [self._mark(word) for word in line.split()]
        return [mark.name for mark in marks], _smooth(marks)

    def _mark(self, word: str) -> _Mark:
        is_corner = word.endswith("!")
        name, _, place = word.rstrip("!").rpartition("=")
        if "," in place:
            x, y = map(float, place.split(","))
            if name:
                self._places[name] = (x, y)
            return _Mark((x, y), name, is_corner)
        return _Mark(self._places[place], place, is_corner)

    @property
    def runs(self) -> tuple[Run, ...]:
        """All the lines."""
        return tuple(run for _, run in self._lines)

    def between(self, start: str, end: str) -> Run:
        """Find the shortest piece of a line from one named point to another.

        Raises:
            KeyError: No line runs through both.
        """
        runs = [
            _piece(run, names.index(start), names.index(end))
            for names, run in self._lines
            if start in names and end in names
        ]
        if not runs:
            raise KeyError(f"no line runs from {start} to {end}")
        return min(runs, key=len)

    def along(self, way: str) -> Run:
        """Follow the lines from one named point to the next.

        Args:
            way: The names, separated by spaces.

        Returns:
            The whole way.
        """
        return tuple(bend for a, b in pairwise(way.split()) for bend in self.between(a, b))


def _piece(run: Run, start: int, end: int) -> Run:
    return run[start:end] if start < end else backwards(run[end:start])


def _smooth(marks: list[_Mark]) -> Run:
    headings = [_heading(marks, index) for index in range(len(marks))]
    bends: list[Bend] = []
    for (one, leaving), (other, arriving) in pairwise(zip(marks, headings, strict=True)):
        across = (other.at[0] - one.at[0], other.at[1] - one.at[1])
        # A free end bends as much as the other end of its piece does, so the piece is like an arc.
        setting_off = leaving or _reflected(arriving or across, across)
        coming_in = arriving or _reflected(setting_off, across)
        third = hypot(*across) / 3
        first = _moved(one.at, setting_off, third)
        bends.append(Bend(one.at, first, _moved(other.at, coming_in, -third), other.at))
    return tuple(bends)


def _heading(marks: list[_Mark], index: int) -> Point | None:
    """The direction of a line in a point: along its neighbours; none at a corner or a free end."""
    mark = marks[index]
    if mark.is_corner or len(marks) == 1:
        return None
    if 0 < index < len(marks) - 1:
        behind, ahead = marks[index - 1].at, marks[index + 1].at
        return ahead[0] - behind[0], ahead[1] - behind[1]
    # On the axis the line goes on into its mirror.
    is_upright = all(each.at[0] == 0 for each in marks)
    if mark.at[0] == 0 and not is_upright:
        return (1.0, 0.0) if index == 0 else (-1.0, 0.0)
    return None


def _reflected(heading: Point, across: Point) -> Point:
    square = across[0] ** 2 + across[1] ** 2 or 1
    share = 2 * (heading[0] * across[0] + heading[1] * across[1]) / square
    return across[0] * share - heading[0], across[1] * share - heading[1]


def _moved(point: Point, heading: Point, length: float) -> Point:
    scale = length / (hypot(*heading) or 1)
    return point[0] + heading[0] * scale, point[1] + heading[1] * scale


def path(run: Run, *, closed: bool) -> str:
    """Write a line as SVG path data, to half a unit: finer ones would only be weight for the phone.

    Args:
        run: The line.
        closed: Whether it encloses an area.
    """
    start = f"M{_written(run[0].start)}"
    bends = "".join(f"C{_written(b.first, b.second, b.end)}" for b in run)
    return start + bends + ("Z" if closed else "")


def _written(*points: Point) -> str:
    numbers = [f"{round(value * 2) / 2 + 0:g}" for point in points for value in point]
    return numbers[0] + "".join(n if n.startswith("-") else f" {n}" for n in numbers[1:])


def centre(run: Run) -> Point:
    """Find the middle of an enclosed area."""
    corners = [bend.at(step / 8) for bend in run for step in range(8)]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        piece = x1 * y2 - x2 * y1
        area += piece
        x += (x1 + x2) * piece
        y += (y1 + y2) * piece
    return x / (3 * area), y / (3 * area)
