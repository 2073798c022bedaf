"""Sync: take the answers a device has not had confirmed, give back what others added.

One idempotent call, one transaction: a lost reply, a double tap or a second device can neither
lose an answer nor store it twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from fbss_app.domain.questionnaire.answers import AnswerEvent, AuthorRole
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.domain.questionnaire.validation import ProblemCode, validate_event
from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import (
    HELPER,
    PATIENT,
    Access,
    Participant,
    hash_secret,
    may_answer,
    may_answer_as_patient,
    may_manage,
    may_see_all,
    open_response,
    participants,
    visible_to,
)
from fbss_app.server.services.refusal import (
    FieldProblem,
    NotAllowedError,
    RefusedError,
    UnknownResponseError,
)
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.repositories.access_links import Holder
from fbss_app.server.storage.repositories.answer_events import StoredEvent
from fbss_app.server.storage.tables import AccessLinkRow, ResponseRow
from fbss_app.settings import Settings

logger = get_logger(__name__)

_PART = {
    ProblemCode.UNKNOWN_LINK_ID: "link_id",
    ProblemCode.NOT_ANSWERABLE: "link_id",
    ProblemCode.WRONG_PATH: "path",
}
_ADVICE = {
    ProblemCode.MISSING: "holds no answer. Send null to remove an answer",
    ProblemCode.WRONG_TYPE: "is not of the type that its question asks for",
    ProblemCode.UNKNOWN_OPTION: "is not one of the options of its question",
    ProblemCode.EXCLUSIVE_WITH_OTHERS: "joins other options with one that stands alone",
    ProblemCode.TOO_SMALL: "is too small for its question; the least is {limit}",
    ProblemCode.TOO_LARGE: "is too large for its question; the most is {limit}",
    ProblemCode.TOO_LONG: "is too long for its question; the most is {limit} characters",
    ProblemCode.TOO_MANY_DECIMALS: "has too many decimal places; the most is {limit}",
    ProblemCode.TOO_FEW: "has too few entries; the least is {limit}",
    ProblemCode.TOO_MANY: "has too many entries; the most is {limit}",
    ProblemCode.NOT_A_DATE: "is not a date such as 2026, 2026-01 or 2026-01-31",
    ProblemCode.NOT_OFFERED: "is an answer that its question does not offer",
    ProblemCode.DUPLICATE: "holds the same entry twice",
    ProblemCode.UNKNOWN_LINK_ID: "names no question of this questionnaire",
    ProblemCode.WRONG_PATH: "does not fit the repeating groups around the question",
    ProblemCode.NOT_ANSWERABLE: "names something that takes no answer",
}
_MAX_PROBLEMS = 20


@dataclass(frozen=True)
class Consent:
    """What was agreed to, when, and who said so: the patient, or a helper for them."""

    version: str
    text_sha256: str
    given_at: datetime
    agreed_by: AuthorRole = AuthorRole.PATIENT


@dataclass(frozen=True)
class SyncCall:
    """One call of one device."""

    response_id: str
    secret: str
    questionnaire: Questionnaire
    consent: Consent | None
    cursor: int
    events: Sequence[AnswerEvent]


@dataclass(frozen=True)
class SyncResult:
    """What is stored for good, what the device did not have, and who takes part.

    Attributes:
        confirmed: The ids of the call's events.
        sequences: The place of each of them in the order of arrival.
        events: Events that others added.
        cursor: How far the device has read now.
        participants: Everyone who holds or held a link.
        me: The id of the caller's own link.
        expires_at: When the response ends unless it is used again.
    """

    confirmed: tuple[UUID, ...]
    sequences: tuple[int, ...]
    events: tuple[StoredEvent, ...]
    cursor: int
    participants: tuple[Participant, ...]
    me: str
    expires_at: datetime


def sync_response(
    database: Database, settings: Settings, call: SyncCall, now: datetime
) -> SyncResult:
    """Store what is new and return what is new to the device, or raise `RefusedError`."""
    _require_valid(call, settings)
    sent = tuple(dict.fromkeys(event.id for event in call.events))
    with database.unit_of_work() as unit:
        access = _open_or_create(unit, call, now)
        row, link = access
        _require_own_role(link, call.events)
        known = unit.answer_events.find(call.response_id, sent)
        fresh = _fresh_events(call.events, {key: each.event for key, each in known.items()})
        if row.last_sequence + len(fresh) > settings.max_events_per_response:
            raise RefusedError(
                "response-full",
                f"No more than {settings.max_events_per_response} answers can be saved here. "
                "Nothing of this call was saved.",
            )
        added = unit.answer_events.add(row, link.id, fresh, now)
        link.last_used_at = now
        if may_answer(link):
            row.last_synced_at = now
            ends = now + timedelta(days=settings.draft_days)
            # A clinic that was sent these answers keeps them for as long as was agreed.
            row.expires_at = max(ends, unit.invitation_links.kept_until(row.id) or ends)
        places = {each.event.id: each.sequence for each in (*known.values(), *added)}
        unread, cursor = _unread(unit, access, call.cursor, sent, settings.max_events_per_call)
        result = SyncResult(
            confirmed=sent,
            sequences=tuple(places[each] for each in sent),
            events=unread,
            cursor=cursor,
            participants=participants(unit, row.id, now),
            me=link.id,
            expires_at=row.expires_at,
        )
    logger.info(
        "response-synced",
        response=call.response_id,
        sent=len(sent),
        new=len(fresh),
        returned=len(result.events),
    )
    return result


def _require_valid(call: SyncCall, settings: Settings) -> None:
    most = settings.max_events_per_call
    if len(call.events) > most:
        raise RefusedError(
            "invalid-content",
            f"One call can bring {most} answers at most. Send the rest in further calls.",
            problems=[
                FieldProblem("events", "too-many", f"events holds more than {most} entries.")
            ],
        )
    problems: list[FieldProblem] = []
    for index, event in enumerate(call.events):
        problem = validate_event(call.questionnaire, event)
        if problem and len(problems) < _MAX_PROBLEMS:
            where = f"events[{index}].{_PART.get(problem.code, 'value')}"
            advice = _ADVICE[problem.code].format(limit=problem.limit)
            problems.append(FieldProblem(where, problem.code.value, f"{where} {advice}."))
    if problems:
        raise RefusedError(
            "invalid-content",
            "Some answers do not fit their questions. Nothing was saved. See the list of problems.",
            problems=problems,
        )


def _require_own_role(link: AccessLinkRow, events: Sequence[AnswerEvent]) -> None:
    """Keep helpers from answering or confirming in the patient's name."""
    as_patient = any(event.author_role is AuthorRole.PATIENT for event in events)
    if as_patient and not may_answer_as_patient(link):
        raise NotAllowedError


