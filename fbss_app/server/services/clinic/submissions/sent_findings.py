"""What is worked out of answers when they are sent: warning signs, scores, the time it took."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from fbss_app.domain.questionnaire.answers import fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.domain.questionnaire.scoring import score_result
from fbss_app.domain.safety.red_flag import NO_URGENCY, raised_red_flags, urgency_rank
from fbss_app.domain.summary.provenance import provenance_of, proxied
from fbss_app.server.services.clinic.submissions.sent_answers import sent_events
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.storage.repositories.answer_events import StoredEvent
from fbss_app.server.storage.repositories.clinic.submissions import Findings


def findings_of(
    definition: Questionnaire, events: list[StoredEvent], left_out: list[str], now: datetime
) -> tuple[Findings, int]:
    """Work out warning signs and scores, with the rank of the most urgent sign.

    Args:
        definition: The questionnaire.
        events: The answers up to where they are sent.
        left_out: The optional parts that were not asked.
        now: The time.

    Raises:
        RefusedError: Nothing was answered about the patient.
    """
    valid = [each.event for each in sent_events(definition, events, left_out, now.date())]
    answers = fold(valid)
    about_the_patient = answers.keys() - definition.device_questions
    if not about_the_patient:
        raise RefusedError(
            "nothing-answered", "There is nothing to send yet. Answer some questions first."
        )
    evaluation = Evaluation(definition, answers, now.date(), left_out)
    flags = raised_red_flags(definition, evaluation)
    by_proxy = proxied(provenance_of(valid))
    scores: Mapping[str, float | None] = {
        name: result.value if result.is_self_report else None
        for name in definition.scores
        for result in (score_result(evaluation, name, by_proxy),)
    }
    rank = urgency_rank(flags[0].urgency) if flags else NO_URGENCY
    return Findings([flag.id for flag in flags], dict(scores), left_out), rank


def time_taken(events: list[StoredEvent]) -> timedelta:
    """Say how long a person was at it, from the first answer to the last.

    A phone's clock may be wrong, but a span between two of its times is right.
    """
    times = [each.event.answered_at for each in events]
    return max(times) - min(times)
