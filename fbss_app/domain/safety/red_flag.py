"""Which red flags the answers raise, and which of them comes first.

Nothing here can say that all is well: no red flag raised means only that none was answered.
"""

from collections.abc import Iterable

from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire, RedFlag, Urgency

MOST_URGENT_FIRST = tuple(Urgency)
# The rank of those whom no sign is about: after that of the least urgent one.
NO_URGENCY = len(MOST_URGENT_FIRST)


def urgency_rank(urgency: Urgency) -> int:
    """Rank an urgency: 0 is the most urgent."""
    return MOST_URGENT_FIRST.index(urgency)


def raised_red_flags(questionnaire: Questionnaire, evaluation: Evaluation) -> list[RedFlag]:
    """List the red flags that hold, most urgent first and otherwise as the definition has them."""
    raised = [flag for flag in questionnaire.red_flag if evaluation.holds(flag.when)]
    return sorted(raised, key=lambda flag: urgency_rank(flag.urgency))


def most_urgent(flags: Iterable[RedFlag]) -> RedFlag | None:
    """Give the flag that decides what to do; the first of several with the same urgency."""
    return min(flags, key=lambda flag: urgency_rank(flag.urgency), default=None)
