"""How the values that rules see are compared: numbers, partial dates, and by kind first."""

from datetime import date
from typing import TypeGuard

from fbss_app.domain.questionnaire.expressions import Operator

Known = bool | int | float | str
Operand = bool | int | float | str


def is_number(value: object) -> TypeGuard[int | float]:
    """Say whether it is a number; in Python, True is one."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(value: Known, operand: Operand) -> bool:
    """Compare by kind first: in Python, True equals 1."""
    return value == operand and isinstance(value, bool) == isinstance(operand, bool)


def ordered(value: Known, operator: Operator, operand: Operand, *, dates: bool) -> bool:
    """Put a value and an operand in order; where they have none, nothing holds."""
    if isinstance(value, str) and isinstance(operand, str):
        return dates and compare_dates(value, operator, operand)
    if is_number(value) and is_number(operand):
        return compare_numbers(value, operator, operand)
    return False


def compare_dates(left: str, operator: Operator, right: str) -> bool:
    """Put two partial dates in order, on the precision they share.

    March 2019 is before 2020, and is neither before, after nor level with 2019.
    """
    shorter = min(len(left), len(right))
    first, second = left[:shorter], right[:shorter]
    if first == second and len(left) != len(right):
        return False
    return _in_order(first < second, first == second, operator)


def years_between(partial_date: str, today: date) -> int:
    """Count the whole years from a partial date to a day, on the precision that the date has."""
    year, _, rest = partial_date.partition("-")
    not_yet = today.isoformat()[5 : 5 + len(rest)] < rest
    return today.year - int(year) - not_yet


def compare_numbers(left: float, operator: Operator, right: float) -> bool:
    """Compare two numbers."""
    return _in_order(left < right, left == right, operator)


def _in_order(less: bool, level: bool, operator: Operator) -> bool:
    match operator:
        case Operator.EQUAL:
            return level
        case Operator.NOT_EQUAL:
            return not level
        case Operator.LESS:
            return less
        case Operator.GREATER:
            return not less and not level
        case Operator.LESS_OR_EQUAL:
            return less or level
        case Operator.GREATER_OR_EQUAL:
            return not less
        case Operator.EXISTS:
            return False
