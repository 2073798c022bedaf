"""Writes everything that was answered as one HTML page that any browser shows without the app."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from fbss_app.domain.questionnaire.answers import AnswerEvent, AuthorRole, fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import Item, ItemType, Questionnaire
from fbss_app.domain.questionnaire.validation import validate_event
from fbss_app.domain.questionnaire.wording import repetition_title, with_repetition
from fbss_app.domain.summary.answer_text import answer_text

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1.125rem/1.55 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { line-height: 1.25; } h2 { margin-top: 2rem; border-bottom: 1px solid; }
dt { font-weight: 600; margin-top: 1rem; } dd { margin: 0; } .by { opacity: .8; }
"""


@dataclass(frozen=True)
class ExportedAnswers:
    """What goes onto the page.

    Attributes:
        questionnaire: The definition.
        events: Each event with the id of who sent it, in the order in which they count.
        helpers: What helpers are called, by that id, where anybody said.
        agreed_by: Who agreed that answers are saved, `patient` or `helper`.
        agreed_at: When the server learnt of it.
        expires_at: When the server deletes the answers unless they are used again.
        agreements: For each link that a helper made, whom it is for and when the helper said that
            the patient agrees.
        sent: For each clinic that holds them, its name, the name that the patient gave to it or "",
            when they were sent last, and until when it keeps them.
        removed: For each clinic that removed what it had been sent, its name and when it did.
    """

    questionnaire: Questionnaire
    events: Sequence[tuple[str, AnswerEvent]]
    helpers: Mapping[str, str]
    agreed_by: str
    agreed_at: datetime
    expires_at: datetime
    agreements: Sequence[tuple[str, datetime]] = ()
    sent: Sequence[tuple[str, str, datetime, datetime]] = ()
    removed: Sequence[tuple[str, datetime]] = ()


def export_page(exported: ExportedAnswers, now: datetime) -> str:
    """Write the page: every answer ever given, with who gave it and when, in plain HTML."""
    questionnaire = exported.questionnaire
    agreed = "a helper, for the patient" if exported.agreed_by == AuthorRole.HELPER else "you"
    head = (
        f"<p>Taken from the server on {_day(now)}. Saving was agreed to by {agreed} on "
        f"{_day(exported.agreed_at)}. The server deletes the answers on "
        f"{_day(exported.expires_at)}, unless they are used again.</p>"
    )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(questionnaire.title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(questionnaire.title)}</h1>",
            head,
            *_sent(exported),
            *_agreements(exported),
            *_sections(exported, now),
            "</body></html>",
            "",
        ]
    )


def _sent(exported: ExportedAnswers) -> Iterator[str]:
    for clinic, given_name, sent_at, kept_until in exported.sent:
        under = f" under the name {escape(given_name)}" if given_name else ""
        yield (
            f"<p>Sent to {escape(clinic)}{under}, the last time on {_moment(sent_at)}. The clinic "
            f"keeps what was sent until {_day(kept_until)}, unless it is sent again or taken back. "
            "Ask the clinic about anything that it put into its own records.</p>"
        )
    for clinic, removed_at in exported.removed:
        yield f"<p>{escape(clinic)} removed on {_moment(removed_at)} what was sent to it.</p>"


def _agreements(exported: ExportedAnswers) -> Iterator[str]:
    for name, said_at in exported.agreements:
        yield (
            f"<p>A helper made a link for {escape(name)}, and said on {_moment(said_at)} that the "
            "patient agrees to it.</p>"
        )


def _sections(exported: ExportedAnswers, now: datetime) -> Iterator[str]:
    questionnaire = exported.questionnaire
    valid = [
        (sender, event)
        for sender, event in exported.events
        if validate_event(questionnaire, event) is None
    ]
    evaluation = Evaluation(questionnaire, fold(event for _, event in valid), now.date())
    by_key: dict[str, list[tuple[str, AnswerEvent]]] = {}
    for sender, event in valid:
        by_key.setdefault(event.key, []).append((sender, event))
    position = {link_id: at for at, link_id in enumerate(questionnaire.placements)}
    asked = sorted(by_key.values(), key=lambda given: position[given[0][1].link_id])
    for section in questionnaire.item:
        inside = [given for given in asked if _stands_in(questionnaire, given[0][1], section)]
        if inside:
            yield f"<h2>{escape(section.text)}</h2>"
            yield "<dl>"
            for given in inside:
                yield from _question(exported, evaluation, given)
            yield "</dl>"


def _stands_in(questionnaire: Questionnaire, event: AnswerEvent, section: Item) -> bool:
    """Say whether an event answers a question of a section; that a group has a part is none."""
    placement = questionnaire.placements[event.link_id]
    return placement.item.type is not ItemType.GROUP and section in placement.ancestors[:1]


def _question(
    exported: ExportedAnswers,
    evaluation: Evaluation,
    given: Sequence[tuple[str, AnswerEvent]],
) -> Iterator[str]:
    *earlier, newest = given
    yield f"<dt>{escape(_text(evaluation, newest[1]))}</dt>"
    yield f"<dd>{_answer(exported, evaluation, *newest)}</dd>"
    for sender, old in reversed(earlier):
        yield f"<dd>Before that: {_answer(exported, evaluation, sender, old)}</dd>"


def _text(evaluation: Evaluation, event: AnswerEvent) -> str:
    placement = evaluation.questionnaire.placements[event.link_id]
    inner = [event.path[: depth + 1] for depth in range(len(placement.repeating))]
    groups = list(zip(placement.repeating, inner, strict=True))
    # A repetition that was taken away has no title any more.
    if any(path[-1] not in evaluation.repetitions(group, path[:-1]) for group, path in groups):
        return f"{placement.item.label} (taken away)"
    titles = [repetition_title(evaluation, group, path) for group, path in groups]
    text = with_repetition(evaluation, event.link_id, event.path, placement.item.text)
    return ": ".join([*titles, text])


def _answer(
    exported: ExportedAnswers, evaluation: Evaluation, sender: str, event: AnswerEvent
) -> str:
    asked = evaluation.asked(event.link_id, event.path)
    words = ", ".join(answer_text(asked, event.value)) or "No answer"
    by = "the patient"
    if _is_helper(event):
        by = exported.helpers.get(_first_sender(exported, sender, event), "a helper")
    return f'{escape(words)} <span class="by">({escape(by)}, {_moment(event.answered_at)})</span>'


def _first_sender(exported: ExportedAnswers, sender: str, event: AnswerEvent) -> str:
    """Find whose answer stands again: the patient's phone takes a confirmation back."""
    by_id = {each.id: (known, each) for known, each in exported.events}
    while found := by_id.pop(event.confirms, None) if event.confirms else None:
        sender, event = found
    return sender


def _is_helper(event: AnswerEvent) -> bool:
    return event.author_role is AuthorRole.HELPER


def _day(time: datetime) -> str:
    return f"{time.day} {time:%B %Y}"


def _moment(time: datetime) -> str:
    return f"{_day(time)}, {time:%H:%M} UTC"
