"""Says in words who gave the answers of a summary. The phone's `given_words.js` mirrors it."""

from collections.abc import Sequence

from fbss_app.domain.questionnaire.answers import AuthorRole, Perspective
from fbss_app.domain.summary.provenance import Given

SIGN = "†"
SIGN_LEGEND = f"{SIGN} Only the person with the pain can feel or know this; a helper answered."
NOT_A_SELF_REPORT = "Answered by a helper, so not a self-report."
FOR_THE_PATIENT_ALONE = "To be answered by the patient alone"
ANSWERED_ALONE = "Answered by the patient alone"
NOT_ANSWERED_YET = "Not answered yet"


def mark_words(given: Given) -> str:
    """Say beside an answer who gave it, and how."""
    who = "patient" if given.role is AuthorRole.PATIENT else given.name or "helper"
    if given.is_confirmed_by_patient:
        return f"{who}, confirmed by the patient"
    match given.perspective:
        case Perspective.SELF:
            return who
        case Perspective.SELF_ASSISTED:
            return f"{who}, with help"
        case Perspective.PROXY_OWN_VIEW:
            return f"{who}, own view"
        case Perspective.PROXY_PATIENT_VIEW:
            return f"{who}, as the patient would say"


def usual_words(givens: Sequence[Given]) -> str:
    """Find what is true of most answers, so that only the others need a mark; "" for no answer.

    Of several as common as each other it is that of the patient, else the first.
    """
    counted: dict[str, int] = {}
    ranks: dict[str, int] = {}
    order = list(Perspective)
    for given in givens:
        words = mark_words(given)
        counted[words] = counted.get(words, 0) + 1
        ranks.setdefault(words, order.index(given.perspective))
    return min(counted, key=lambda words: (-counted[words], ranks[words]), default="")


def reported_by(givens: Sequence[Given]) -> str:
    """Name everyone who gave an answer, the patient first."""
    patients = ["the patient"] if any(g.role is AuthorRole.PATIENT for g in givens) else []
    helpers = [given.name or "a helper" for given in givens if given.role is AuthorRole.HELPER]
    people = list(dict.fromkeys([*patients, *helpers])) or ["the patient"]
    *others, last = people
    together = f"{', '.join(others)} and {last}" if others else last
    return together if patients or not helpers else f"{together} for the patient"


def origin_notes(givens: Sequence[Given], *, signed: bool) -> tuple[str, ...]:
    """Say what the marks beside the answers mean.

    Args:
        givens: Who gave each answer.
        signed: Whether the sign stands beside any of them.
    """
    usual = usual_words(givens)
    first = next((given for given in givens if mark_words(given) == usual), None)
    notes: list[str] = []
    if first and len({mark_words(given) for given in givens}) > 1:
        notes.append(f"Answers that say nothing else are from {_from_words(first)}.")
    elif first and usual != AuthorRole.PATIENT.value:
        notes.append(f"All answers are from {_from_words(first)}.")
    if signed:
        notes.append(SIGN_LEGEND)
    return tuple(notes)


def _from_words(given: Given) -> str:
    article = "the " if given.role is AuthorRole.PATIENT else "" if given.name else "a "
    return f"{article}{mark_words(given)}".replace(", own view", ", as the helper sees it")
