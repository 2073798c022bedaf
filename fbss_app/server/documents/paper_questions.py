"""The questions on paper: each with its number, its rules in words, its place to answer."""

from collections.abc import Iterable, Sequence

from fbss_app.content.countries import Country
from fbss_app.domain.questionnaire.model import (
    Item,
    ItemControl,
    ItemType,
    Placement,
    Questionnaire,
)
from fbss_app.server.documents.paper_arrangement import arranged
from fbss_app.server.documents.paper_fields import (
    blank_rows,
    column,
    field,
    fits_a_row,
    hint,
    is_short,
    repeated_field,
    scale,
    sentences,
)
from fbss_app.server.documents.paper_signs import UrgencyTags, calls
from fbss_app.server.documents.paper_wording import is_on_paper
from fbss_app.server.documents.skip_words import SkipWords

Data = dict[str, object]

REPETITIONS = 3
# A table holds so many questions beside each other, and lists so many options under each other.
MOST_COLUMNS = 4
MOST_ROWS = 16
BLANK_ROWS = 4
_URGENT = (
    "The word beside a sign says how soon to get help if you tick it: now, today, or within "
    "1 to 3 days. Page 1 says whom to call. Do not finish the questions first."
)


class PaperQuestions:
    """Writes the questions of one questionnaire, which is in the words of paper already."""

    def __init__(self, questionnaire: Questionnaire, country: Country) -> None:
        self._questionnaire = questionnaire
        self._country = country
        asked = (each for each in questionnaire.placements.values() if _is_asked(each))
        self._numbers = {each.item.link_id: number for number, each in enumerate(asked, start=1)}
        self._skip = SkipWords(questionnaire, self._numbers)
        self._tags = UrgencyTags(questionnaire)
        self._credits = {each.name: each.credit or "" for each in questionnaire.instrument}
        # What is published is filled in at one look.
        self._whole = {
            each.item.link_id
            for each in questionnaire.placements.values()
            if any(self._credits.get(group.instrument or "") for group in each.ancestors)
        }

    def section(self, item: Item) -> Data | None:
        """Write one section; None when nothing of it is asked on paper."""
        if not is_on_paper(item):
            return None
        nodes = self._node(item, "") if item.repeats else self._nodes(item.item, "")
        if not nodes:
            return None
        is_urgent = any(self._tags.of(each) for each in item.item)
        about = {**self._about_group(item), "urgent": _URGENT if is_urgent else ""}
        return {"title": item.text, **about, "nodes": nodes}

    def _about_group(self, item: Item) -> Data:
        return {
            "only_if": self._skip.instruction(item),
            "hint": sentences(item.hint, *paragraphs(item.detail)),
            "credit": self._credits.get(item.instrument or "", ""),
        }

    def _nodes(self, items: Iterable[Item], repetition: str) -> list[Data]:
        nodes: list[Data] = []
        for item in items:
            if not is_on_paper(item):
                continue
            source = nodes[-1] if nodes else {}
            new = self._node(item, repetition)
            # A table right after the question whose options are its rows takes that question in.
            if item.repeats_for and source.get("link_id") == item.repeats_for and new[0]["rows"]:
                nodes[-1] = new[0] | {"source": source}
            else:
                nodes += new
        return arranged(nodes)

    def _node(self, item: Item, repetition: str) -> list[Data]:
        if item.type is ItemType.DISPLAY:
            return [self._text(item, repetition)]
        if item.type is not ItemType.GROUP:
            return [self._question(item, repetition)]
        if item.repeats_for:
            return [self._for_each_option(item)]
        if item.repeats:
            return [self._repetitions(item)]
        nodes = self._nodes(item.item, repetition)
        return [self._group(item, _worded(item.text, repetition), nodes)] if nodes else []

    def _group(self, item: Item, title: str, nodes: Sequence[Data]) -> Data:
        about = self._about_group(item)
        return {"kind": "group", "title": title, **about, "more": "", "nodes": list(nodes)}

    def _text(self, item: Item, repetition: str) -> Data:
        return {
            "kind": "text",
            "only_if": self._skip.instruction(item),
            "title": _worded(item.text, repetition),
            "paragraphs": [_worded(text, repetition) for text in paragraphs(item.detail)],
            "calls": calls(self._country, item.service) if item.service else [],
        }

    def _question(self, item: Item, repetition: str) -> Data:
        source = self._numbers.get(item.options_from or "")
        place = field(item, self._tags.of(item))
        if source is not None:
            place = field(item.model_copy(update={"options_from": None}), {})
            place["from"] = f"Write one of those you chose in question {source}"
        node: Data = {
            "kind": "question",
            "link_id": item.link_id,
            "number": self._numbers[item.link_id],
            "text": _worded(item.text, repetition),
            "hint": _worded(hint(item), repetition),
            "detail": [_worded(text, repetition) for text in paragraphs(item.detail)],
            "only_if": self._skip.instruction(item),
            "scale": scale(item),
            "whole": item.link_id in self._whole,
            "field": place,
        }
        return node | {"short": is_short(node, place)}

    def _repetitions(self, item: Item) -> Data:
        """Leave room for several: rows of a table, or some beside each other at each question."""
        title = "" if item in self._questionnaire.item else item.text
        asked = [each for each in item.item if is_on_paper(each)]
        if fits_a_row(asked):
            return {
                **self._group(item, title, []),
                "kind": "entries",
                "columns": [
                    {"number": self._numbers[each.link_id], **column(each)} for each in asked
                ],
                "rows": blank_rows(item),
                "more": "Go on in the same way on another sheet if you need to.",
            }
        if any(each.type is ItemType.GROUP for each in asked):
            titles = [f"{item.label} {number}" for number in range(1, REPETITIONS + 1)]
            blocks = [self._group(item, one, self._nodes(item.item, one)) for one in titles]
            return self._group(item, title, blocks) | {"more": _more(item)}
        nodes = [
            node | self._repeated(each, node) if node["kind"] == "question" else node
            for each in asked
            for node in self._node(each, "this one")
        ]
        return self._group(item, title, arranged(nodes)) | {"more": _more(item)}

    def _repeated(self, item: Item, node: Data) -> Data:
        place = repeated_field(item, REPETITIONS)
        return {"field": place, "scale": [], "short": is_short(node, place)}

    def _for_each_option(self, item: Item) -> Data:
        """Make a table with a row for each option, or blank rows where there are too many."""
        source = self._questionnaire.placements[item.repeats_for or ""].item
        asked = [each for each in item.item if each.link_id in self._numbers]
        columns = [{"number": self._numbers[each.link_id], **column(each)} for each in asked]
        rows = [option.display for option in source.answer_option if not option.exclusive]
        is_blank = len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS
        if source.type is ItemType.OPEN_CHOICE:
            rows.append("Something else")
        number = self._numbers[source.link_id]
        is_drawn = source.control is ItemControl.BODY_MAP
        return {
            **self._group(item, item.text, []),
            "kind": "table",
            "told": f"Fill in a row for each place you marked in question {number}."
            if is_drawn
            else f"Fill in a row for each answer to question {number}.",
            "row_title": "Place" if is_drawn else f"From question {number}",
            "columns": columns,
            "rows": [] if is_blank else rows,
            "blank_rows": BLANK_ROWS if is_blank else 0,
            "more": "Go on in the same way on another sheet if you need to." if is_blank else "",
        }


def paragraphs(text: str | None) -> list[str]:
    """Split a text where a line is empty; single line ends are only those of the file."""
    return [" ".join(part.split()) for part in (text or "").split("\n\n") if part.strip()]


def _is_asked(placement: Placement) -> bool:
    if placement.item.type in (ItemType.GROUP, ItemType.DISPLAY):
        return False
    return all(map(is_on_paper, (*placement.ancestors, placement.item)))


def _more(item: Item) -> str:
    name = item.label[:1].lower() + item.label[1:]
    return (
        f"Under 1, answer for {name} 1, under 2 for {name} 2, and so on. "
        f"If there are more than {REPETITIONS}, go on in the same way on another sheet."
    )


def _worded(text: str, repetition: str) -> str:
    return text.replace("{repetition}", repetition) if repetition else text
