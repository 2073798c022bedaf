"""One definition, two interpreters: the phone's JavaScript and the server's Python never differ.

The JavaScript is the real thing: the hand-written modules and the compiled questionnaire, run by
the Node that also builds the site.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.answers import AnswerEvent, fold
from fbss_app.domain.questionnaire.evaluate import Evaluation
from fbss_app.domain.questionnaire.model import ItemType, Questionnaire
from fbss_app.domain.questionnaire.navigation import (
    StepKind,
    first_unanswered,
    section_progress,
    steps,
)
from fbss_app.domain.questionnaire.scoring import score_result
from fbss_app.domain.questionnaire.validation import validate_value
from fbss_app.domain.safety.red_flag import raised_red_flags
from fbss_app.domain.summary.answer_text import answer_text
from fbss_app.domain.summary.summary import SummaryLine, SummaryRepetitions, build_summary
from fbss_app.patient.client.questionnaire_module import questionnaire_module
from tests.strategies import answer_events, questionnaires, values

CLIENT = Path("fbss_app/patient/client")
NODE = Path(sys.executable).with_name("node")

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
    ]
)


class Phone:
    """The phone's code in a Node process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.modules: dict[str, str] = {}
        for source in CLIENT.glob("*.js"):
            shutil.copy(source, folder)
        (folder / "package.json").write_text('{"type": "module"}')
        self.process = subprocess.Popen(
            [NODE, Path(__file__).with_name("parity.mjs").absolute(), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def verdicts(self, questionnaire: Questionnaire, cases: list[Any]) -> list[dict[str, Any]]:
        source = questionnaire_module(questionnaire)
        if source not in self.modules:
            name = f"questionnaire-{len(self.modules)}.js"
            (self.folder / name).write_text(source, encoding="utf-8")
            self.modules[source] = name
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(
            json.dumps({"module": self.modules[source], "cases": cases}) + "\n"
        )
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    phone = Phone(tmp_path_factory.mktemp("phone"))
    yield phone
    phone.process.communicate(timeout=10)


def as_json(value: Any) -> Any:
    """Give a number that JavaScript reads as infinite the same meaning here."""
    return json.loads(json.dumps(value), parse_int=lambda text: _number(text))


def _number(text: str) -> int | float:
    return float(text) if len(text) > 15 else int(text)


def server_verdict(
    questionnaire: Questionnaire, events: list[AnswerEvent], checked: list[Any]
) -> dict[str, Any]:
    evaluation = Evaluation(questionnaire, fold(events))
    listed = steps(evaluation)
    first = first_unanswered(evaluation)
    scores = [score_result(evaluation, score.name) for score in questionnaire.score]
    problems = [
        validate_value(questionnaire.placements[link_id].item, as_json(value))
        for link_id, value in checked
    ]
    answered = [
        (questionnaire.placements[step.link_id].item, evaluation.answers[step.key])
        for step in listed
        if step.kind is StepKind.QUESTION and step.key in evaluation.answers
    ]
    return {
        "steps": [[step.key, step.kind.value] for step in listed],
        "first": first.key if first else None,
        "conditions": [evaluation.condition(name) for name in questionnaire.condition],
        "scores": [[score.value, score.shown] for score in scores],
        "flags": sorted(flag.id for flag in raised_red_flags(questionnaire, evaluation)),
        "questions": [
            question.id
            for question in questionnaire.question_to_ask
            if question.when is None or evaluation.holds(question.when)
        ],
        "texts": [answer_text(item, value) for item, value in answered],
        "summary": [
            [part.title, part.starred, [summary_line(line) for line in part.lines]]
            for part in build_summary(questionnaire, evaluation).blocks
        ],
        "problems": [problem.code.value if problem else None for problem in problems],
        "sections": [
            [section.link_id, section.progress.value] for section in section_progress(evaluation)
        ],
    }


def summary_line(line: SummaryLine | SummaryRepetitions) -> list[Any]:
    if isinstance(line, SummaryLine):
        return [line.link_id, list(line.path), line.label, list(line.answers)]
    inner = [[summary_line(each) for each in lines] for lines in line.repetitions]
    return [line.link_id, list(line.path), line.label, inner]


def assert_same(
    phone: Phone, questionnaire: Questionnaire, cases: list[tuple[list[AnswerEvent], list[Any]]]
) -> None:
    sent = [
        {"events": [event.model_dump(mode="json") for event in events], "values": checked}
        for events, checked in cases
    ]
    for (events, checked), on_phone in zip(cases, phone.verdicts(questionnaire, sent), strict=True):
        on_phone["flags"].sort()
        assert on_phone == server_verdict(questionnaire, events, checked)


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
    one = st.tuples(answer_events(questionnaire), checked_values(questionnaire))
    return st.lists(one, min_size=1, max_size=size)


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_phone_and_server_agree_on_random_questionnaires(phone: Phone, data: Any) -> None:
    questionnaire = data.draw(questionnaires())
    assert_same(phone, questionnaire, data.draw(cases(questionnaire, 8)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_phone_and_server_agree_on_the_shipped_questionnaires(phone: Phone, data: Any) -> None:
    for questionnaire in load_questionnaires().values():
        assert_same(phone, questionnaire, data.draw(cases(questionnaire, 8)))
