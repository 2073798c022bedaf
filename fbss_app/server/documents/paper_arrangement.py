"""Arranges questions on paper: what they share is said once, and short ones stand together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import cast

Data = dict[str, object]

_FEWEST_IN_SCALE = 3
# How many questions in a row must have the same of these for it to stand before them.
_FEWEST_ALIKE = {"only_if": 2, "hint": 4, "detail": 2}


def arranged(nodes: Sequence[Data]) -> list[Data]:
    """Arrange the questions that follow each other; everything else stays as it is."""
    return list(_short_together(_scales(_told_once(nodes))))


def _is_question(node: Data) -> bool:
    return node["kind"] == "question"


def _runs(nodes: Sequence[Data], alike: Callable[[Data], object]) -> Iterator[list[Data]]:
    """Split into runs of questions that are alike; what is no question is a run by itself."""

    def key(numbered: tuple[int, Data]) -> object:
        number, node = numbered
        return repr(alike(node)) if _is_question(node) else number

    for _, run in groupby(enumerate(nodes), key):
        yield [node for _, node in run]


def _told_once(nodes: Sequence[Data]) -> list[Data]:
    """Say what several questions in a row have in common before the first of them."""
    for key, fewest in _FEWEST_ALIKE.items():
        told: list[Data] = []
        for run in _runs(nodes, lambda node, key=key: node[key]):
            if len(run) >= fewest and run[0][key]:
                told.append(_shared(run, key))
                run = [{**node, key: _empty(node[key])} for node in run]
            told += run
        nodes = told
    return list(nodes)


def _empty(value: object) -> object:
    return "" if isinstance(value, str) else []


def _shared(run: Sequence[Data], key: str) -> Data:
    first, last = run[0]["number"], run[-1]["number"]
    joint = "and" if len(run) == 2 else "to"
    said = run[0][key]
    return {
        "kind": "shared",
        "numbers": f"Questions {first} {joint} {last}:",
        "is_rule": key == "only_if",
        "texts": said if isinstance(said, list) else [said],
    }


def _scales(nodes: Sequence[Data]) -> Iterator[Data]:
    """Make one table of questions in a row that offer the same few words."""
    for run in _runs(nodes, _scale_of):
        if len(run) < _FEWEST_IN_SCALE or not _scale_of(run[0]):
            yield from run
            continue
        texts = [str(node["text"]) for node in run]
        stem = _stem(texts)
        yield {
            "kind": "scale",
            "stem": stem,
            "hint": run[0]["hint"],
            "columns": _scale_of(run[0]),
            "rows": [
                {"number": node["number"], "text": text[len(stem) :].strip()}
                for node, text in zip(run, texts, strict=True)
            ],
        }


def _stem(texts: Sequence[str]) -> str:
    """Find what all begin with, as a whole question or clause and not by chance."""
    shared = 0
    for place, characters in enumerate(zip(*texts, strict=False), start=1):
        if len(set(characters)) > 1:
            break
        if characters[0] in "?:":
            shared = place
    return texts[0][:shared]


def _scale_of(node: Data) -> list[str]:
    """List the words of a question that is nothing but a choice of one of them."""
    plain = _is_question(node) and not (node["detail"] or node["only_if"])
    return cast("list[str]", node["scale"]) if plain else []


def _short_together(nodes: Iterable[Data]) -> Iterator[Data]:
    """Gather short questions that follow each other, to be set side by side."""
    for is_short, run in groupby(nodes, lambda node: bool(node.get("short"))):
        gathered = list(run)
        if is_short and len(gathered) > 1:
            yield {"kind": "short", "nodes": gathered}
        else:
            yield from gathered
