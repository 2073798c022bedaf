"""One definition, two interpreters: the phone's JavaScript and the server's Python never differ.

The JavaScript is the real thing: the hand-written modules and the compiled questionnaire, run by
the Node that also builds the site.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.answers import (
    AnswerEvent,
    AuthorRole,
    Device,
    Perspective,
    answered_alone,
    fold,
)
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import CHOICES, Item, ItemType, Questionnaire
from fbss_app.domain.questionnaire.navigation import (
    Step,
    StepKind,
    first_unanswered,
    interruptions_after,
    section_progress,
    steps,
)
from fbss_app.domain.questionnaire.scoring import score_result
from fbss_app.domain.questionnaire.validation import validate_event, validate_value
from fbss_app.domain.questionnaire.wording import repetition_title
from fbss_app.domain.safety.red_flag import raised_red_flags
from fbss_app.domain.summary.answer_text import answer_text
from fbss_app.domain.summary.provenance import Given, Provenance, provenance_of
from fbss_app.domain.summary.summary import (
    Summary,
    SummaryLine,
    SummaryPart,
    SummaryRepetitions,
    build_summary,
    leaves,
)
from fbss_app.domain.summary.table import SummaryTable, table_of
from tests.patient.node_process import NodeProcess
from tests.scenario import answer_event
from tests.strategies import AUTHORS, answer_events, answer_keys, questionnaires, values

TODAY = date(2026, 3, 7)
NAMES = {AUTHORS[1]: "Ann (daughter)"}

# What a faulty or hostile client might send: every JSON type, and the edges of each.
STRANGE_VALUES = st.sampled_from(
    [
        *(None, True, False, 0, -1, 11, 0.15, 1.5, 10**400),
        *(
            "",
            " ",
            "\x85",
            "\ufeff",
            "a",
            "not-sure",
            "x" * 201,
            "😀" * 200,
            "😀" * 201,
            "y" * 2001,
        ),
        *("2019", "2019-13", "2019-02-29", "2020-02-29", "0000", "2019-3", "20199"),
        *([], ["a"], ["a", "a"], ["a", "b", "c"], [None], [[]]),
        *({}, {"other": ""}, {"other": "x"}, {"other": 1}, {"other": "x", "more": 1}),
        *({"absent": "asked-unknown"}, {"absent": "else"}, {"absent": "asked-unknown", "more": 1}),
        *({"absent": "masked"}, {"absent": "masked", "more": 1}),
        *({"absent": "asked-declined"}, {"absent": ["asked-unknown"]}),
    ]
)


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    process = NodeProcess("parity.mjs", tmp_path_factory.mktemp("phone"))
    yield process
    process.stop()


def as_json(value: Any) -> Any:
    """Give a number that JavaScript reads as infinite the same meaning here."""
    return json.loads(json.dumps(value), parse_int=lambda text: _number(text))


def _number(text: str) -> int | float:
    return float(text) if len(text) > 15 else int(text)


class Case(NamedTuple):
    """Events as one device sees them, and values to be checked; any device without authors.

    What is left out need not be an optional part here: whatever it is, the two must agree.
    """

    events: list[AnswerEvent]
    checked: list[Any]
    authors: list[UUID] | None = None
    left_out: tuple[str, ...] = ()

    def as_sent(self) -> dict[str, Any]:
        """Write the case as the phone gets it: who helped comes with the link of an event."""
        events = [
            event.model_dump(mode="json") | {"participant": str(event.author_id)}
            for event in self.events
        ]
        return {
            "events": events,
            "values": self.checked,
            "today": TODAY.isoformat(),
            "authors": self.authors
            and {str(place): str(author) for place, author in enumerate(self.authors)},
            "names": {str(author): name for author, name in NAMES.items()},
            "leftOut": self.left_out,
        }


def server_verdict(questionnaire: Questionnaire, case: Case) -> dict[str, Any]:
    events, checked, authors, left_out = case
    device = None if authors is None else Device(questionnaire.device_questions, authors)
    answers = fold(events, device)
    evaluation = Evaluation(questionnaire, answers, TODAY, left_out)
    if evaluation.perspective.role is AuthorRole.HELPER:
        alone = answered_alone(answers, events)
        evaluation = Evaluation(questionnaire, answers, TODAY, left_out, alone)
    names = {
        event.id: NAMES[event.author_id]
        for event in events
        if event.author_id in NAMES and event.author_role is AuthorRole.HELPER
    }
    provenance = provenance_of(events, device, names)
    listed = steps(evaluation)
    first = first_unanswered(evaluation)
    scores = [score_result(evaluation, score.name) for score in questionnaire.score]
    problems = [
        validate_value(questionnaire.placements[link_id].item, as_json(value))
        for link_id, value in checked
    ]
    asked = [step for step in listed if step.kind is StepKind.QUESTION]
    answered = [
        (evaluation.asked(step.link_id, step.path), value)
        for step in asked
        if (value := evaluation.answer(step.link_id, step.path)) is not None
    ]
    refusals = [validate_event(questionnaire, event) for event in events]
    return {
        "steps": [[step.key, step.kind.value] for step in listed],
        "first": first.key if first else None,
        "conditions": [evaluation.condition(name) for name in questionnaire.condition],
        "scores": [[score.value, score.shown] for score in scores],
        "flags": sorted(flag.id for flag in raised_red_flags(questionnaire, evaluation)),
        "texts": [answer_text(item, value) for item, value in answered],
        "titles": [titles_around(evaluation, step) for step in listed],
        "interruptions": [
            interruption.id
            for step in asked
            for interruption in interruptions_after(evaluation, step.link_id, step.path)
        ],
        "refused": [problem.code.value if problem else None for problem in refusals],
        "summary": summary_verdict(questionnaire, evaluation, provenance),
        "perspective": {
            "role": evaluation.perspective.role,
            "perspective": evaluation.perspective,
        },
        "given": sorted([key, *given_verdict(given)] for key, given in provenance.items()),
        "problems": [problem.code.value if problem else None for problem in problems],
        "sections": [
            [section.link_id, section.progress.value] for section in section_progress(evaluation)
        ],
    }


def given_verdict(given: Given) -> list[Any]:
    confirmed = given.confirmed and [given.confirmed.role, milliseconds(given.confirmed.at)]
    answered_at = milliseconds(given.answered_at)
    return [given.role, given.perspective, answered_at, confirmed, given.name]


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def titles_around(evaluation: Evaluation, step: Step) -> list[str]:
    groups = evaluation.questionnaire.placements[step.link_id].repeating
    return [
        repetition_title(evaluation, group, step.path[:depth])
        for depth, group in enumerate(groups, start=1)
    ]


def summary_verdict(
    questionnaire: Questionnaire, evaluation: Evaluation, provenance: Provenance
) -> dict[str, Any]:
    summary = build_summary(questionnaire, evaluation, provenance, evaluation.perspective.role)
    signs = summary.signs_answered_at
    return {
        "version": summary.version,
        "printed": [ask.id for ask in summary.questions.printed],
        "more": [ask.id for ask in summary.questions.more],
        "blocks": [summary_part(summary, questionnaire, part) for part in summary.blocks],
        "answered": sum(1 for part in summary.blocks for _ in leaves(part.lines)),
        "reportedBy": summary.reported_by,
        "unmarked": summary.unmarked,
        "notes": list(summary.notes),
        "instruments": [
            [one.name, one.title, one.version, one.credit or ""] for one in summary.instruments
        ],
        "signs": signs and milliseconds(signs),
    }


def summary_part(
    summary: Summary, questionnaire: Questionnaire, part: SummaryPart
) -> dict[str, Any]:
    groups = [line for line in part.lines if isinstance(line, SummaryRepetitions)]
    body_map, timeline = part.body_map, part.timeline
    return {
        "title": part.title,
        "starred": part.starred,
        "folded": part.folded,
        "lines": [summary_line(summary, line) for line in part.lines],
        "table": part.table,
        "tables": [table_rows(summary, table_of(questionnaire, group)) for group in groups],
        "none": [summary_line(summary, line) for line in part.none_of_these],
        "scores": [[result.score.name, result.is_self_report] for result in part.scores],
        "map": body_map
        and {
            "places": [as_lists(place) for place in body_map.places],
            "byProxy": body_map.by_proxy,
        },
        "timeline": timeline
        and {
            "operations": [as_lists(operation) for operation in timeline.operations],
            "undated": [as_lists(operation) for operation in timeline.undated],
            "pain": [as_lists(pain) for pain in timeline.pain],
            "sentences": list(timeline.sentences),
            "note": timeline.note,
        },
    }


def as_lists(one: Any) -> list[Any]:
    return [list(value) if isinstance(value, tuple) else value for value in astuple(one)]


def table_rows(summary: Summary, table: SummaryTable) -> list[Any]:
    rows = [
        [
            row.title,
            [cell and summary_line(summary, cell) for cell in row.cells],
            [summary_line(summary, note) for note in row.notes],
        ]
        for row in table.rows
    ]
    return [table.label, table.numbered, list(table.columns), rows]


def summary_line(summary: Summary, line: SummaryLine | SummaryRepetitions) -> list[Any]:
    begun = [line.link_id, list(line.path), line.label]
    if isinstance(line, SummaryLine):
        said = [list(line.answers), summary.mark(line), line.none_of_these, line.by_proxy]
        return [*begun, *said]
    inner = [[summary_line(summary, each) for each in lines] for lines in line.repetitions]
    return [*begun, list(line.titles), inner]


def assert_same(
    phone: NodeProcess,
    questionnaire: Questionnaire,
    cases: list[Case],
) -> None:
    sent = [case.as_sent() for case in cases]
    for case, on_phone in zip(cases, phone.ask(questionnaire, sent), strict=True):
        on_phone["flags"].sort()
        assert on_phone == server_verdict(questionnaire, case)


def checked_values(questionnaire: Questionnaire) -> st.SearchStrategy[list[Any]]:
    answerable = [
        (link_id, placement.item)
        for link_id, placement in questionnaire.placements.items()
        if placement.item.type not in (ItemType.GROUP, ItemType.DISPLAY)
    ]
    return st.lists(
        st.sampled_from(answerable).flatmap(
            lambda one: st.tuples(st.just(one[0]), STRANGE_VALUES | values(one[1]))
        ),
        max_size=4,
    )


def cases(questionnaire: Questionnaire, size: int) -> st.SearchStrategy[Any]:
    authors = st.none() | st.lists(st.sampled_from(AUTHORS), max_size=2, unique=True)
    ids = sorted(questionnaire.placements)
    left_out = st.just(()) | st.lists(st.sampled_from(ids), max_size=2, unique=True).map(tuple)
    one = st.builds(
        Case, answer_events(questionnaire), checked_values(questionnaire), authors, left_out
    )
    return st.lists(one, min_size=1, max_size=size)


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_phone_and_server_agree_on_random_questionnaires(phone: NodeProcess, data: Any) -> None:
    questionnaire = data.draw(questionnaires())
    assert_same(phone, questionnaire, data.draw(cases(questionnaire, 8)))


def seeded_case(questionnaire: Questionnaire, seed: int) -> Case:
    authors = [None, [], AUTHORS[:1], AUTHORS][seed % 4]
    parts = tuple(questionnaire.optional_parts)
    return Case(seeded_events(questionnaire, seed), [], authors, parts[: seed % 3])


def seeded_events(questionnaire: Questionnaire, seed: int) -> list[AnswerEvent]:
    """Answer a questionnaire at random: Hypothesis would need minutes for one of this size."""
    dice = random.Random(seed)
    share = dice.random()
    events: list[AnswerEvent] = []
    for key, item in answer_keys(questionnaire, ["1", "r1"]):
        if dice.random() > share:
            continue
        value = True if item.type is ItemType.GROUP else seeded_value(item, dice)
        perspective = dice.choice(list(Perspective))
        author = dice.choice(AUTHORS)
        events.append(
            answer_event(len(events) + 1, key, value, perspective=perspective, author_id=author)
        )
    dice.shuffle(events)
    confirmed = dice.sample(events, len(events) // 5)
    return [*events, *confirmations(len(events), confirmed)]


def confirmations(count: int, confirmed: list[AnswerEvent]) -> list[AnswerEvent]:
    """Let the patient take some answers over."""
    return [
        answer_event(number, event.key, event.value, confirms=event.id)
        for number, event in enumerate(confirmed, start=count + 1)
    ]


def seeded_value(item: Item, dice: random.Random) -> Any:
    if dice.random() < 0.1:
        return None
    if item.sensitive and dice.random() < 0.15:
        return {"absent": "masked"}
    if item.not_sure and dice.random() < 0.15:
        return {"absent": item.absent_reason.value}
    if item.type in CHOICES:
        codes = [option.code for option in item.answer_option]
        more = [{"other": "Words"}] if item.type is ItemType.OPEN_CHOICE else []
        one = [dice.choice([*codes, *more])]
        some = dice.sample(codes, dice.randint(1, min(4, len(codes)))) if item.repeats else one
        return dice.choice([one, some]) if item.repeats else one[0]
    one = {
        ItemType.BOOLEAN: [True, False],
        ItemType.INTEGER: range(11),
        ItemType.DECIMAL: [0, 0.1, 0.2, 3.35, 10],
        ItemType.DATE: ["2018", "2019-03", "2020-02-29"],
    }.get(item.type, ["Words", "More words"])
    return [dice.choice(one)] if item.repeats else dice.choice(one)


@pytest.mark.parametrize("questionnaire", load_questionnaires().values(), ids=lambda one: one.name)
def test_phone_and_server_agree_on_shipped_questionnaires(
    phone: NodeProcess, questionnaire: Questionnaire
) -> None:
    for first_seed in range(0, 2000, 100):
        seeds = range(first_seed, first_seed + 100)
        assert_same(phone, questionnaire, [seeded_case(questionnaire, seed) for seed in seeds])
