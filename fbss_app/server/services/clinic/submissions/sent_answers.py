"""What was sent in a submission, opened and worked out as it stood when it was sent.

What the patient answered after that is not here, nor is what belongs to a part that was not asked
for this clinic. What they answered alone is: it was sent to the clinic with everything else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from fbss_app.domain.questionnaire.answers import AnswerEvent, fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.left_out import depending_on
from fbss_app.domain.questionnaire.model import Questionnaire, RedFlag
from fbss_app.domain.questionnaire.scoring import ScoreResult, score_result
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.safety.red_flag import raised_red_flags, urgency_rank
from fbss_app.domain.summary.provenance import Provenance, provenance_of, proxied
from fbss_app.domain.summary.summary import Summary, build_summary
from fbss_app.server.services.access import HELPER, participants
from fbss_app.server.services.saved_answers import Definitions, definition_of
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import SubmissionRow
from fbss_app.server.storage.repositories.answer_events import StoredEvent
from fbss_app.server.storage.repositories.clinic.submissions import Findings, StoredSubmission


@dataclass(frozen=True)
class SentAnswers:
    """The answers of one submission.

    Attributes:
        submission: The submission.
        found: What was worked out when it was sent.
        questionnaire: The version that was answered.
        events: Everything that was answered until then, in the order in which it arrived.
        helpers: What each helper is called, by the id of their link.
    """

    submission: SubmissionRow
    found: Findings
    questionnaire: Questionnaire
    events: Sequence[StoredEvent]
    helpers: Mapping[str, str]

    @cached_property
    def valid(self) -> Sequence[StoredEvent]:
        """The events that were sent and fit the definition; others count nowhere."""
        return sent_events(self.questionnaire, self.events, self.found.left_out, self._day)

    @cached_property
    def evaluation(self) -> Evaluation:
        """The rules over the answers, on the day they were sent: a look later changes nothing."""
        return Evaluation(
            self.questionnaire,
            fold(self._valid_events),
            self._day,
            self.found.left_out,
        )

    @cached_property
    def provenance(self) -> Provenance:
        """Who gave each answer."""
        names: dict[UUID, str] = {
            stored.event.id: self.helpers.get(stored.participant_id, "") for stored in self.events
        }
        return provenance_of(self._valid_events, names=names)

    @cached_property
    def summary(self) -> Summary:
        """The summary as the clinic sees it: as the patient does, who sent it."""
        return build_summary(self.questionnaire, self.evaluation, self.provenance)

    @cached_property
    def scores(self) -> tuple[ScoreResult, ...]:
        """Every score, with its number or why it has none."""
        by_proxy = proxied(self.provenance)
        return tuple(
            score_result(self.evaluation, name, by_proxy) for name in self.questionnaire.scores
        )

    @cached_property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """The warning signs, the most urgent first.

        Those that held when it was sent stay, even if a later definition would not find them.
        """
        raised = {flag.id for flag in raised_red_flags(self.questionnaire, self.evaluation)}
        held = raised.union(self.found.red_flags)
        flags = [flag for flag in self.questionnaire.red_flag if flag.id in held]
        return tuple(sorted(flags, key=lambda flag: urgency_rank(flag.urgency)))

    @property
    def _day(self) -> date:
        return self.submission.submitted_at.date()

    @property
    def _valid_events(self) -> list[AnswerEvent]:
        return [stored.event for stored in self.valid]


def sent_events(
    questionnaire: Questionnaire,
    events: Sequence[StoredEvent],
    left_out: Collection[str],
    today: date,
) -> list[StoredEvent]:
    """Choose what a clinic gets: the events that fit the definition, without parts left out.

    Args:
        questionnaire: The version that was answered.
        events: Everything that was answered.
        left_out: The optional parts that were not asked for this clinic.
        today: The day of sending.
    """
    fitting = [each for each in events if validate_event(questionnaire, each.event) is None]
    if not left_out:
        return fitting
    dependent = depending_on(questionnaire, left_out)
    answers = fold(each.event for each in fitting)
    evaluation = Evaluation(questionnaire, answers, today, left_out)

    def is_sent(event: AnswerEvent) -> bool:
        around = len(questionnaire.placements[event.link_id].repeating)
        return event.link_id not in dependent or evaluation.enabled(
            event.link_id, event.path[:around]
        )

    return [each for each in fitting if is_sent(each.event)]


def read_sent(
    unit: UnitOfWork, definitions: Definitions, stored: StoredSubmission, now: datetime
) -> SentAnswers:
    """Open what was sent in a submission of the clinic that asks.

    Raises:
        RefusedError: The server no longer has the questionnaire.
    """
    row = stored.row
    return SentAnswers(
        # A copy: the row itself cannot be read any more once the transaction has ended.
        SubmissionRow(**row.model_dump()),
        stored.findings,
        definition_of(definitions, row.questionnaire, row.questionnaire_version),
        unit.answer_events.up_to(row.response_id, row.last_sequence),
        {
            each.id: f"{each.name} ({each.relationship.lower()})"
            if each.relationship
            else each.name
            for each in participants(unit, row.response_id, now)
            if each.role == HELPER and each.name
        },
    )
