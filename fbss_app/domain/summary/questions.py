"""Which questions someone can ask at the visit: the first few for the sheet, and the others."""

from dataclasses import dataclass

from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import QuestionToAsk


@dataclass(frozen=True, slots=True)
class QuestionsToAsk:
    """The questions that fit the answers, in the order of the definition.

    Attributes:
        printed: The first of them, as many as the definition prints at most.
        more: The others, to be opened on request; no paper has them.
    """

    printed: tuple[QuestionToAsk, ...]
    more: tuple[QuestionToAsk, ...]


def questions_to_ask(evaluation: Evaluation) -> QuestionsToAsk:
    """Choose the questions that fit a set of answers."""
    questionnaire = evaluation.questionnaire
    fitting = tuple(
        ask
        for ask in questionnaire.question_to_ask
        if ask.when is None or evaluation.holds(ask.when)
    )
    most = questionnaire.questions_printed
    return QuestionsToAsk(fitting[:most], fitting[most:])
