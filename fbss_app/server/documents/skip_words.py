"""Says in words when a question of the paper version is to be answered: "Only if you chose ...".

On the phone such a question simply does not appear. The numbers are those printed on the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fbss_app.domain.questionnaire import expressions as ex
from fbss_app.domain.questionnaire.expressions import Operator
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    OTHER_OPTION,
    EnableBehavior,
    Item,
    ItemType,
    Questionnaire,
)
from fbss_app.domain.summary.answer_text import NOT_SURE, answer_text, number_text

_IF_IT_FITS = "Read this if it fits you."
_ORDER = {
    Operator.EQUAL: "{}",
    Operator.NOT_EQUAL: "not {}",
    Operator.GREATER: "more than {}",
    Operator.GREATER_OR_EQUAL: "{} or more",
    Operator.LESS: "less than {}",
    Operator.LESS_OR_EQUAL: "{} or less",
}
_ORDER_IN_TIME = {
    Operator.EQUAL: "{}",
    Operator.NOT_EQUAL: "not {}",
    Operator.GREATER: "after {}",
    Operator.GREATER_OR_EQUAL: "{} or later",
    Operator.LESS: "before {}",
    Operator.LESS_OR_EQUAL: "{} or earlier",
}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """One rule over the options of one question, or of several that are asked about alike."""

    verb: str
    options: tuple[str, ...]
    numbers: tuple[int, ...]

    def in_words(self, joint: str) -> str:
        name = "question" if len(self.numbers) == 1 else "questions"
        numbers = _list(list(map(str, self.numbers)), joint)
        return f"you {self.verb} {_list(self.options, 'or')} in {name} {numbers}"


@dataclass(frozen=True, slots=True)
class SkipWords:
    """Writes the rules of one questionnaire.

    Attributes:
        questionnaire: The definition.
        numbers: The printed number of each question that the paper asks.
    """

    questionnaire: Questionnaire
    numbers: Mapping[str, int]

    def instruction(self, item: Item) -> str:
        """Say when an item is to be answered or read; "" when always.

        What follows from a score is left to the person: the words are for whom they fit.
        """
        if not item.enable_when:
            return ""
        if item.paper_only_if:
            return item.paper_only_if
        every = item.enable_behavior is not EnableBehavior.ANY
        phrase = self._joined(item.enable_when, every=every, negated=False)
        if phrase:
            return f"Only if {phrase}."
        return _IF_IT_FITS if item.type is ItemType.DISPLAY else ""

    def _joined(self, parts: Sequence[ex.BooleanExpression], *, every: bool, negated: bool) -> str:
        # What is not true of all of them is untrue of one, and the other way round.
        every = every != negated
        leaves = [leaf for part in parts for leaf in self._leaves(part, every, negated)]
        joint = "and" if every else "or"
        phrases = [
            leaf.in_words(joint) if isinstance(leaf, _Chosen) else leaf
            for leaf in _merged(leaves, every=every)
        ]
        if len(phrases) == 1 and phrases[0].startswith("("):
            return phrases[0][1:-1]
        return f", {joint} ".join(phrases)

    def _leaves(
        self, part: ex.BooleanExpression, every: bool, negated: bool
    ) -> list[_Chosen | str]:
        """List what is joined in the same way; a part that is joined otherwise is one phrase."""
        match part:
            case ex.ConditionReference(condition=name):
                return self._leaves(self.questionnaire.condition[name], every, negated)
            case ex.Not(not_=inner):
                return self._leaves(inner, every, not negated)
            case ex.AllOf(all=parts) | ex.AnyOf(any=parts):
                same = (isinstance(part, ex.AllOf) != negated) is every
                if same or len(parts) == 1:
                    return [leaf for each in parts for leaf in self._leaves(each, every, negated)]
                inner = self._joined(parts, every=isinstance(part, ex.AllOf), negated=negated)
                return [f"({inner})"] if ", " in inner else [inner] if inner else []
            case ex.EnableWhen():
                return self._answer(part, negated=negated)
            case ex.NumberComparison():
                return self._comparison(part, negated=negated)

    def _answer(self, rule: ex.EnableWhen, *, negated: bool) -> list[_Chosen | str]:
        number = self.numbers.get(rule.question)
        if number is None:
            return []
        operator = rule.operator
        item = self.questionnaire.placements[rule.question].item
        if operator is Operator.EXISTS:
            did = rule.answer is not negated
            return [f"you {'answered' if did else 'did not answer'} question {number}"]
        if operator in (Operator.EQUAL, Operator.NOT_EQUAL) and (
            item.type in CHOICES or item.type is ItemType.BOOLEAN or rule.answer == ex.NOT_SURE
        ):
            did = (operator is Operator.EQUAL) is not negated
            return [
                _Chosen("chose" if did else "did not choose", (self._operand(rule),), (number,))
            ]
        words = _ORDER_IN_TIME if item.type is ItemType.DATE else _ORDER
        said = words[operator].format(self._operand(rule))
        return [f"your answer to question {number} is {'not ' if negated else ''}{said}"]

    def _operand(self, rule: ex.EnableWhen) -> str:
        item = self.questionnaire.placements[rule.question].item
        if rule.answer == ex.NOT_SURE and item.option(ex.NOT_SURE) is None:
            return f"“{item.not_sure or NOT_SURE}”"
        if item.type in CHOICES:
            option = item.option(rule.answer) or OTHER_OPTION
            return f"“{option.display}”"
        text = " ".join(answer_text(item, rule.answer))
        return f"“{text}”" if item.type is ItemType.BOOLEAN else text

    def _comparison(self, rule: ex.NumberComparison, *, negated: bool) -> list[_Chosen | str]:
        if isinstance(rule.compare, ex.CountAnswers) and _means_any(rule):
            return self._any_chosen(rule.compare.count_answers, negated=negated)
        subject = self._number(rule.compare)
        than = rule.than if isinstance(rule.than, int | float) else self._number(rule.than)
        if not subject or than == "":
            return []
        limit = than if isinstance(than, str) else number_text(than)
        said = _ORDER[rule.operator].format(limit)
        return [f"{subject} is {'not ' if negated else ''}{said}"]

    def _any_chosen(self, link_id: str, *, negated: bool) -> list[_Chosen | str]:
        number = self.numbers.get(link_id)
        if number is None:
            return []
        options = self.questionnaire.placements[link_id].item.answer_option
        none = [f"“{option.display}”" for option in options if option.exclusive]
        if negated:
            return [_Chosen("chose", tuple(none) or ("nothing",), (number,))]
        but = f"anything but {_list(none, 'or')}" if none else "anything"
        return [_Chosen("chose", (but,), (number,))]

    def _number(self, expression: ex.NumberExpression) -> str:
        """Write a number as the subject of a sentence; "" for what is not on the paper."""
        match expression:
            case ex.CountAnswers(count_answers=link_id):
                number = self.numbers.get(link_id)
                return f"the number of your answers to question {number}" if number else ""
            case ex.YearsSince(years_since=link_id):
                number = self.numbers.get(link_id)
                return f"the number of years since question {number}" if number else ""
            case _:
                # Nobody adds up answers on paper, and nobody should see how they are weighed.
                return ""


def _merged(leaves: Sequence[_Chosen | str], *, every: bool) -> list[_Chosen | str]:
    """Say at once what is said of one question, and then what is said of several alike."""
    by_number = leaves if every else _merged_where_same(leaves, "numbers", joined="options")
    return _merged_where_same(by_number, "options", joined="numbers")


def _merged_where_same(
    leaves: Sequence[_Chosen | str], same: str, *, joined: str
) -> list[_Chosen | str]:
    found: dict[object, _Chosen | str] = {}
    for leaf in leaves:
        key = (leaf.verb, getattr(leaf, same)) if isinstance(leaf, _Chosen) else leaf
        known = found.get(key)
        if isinstance(leaf, _Chosen) and isinstance(known, _Chosen):
            both = (*getattr(known, joined), *getattr(leaf, joined))
            found[key] = replace(known, **{joined: tuple(dict.fromkeys(both))})
        else:
            found[key] = leaf
    return list(found.values())


def _means_any(rule: ex.NumberComparison) -> bool:
    return (rule.operator, rule.than) in ((Operator.GREATER, 0), (Operator.GREATER_OR_EQUAL, 1))


def _list(words: Sequence[str], joint: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last
