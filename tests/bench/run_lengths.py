"""How long the questions take, counted on the definition with the rates of the content tests."""

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.routes import PRIMARY_QUESTIONNAIRE
from fbss_app.server.services.demo.made_up_people import typical_answers
from tests.bench.table import Figure, at_most
from tests.content.run_length import (
    SECONDS_PER_LETTER,
    SECONDS_PER_TAP,
    WORDS_PER_MINUTE,
    run_length,
)


def run_lengths() -> list[Figure]:
    questionnaire = load_questionnaires()[PRIMARY_QUESTIONNAIRE]
    run = run_length(questionnaire, typical_answers(questionnaire))
    rates = f"{WORDS_PER_MINUTE} words a minute, {SECONDS_PER_TAP} s a tap"
    rates += f", {SECONDS_PER_LETTER} s a letter"
    return [
        Figure("typical run without the optional parts: questions", f"{run.questions}"),
        Figure("  taps", f"{run.taps}"),
        Figure("  words to read, letters to type", f"{run.words}, {run.letters}"),
        at_most(f"  minutes, counted at {rates}", run.minutes, 15, "min", 1),
    ]
