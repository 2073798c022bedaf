"""Runs a questionnaire's rules over a set of answers. The phone's `evaluation.js` mirrors it.

One `Evaluation` is one look at one set of answers: it remembers what it has worked out and must be
thrown away when an answer changes. It expects a definition that `definition_checks` has passed.

The order of evaluation: an item is enabled when its parent is, its own rules hold and it is not
left out. A rule sees only the answers of enabled questions. A rule that belongs to an item sees, of
the repeating groups that the two share, its own repetition alone, and every one of the others.
A score belongs to the whole questionnaire: it means the same number wherever it is named.

A group that repeats for a choice question, and a question that takes its options from one, look at
what is chosen there now, in the repetition that they share. A stored answer that is not offered now
counts nowhere.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from fbss_app.domain.questionnaire import expressions as ex
from fbss_app.domain.questionnaire.answers import (
    OTHER,
    Answers,
    AnswerValue,
    Path,
    Perspective,
    answer_key,
    is_absent,
    is_masked,
    is_not_sure,
    occurrences_of,
    repetition_ids,
)
from fbss_app.domain.questionnaire.comparing import (
    Known,
    Operand,
    compare_numbers,
    is_number,
    ordered,
    same,
    years_between,
)
from fbss_app.domain.questionnaire.expressions import Operator
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    OTHER_OPTION,
    AnswerOption,
    Item,
    Questionnaire,
)
from fbss_app.domain.questionnaire.vocabulary import AppRole, EnableBehavior, ItemType


class Scope(NamedTuple):
    """From where a rule looks: the repeating groups around it, and its repetition in each."""

    groups: tuple[str, ...] = ()
    path: Path = ()


WHOLE = Scope()


class Evaluation:
    """The rules of one questionnaire over one set of answers."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Answers,
        today: date | None = None,
        left_out: Collection[str] = frozenset(),
        alone: Collection[str] = frozenset(),
    ) -> None:
        """Look at a set of answers.

        Args:
            questionnaire: A checked definition.
            answers: The current answers, by answer key.
            today: The day from which years are counted; the server's own without it.
            left_out: The optional parts that the clinic of an invitation does not ask for.
            alone: The answers that are behind a curtain: their keys, as `answered_alone` lists them
                for a helper. They count nowhere, but their questions are answered.
        """
        self.questionnaire = questionnaire
        self.answers = answers
        self.today = today or date.today()  # noqa: DTZ011 (a person's own calendar day is meant)
        self.left_out = frozenset(left_out)
        self.alone = frozenset(alone)
        self._enabled: dict[tuple[str, Path], bool] = {}
        self._repetitions: dict[tuple[str, Path], tuple[str, ...]] = {}
        self._values: dict[tuple[str, Path], list[Known]] = {}
        self._conditions: dict[tuple[str, Scope], bool] = {}
        self._scores: dict[str, int | float | None] = {}

    def scope_of(self, link_id: str, path: Path = ()) -> Scope:
        """Give the scope of the rules of one item at one path."""
        return Scope(self.questionnaire.placements[link_id].repeating, path)

    def enabled(self, link_id: str, path: Path = ()) -> bool:
        """Say whether an item is asked, at a path of one repetition per repeating group around."""
        known = self._enabled.get((link_id, path))
        if known is None:
            known = self._enabled[link_id, path] = self._is_enabled(link_id, path)
        return known

    def _is_enabled(self, link_id: str, path: Path) -> bool:
        placement = self.questionnaire.placements[link_id]
        if placement.parent:
            outer = self.questionnaire.placements[placement.parent.link_id].repeating
            if not self.enabled(placement.parent.link_id, path[: len(outer)]):
                return False
        if link_id in self.left_out:
            return False
        # A question that has nothing to choose could not be answered, and would be owed for ever.
        if placement.item.options_from and not self.options(link_id, path):
            return False
        rules = placement.item.enable_when
        if not rules:
            return True
        scope = Scope(placement.repeating, path)
        combine = any if placement.item.enable_behavior is EnableBehavior.ANY else all
        return combine(self.holds(rule, scope) for rule in rules)

    def repetitions(self, link_id: str, path: Path = ()) -> tuple[str, ...]:
        """List the repetitions of a repeating group within an outer path."""
        known = self._repetitions.get((link_id, path))
        if known is None:
            known = self._repetitions[link_id, path] = self._repetition_ids(link_id, path)
        return known

    def _repetition_ids(self, link_id: str, path: Path) -> tuple[str, ...]:
        item = self.questionnaire.placements[link_id].item
        if item.repeats_for:
            return tuple(option.code for option in self.chosen(item.repeats_for, path))
        return repetition_ids(self.answers, link_id, path, implied=item.least_occurs >= 1)

    def paths(self, link_id: str, within: Path = ()) -> list[Path]:
        """List every path at which an item stands, inside the outer repetitions that are given."""
        found = [within]
        for group in self.questionnaire.placements[link_id].repeating[len(within) :]:
            found = [(*path, each) for path in found for each in self.repetitions(group, path)]
        return found

    def answer(self, link_id: str, path: Path = ()) -> AnswerValue:
        """Give the answer to a question that is asked; None when there is none.

        Of what is no longer offered, nothing is left. One that was put aside has none.
        """
        if not self.enabled(link_id, path):
            return None
        key = answer_key(link_id, path)
        value = self.answers.get(key)
        if is_masked(value) or key in self.alone:
            return None
        item = self.questionnaire.placements[link_id].item
        if item.options_from is None or value is None or is_absent(value):
            return value
        offered = [option.code for option in self.options(link_id, path)]
        if isinstance(value, list):
            return [each for each in value if each in offered] or None
        return value if value in offered else None

    def masked(self, link_id: str, path: Path = ()) -> bool:
        """Say whether a question was put aside, for the patient alone to answer."""
        return is_masked(self.answers.get(answer_key(link_id, path)))

    @property
    def perspective(self) -> Perspective:
        """Whose view the answers are that are given now, as the `author` question says."""
        link_id = self.questionnaire.roles.get(AppRole.AUTHOR)
        if link_id is None:
            return Perspective.SELF
        chosen = self.questionnaire.placements[link_id].item.option(self.answer(link_id))
        return (chosen and chosen.perspective) or Perspective.SELF

    def options(self, link_id: str, path: Path = ()) -> tuple[AnswerOption, ...]:
        """List what a choice question offers now."""
        item = self.questionnaire.placements[link_id].item
        if item.options_from is None:
            return item.answer_option
        source = self.questionnaire.placements[item.options_from].item
        inherited = {OTHER, *(option.code for option in source.answer_option)}
        own = [option for option in item.answer_option if option.code not in inherited]
        return (*self.chosen(item.options_from, path), *own)

    def chosen(self, link_id: str, path: Path = ()) -> tuple[AnswerOption, ...]:
        """List the options now chosen in a choice question, in the order of the definition.

        Options that stand for "none of these" are left out; "something else" bears the person's
        own words. The path may be that of an item deeper inside.
        """
        placement = self.questionnaire.placements[link_id]
        own_path = path[: len(placement.repeating)]
        value = self.answer(link_id, own_path)
        values = [] if value is None or is_absent(value) else occurrences_of(value)
        found = [
            option
            for option in self.options(link_id, own_path)
            if option.code in values and not option.exclusive
        ]
        texts = [each[OTHER] for each in values if isinstance(each, dict) and OTHER in each]
        if texts:
            found.append(OTHER_OPTION.model_copy(update={"display": texts[0]}))
        return tuple(found)

    def asked(self, link_id: str, path: Path = ()) -> Item:
        """Give a question as it is asked at a path: with the options that it offers now."""
        item = self.questionnaire.placements[link_id].item
        if item.options_from is None:
            return item
        return item.model_copy(update={"answer_option": self.options(link_id, path)})

    def values(self, link_id: str, scope: Scope = WHOLE) -> list[Known]:
        """List the known values of a question, as a rule in this scope sees them."""
        within = self._shared(link_id, scope)
        known = self._values.get((link_id, within))
        if known is None:
            known = self._values[link_id, within] = [
                value
                for path in self.paths(link_id, within)
                for value in _known(self.answer(link_id, path))
            ]
        return known

    def _shared(self, link_id: str, scope: Scope) -> Path:
        """Cut the scope's path to the repeating groups that it shares with the question."""
        repeating = self.questionnaire.placements[link_id].repeating
        shared = 0
        for own, asked in zip(scope.groups, repeating, strict=False):
            if own != asked:
                break
            shared += 1
        return scope.path[:shared]

    def _any_not_sure(self, link_id: str, scope: Scope) -> bool:
        paths = self.paths(link_id, self._shared(link_id, scope))
        return any(is_not_sure(self.answer(link_id, path)) for path in paths)

    def compare(
        self, link_id: str, operator: Operator, operand: Operand, scope: Scope = WHOLE
    ) -> bool:
        """Compare the answers to a question with a fixed value; any one of them may match."""
        values = self.values(link_id, scope)
        if operator is Operator.EXISTS:
            return bool(values) == operand
        if operator in (Operator.EQUAL, Operator.NOT_EQUAL):
            found = any(same(value, operand) for value in values)
            if not found and operand == ex.NOT_SURE:
                found = self._any_not_sure(link_id, scope)
            return found == (operator is Operator.EQUAL)
        dates = self.questionnaire.placements[link_id].item.type is ItemType.DATE
        return any(ordered(value, operator, operand, dates=dates) for value in values)

    def condition(self, name: str, scope: Scope = WHOLE) -> bool:
        """Say whether a named condition holds."""
        known = self._conditions.get((name, scope))
        if known is None:
            known = self.holds(self.questionnaire.condition[name], scope)
            self._conditions[name, scope] = known
        return known

    def holds(self, expression: ex.BooleanExpression, scope: Scope = WHOLE) -> bool:
        """Say whether a boolean expression holds."""
        match expression:
            case ex.EnableWhen():
                return self.compare(
                    expression.question, expression.operator, expression.answer, scope
                )
            case ex.AllOf():
                return all(self.holds(part, scope) for part in expression.all)
            case ex.AnyOf():
                return any(self.holds(part, scope) for part in expression.any)
            case ex.Not():
                return not self.holds(expression.not_, scope)
            case ex.ConditionReference():
                return self.condition(expression.condition, scope)
            case ex.NumberComparison():
                number = self.number(expression.compare, scope)
                than = expression.than
                if not isinstance(than, int | float):
                    than = self.number(than, scope)
                if number is None or than is None:
                    return False
                return compare_numbers(number, expression.operator, than)

    def number(self, expression: ex.NumberExpression, scope: Scope = WHOLE) -> int | float | None:
        """Work out a number; None when too little is known."""
        match expression:
            case ex.Count():
                return sum(self.holds(part, scope) for part in expression.count)
            case ex.CountAnswers():
                return self._count_answers(expression.count_answers, scope)
            case ex.Sum():
                numbers = self._numbers(expression.sum, scope)
                return _total(numbers, least=expression.at_least or len(expression.sum))
            case ex.Mean():
                numbers = self._numbers(expression.mean, scope)
                total = _total(numbers, least=expression.at_least or len(expression.mean))
                return None if total is None else total / len(numbers)
            case ex.YearsSince():
                dates = [str(value) for value in self.values(expression.years_since, scope)]
                return min((years_between(each, self.today) for each in dates), default=None)
            case ex.ScoreReference():
                return self.score(expression.score)

    def score(self, name: str) -> int | float | None:
        """Work out a named score; None when too little is known."""
        if name not in self._scores:
            self._scores[name] = self.number(self.questionnaire.scores[name].value)
        return self._scores[name]

    def _count_answers(self, link_id: str, scope: Scope) -> int:
        item = self.questionnaire.placements[link_id].item
        exclusive = {option.code for option in item.answer_option if option.exclusive}
        return sum(value not in exclusive for value in self.values(link_id, scope))

    def _numbers(self, link_ids: tuple[str, ...], scope: Scope) -> list[float]:
        return [
            number
            for link_id in link_ids
            for value in self.values(link_id, scope)
            if (number := _as_number(self.questionnaire.placements[link_id].item, value))
            is not None
        ]


def _known(answer: AnswerValue) -> list[Known]:
    """List the values that rules may see in one answer; a way out is none."""
    if answer is None or is_absent(answer):
        return []
    known: list[Known] = []
    for value in occurrences_of(answer):
        if isinstance(value, dict):
            if OTHER in value:
                known.append(OTHER)
        elif isinstance(value, bool | int | float | str):
            known.append(value)
    return known


def _as_number(item: Item, value: Known) -> float | None:
    if item.type in CHOICES:
        option = item.option(value)
        return None if option is None or option.ordinal_value is None else option.ordinal_value
    return float(value) if is_number(value) else None


def _total(numbers: list[float], *, least: int) -> float | None:
    """Add from left to right, one float addition each, so that the phone gets the same digits."""
    if len(numbers) < least:
        return None
    total = 0.0
    for number in numbers:
        total += number
    return total