def _open_or_create(unit: UnitOfWork, call: SyncCall, now: datetime) -> Access:
    may = may_answer if call.events or call.consent else None
    try:
        access = open_response(unit, call.response_id, call.secret, now, may)
    except UnknownResponseError:
        # Without a consent of their own, nobody learns whether the id is free.
        if call.consent is None:
            raise
        _create(unit, call, call.consent, now)
        # Where a second tab was quicker, its response opens with the same secret.
        access = open_response(unit, call.response_id, call.secret, now)
    row = access.response
    if row.questionnaire != call.questionnaire.name:
        message = f"questionnaire must be {row.questionnaire} for this response."
        raise RefusedError(
            "invalid-content",
            "These answers belong to another questionnaire. Nothing was saved.",
            problems=[FieldProblem("questionnaire", "other-questionnaire", message)],
        )
    if call.consent and call.consent.given_at > row.consent_given_at:
        if not may_manage(access.link):
            raise NotAllowedError
        _keep_consent(row, call.consent, now)
    if may_answer(access.link):
        # A phone that was updated goes on with the newer definition; each event keeps its own.
        row.questionnaire_version = call.questionnaire.version
    return access


def _create(unit: UnitOfWork, call: SyncCall, consent: Consent, now: datetime) -> None:
    """Add the response and its first link; adds nothing where the id is taken, or was erased."""
    if unit.responses.was_erased(call.response_id):
        return
    row = ResponseRow(
        id=call.response_id,
        questionnaire=call.questionnaire.name,
        questionnaire_version=call.questionnaire.version,
        consent_version=consent.version,
        consent_text_sha256=consent.text_sha256,
        consent_agreed_by=consent.agreed_by.value,
        consent_given_at=consent.given_at,
        consent_received_at=now,
        last_synced_at=now,
        # In the future until the end of this call sets it: a row that is over cannot be opened.
        expires_at=now + timedelta(days=1),
        last_sequence=0,
    )
    if not unit.responses.add_if_absent(row):
        return
    first = AccessLinkRow(
        # Both ids are random, and a response has one first link: the phone knows it at once.
        id=call.response_id,
        response_id=call.response_id,
        secret_sha256=hash_secret(call.secret),
        role=HELPER if consent.agreed_by is AuthorRole.HELPER else PATIENT,
        can_manage=True,
        created_at=now,
    )
    unit.access_links.add_if_absent(first, Holder())


def _keep_consent(row: ResponseRow, consent: Consent, now: datetime) -> None:
    """Replace the consent by a newer one, as when its text has changed."""
    row.consent_version = consent.version
    row.consent_text_sha256 = consent.text_sha256
    row.consent_agreed_by = consent.agreed_by.value
    row.consent_given_at = consent.given_at
    row.consent_received_at = now


def _fresh_events(
    events: Sequence[AnswerEvent], known: dict[UUID, AnswerEvent]
) -> list[AnswerEvent]:
    """Pick the events that are not stored yet; an id can never stand for two answers."""
    seen = dict(known)
    fresh: list[AnswerEvent] = []
    clashes: list[FieldProblem] = []
    for index, event in enumerate(events):
        earlier = seen.setdefault(event.id, event)
        if earlier is event:
            fresh.append(event)
        elif earlier != event:
            where = f"events[{index}].id"
            message = f"{where} was used before for another answer. Give each answer a new id."
            clashes.append(FieldProblem(where, "id-reused", message))
    if clashes:
        raise RefusedError(
            "id-reused",
            "An answer came with the id of an earlier, different answer. Nothing was saved.",
            status_code=409,
            problems=clashes[:_MAX_PROBLEMS],
        )
    return fresh


def _unread(
    unit: UnitOfWork, access: Access, cursor: int, sent: tuple[UUID, ...], limit: int
) -> tuple[tuple[StoredEvent, ...], int]:
    """Give what the device has not read, and how far it has read with that."""
    row, link = access
    # A cursor from the future means that the database was restored: the device reads all again.
    after = cursor if cursor <= row.last_sequence else 0
    # What a helper may not see can be said by an event before the cursor.
    found = visible_to(link, unit.answer_events.after(row.id, after if may_see_all(link) else 0))
    own = set(sent)
    unread = [each for each in found if each.sequence > after and each.event.id not in own]
    page = tuple(unread[:limit])
    return page, page[-1].sequence if len(unread) > limit else row.last_sequence
