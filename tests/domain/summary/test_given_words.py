import pytest

from fbss_app.domain.questionnaire.answers import Perspective
from fbss_app.domain.summary.given_words import (
    mark_words,
    origin_notes,
    reported_by,
    usual_words,
)
from fbss_app.domain.summary.provenance import Confirmation, Given
from tests.scenario import BEGINNING


def given(perspective="self", *, confirmed=False, name=""):
    view = Perspective(perspective)
    confirmation = Confirmation(Perspective.SELF.role, BEGINNING) if confirmed else None
    return Given(view.role, view, BEGINNING, confirmation, name)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (given(), "patient"),
        (given("self-assisted"), "patient, with help"),
        (given("proxy-own-view"), "helper, own view"),
        (given("proxy-patient-view"), "helper, as the patient would say"),
        (given("proxy-own-view", confirmed=True), "helper, confirmed by the patient"),
        (given("proxy-own-view", name="Ann (daughter)"), "Ann (daughter), own view"),
        (given(name="My phone"), "patient"),
    ],
)
def test_each_way_of_answering_has_its_words(one, words):
    assert mark_words(one) == words


def test_what_most_answers_have_in_common_needs_no_mark():
    helped, own = given("self-assisted"), given("proxy-own-view")
    assert usual_words([own, helped, helped]) == "patient, with help"
    assert usual_words([own, helped]) == "patient, with help", "the patient goes first"
    assert usual_words([]) == ""


@pytest.mark.parametrize(
    ("givens", "words"),
    [
        ([given()], "the patient"),
        ([given("self-assisted")], "the patient"),
        ([given("proxy-own-view")], "a helper for the patient"),
        ([given("proxy-own-view", name="Ann")], "Ann for the patient"),
        ([given("proxy-own-view"), given()], "the patient and a helper"),
        (
            [given("proxy-own-view", name="Ann"), given("proxy-own-view", name="Bo"), given()],
            "the patient, Ann and Bo",
        ),
    ],
)
def test_everyone_who_answered_is_named_once(givens, words):
    assert reported_by(givens) == words
    assert reported_by(givens * 2) == words


@pytest.mark.parametrize(
    ("givens", "notes"),
    [
        ([], ()),
        ([given()], ()),
        ([given("self-assisted")], ("All answers are from the patient, with help.",)),
        (
            [given("proxy-own-view")],
            ("All answers are from a helper, as the helper sees it.",),
        ),
        (
            [given(), given(), given("proxy-own-view")],
            ("Answers that say nothing else are from the patient.",),
        ),
    ],
)
def test_the_origin_says_what_is_true_of_unmarked_answers(givens, notes):
    assert origin_notes(givens, signed=False) == notes


def test_the_sign_is_explained_where_it_stands():
    (legend,) = origin_notes([given()], signed=True)
    assert legend.startswith("† Only the person with the pain can feel or know this")
