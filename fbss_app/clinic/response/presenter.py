"""Turns a submission into the words that its page shows. Knows nothing of Reflex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from fbss_app import routes
from fbss_app.clinic.day_words import day_words
from fbss_app.clinic.inbox.presenter import STATUS_WORDS, URGENCY_WORDS
from fbss_app.server.documents.summary_document import summary_data
from fbss_app.server.services.clinic.submissions.answer_history import GivenAnswer, ReviewedAnswer
from fbss_app.server.services.clinic.submissions.reviewed_response import ReviewedResponse

NO_LABEL = "No label"
SOMEBODY = "Somebody who left"


@dataclass
class Line:
    """A name and what belongs to it."""

    label: str
    text: str


@dataclass
class FlagView:
    """A warning sign that was raised."""

    urgency: str
    words: str
    heading: str


@dataclass
class FactView:
    """One line of the sheet."""

    label: str
    answer: str
    note: str


@dataclass
class TableView:
    """A table of the sheet; the first cell of each row names it."""

    columns: list[str]
    rows: list[list[str]]


@dataclass
class PartView:
    """One block of the sheet."""

    title: str
    starred: bool
    facts: list[FactView]
    tables: list[TableView]
    told: str
    places: list[str]
    worst: str


@dataclass
class AnswerView:
    """A question, its answer, who gave it, and what stood there before."""

    question: str
    answer: str
    given: str
    is_void: bool
    earlier: list[str]


@dataclass
class SectionView:
    """A part of the questionnaire with its answers."""

    title: str
    count: str
    answers: list[AnswerView]


@dataclass
class NoteView:
    """A note."""

    text: str
    about: str


@dataclass
class ResponseView:
    """A submission as its page shows it."""

    id: str
    label: str
    status: str
    status_words: str
    assigned_to: str
    facts: list[Line]
    remarks: list[str]
    flags: list[FlagView]
    origin: str
    parts: list[PartView]
    questions: list[str]
    must_say: list[str]
    sections: list[SectionView]
    notes: list[NoteView]
    pdf: str
    csv: str
    fhir: str


def response_view(found: ReviewedResponse, now: datetime) -> ResponseView:
    """Put a submission into words."""
    sheet: Any = summary_data(found.filled_in, now)
    return ResponseView(
        id=found.submission_id,
        label=found.label or NO_LABEL,
        status=found.status,
        status_words=STATUS_WORDS[found.status],
        assigned_to=found.assigned_to or "",
        facts=_facts(found),
        remarks=list(_remarks(found)),
        flags=[
            FlagView(flag.urgency.value, URGENCY_WORDS.get(flag.urgency, ""), flag.heading)
            for flag in found.red_flags
        ],
        origin=sheet["origin"],
        parts=[_part(part, found) for part in sheet["parts"]],
        questions=list(sheet["questions"]),
        must_say=[*sheet["must_say"], *sheet["credits"]],
        sections=_sections(found.answers),
        notes=[
            NoteView(note.text, f"{note.written_by or SOMEBODY}, {moment(note.created_at)}")
            for note in found.notes
        ],
        pdf=f"{routes.CLINIC_RESPONSES_API}/{found.submission_id}.pdf",
        csv=f"{routes.CLINIC_EXPORTS_API}/responses.csv?id={found.submission_id}",
        fhir=f"{routes.CLINIC_EXPORTS_API}/bundle.json?id={found.submission_id}",
    )


def moment(time: datetime) -> str:
    """Write a time so that nobody can mistake it: by the server's clock, in UTC."""
    return f"{day_words(time)}, {time:%H:%M} UTC"


def _facts(found: ReviewedResponse) -> list[Line]:
    lines = [
        Line("Sent", moment(found.submitted_at)),
        Line("Begun", moment(found.started_at)),
    ]
    if found.was_updated:
        lines.insert(1, Line("First sent", moment(found.first_submitted_at)))
    if found.reviewed_at:
        who = found.reviewed_by_name or "somebody who left"
        lines.append(Line("Reviewed", f"by {who}, {moment(found.reviewed_at)}"))
    agreed = "the patient" if found.consent.agreed_by == "patient" else "a helper, for the patient"
    return [
        *lines,
        Line("Agreed to by", f"{agreed} (consent text {found.consent.version})"),
        Line("Kept until", day_words(found.expires_at)),
        Line(
            "Questionnaire", f"{found.questionnaire.title}, version {found.questionnaire_version}"
        ),
    ]


def _remarks(found: ReviewedResponse) -> Sequence[str]:
    remarks: list[str] = []
    if found.is_uninvited:
        remarks.append(
            "These answers came through your own pages. The name is what the person wrote: make "
            "sure whose they are before you use them."
        )
    if found.changed_since_sending:
        remarks.append(
            "The patient has changed something since. What, they have not sent: this page shows "
            "what they sent."
        )
    return remarks


def _part(part: Mapping[str, Any], found: ReviewedResponse) -> PartView:
    block = next(one for one in found.summary.blocks if one.title == part["title"])
    places = block.body_map.places if block.body_map else ()
    timeline = part["timeline"]
    return PartView(
        title=part["title"],
        starred=part["starred"],
        facts=[
            FactView(fact["label"], "; ".join(fact["answers"]), fact["note"])
            for fact in part["facts"]
        ],
        tables=[TableView(table["columns"], table["rows"]) for table in part["tables"]],
        told=timeline["alt"] if timeline else "",
        places=[place.code for place in places],
        worst=next((place.code for place in places if place.worst), ""),
    )


def _sections(answers: Sequence[ReviewedAnswer]) -> list[SectionView]:
    sections: list[SectionView] = []
    for title, found in groupby(answers, key=lambda answer: answer.section):
        listed = [_answer(answer) for answer in found]
        count = "1 answer" if len(listed) == 1 else f"{len(listed)} answers"
        sections.append(SectionView(title or "Other questions", count, listed))
    return sections


def _answer(answer: ReviewedAnswer) -> AnswerView:
    given = f"Given by {answer.given_by}, {moment(answer.current.received_at)}"
    if answer.confirmed_by:
        given += f"; confirmed by {answer.confirmed_by}"
    return AnswerView(
        question=answer.text,
        answer=_words(answer.current),
        given=given,
        is_void=not answer.counts,
        earlier=[
            f"{_words(each)} ({each.by}, {moment(each.received_at)})" for each in answer.earlier
        ],
    )


def _words(given: GivenAnswer) -> str:
    return "; ".join(given.words) or "Taken back"
