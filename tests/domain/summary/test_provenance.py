from fbss_app.domain.questionnaire.answers import Device, Perspective
from fbss_app.domain.summary.provenance import Confirmation, Given, provenance_of, proxied
from tests.scenario import answer_event, uuid4_number

PATIENT, DAUGHTER = uuid4_number(10**9), uuid4_number(10**9 + 1)


def test_the_newest_answer_says_who_gave_it_and_how():
    first = answer_event(1, "now", 3)
    second = answer_event(2, "now", 4, perspective="proxy-patient-view")

    (given,) = provenance_of([first, second]).values()

    assert given == Given("helper", Perspective.PROXY_PATIENT_VIEW, second.answered_at)
    assert not given.is_self_report


def test_a_confirmation_leaves_the_answer_with_the_helper_who_gave_it():
    given = answer_event(1, "now", 4, "helper")
    confirms = answer_event(2, "now", 4, confirms=given.id)

    (found,) = provenance_of([given, confirms]).values()

    assert (found.role, found.answered_at) == ("helper", given.answered_at)
    assert found.confirmed == Confirmation("patient", confirms.answered_at)
    assert found.is_self_report
    assert proxied({"now": found}) == frozenset()


def test_a_confirmation_of_a_confirmation_still_names_who_gave_the_answer():
    given = answer_event(1, "now", 4, "helper")
    once = answer_event(2, "now", 4, confirms=given.id)
    twice = answer_event(3, "now", 4, confirms=once.id)

    (found,) = provenance_of([given, once, twice]).values()

    assert found.role == "helper"
    assert found.confirmed == Confirmation("patient", twice.answered_at)


def test_what_is_no_confirmation_is_an_answer_of_its_own_author():
    given = answer_event(1, "now", 4, "helper")
    other = answer_event(2, "word", 4, "helper")
    mine = answer_event(3, "mine", 4)
    changed = answer_event(4, "now", 5, confirms=given.id)
    elsewhere = answer_event(5, "word", 4, confirms=given.id)
    own = answer_event(6, "mine", 4, confirms=mine.id)
    unknown = answer_event(7, "late", 4, confirms=uuid4_number(99))

    found = provenance_of([given, other, mine, changed, elsewhere, own, unknown])

    assert {key: (one.role, one.confirmed) for key, one in found.items()} == {
        "now": ("patient", None),
        "word": ("patient", None),
        "mine": ("patient", None),
        "late": ("patient", None),
    }


def test_a_change_after_a_confirmation_is_confirmed_no_more():
    given = answer_event(1, "now", 4, "helper")
    confirms = answer_event(2, "now", 4, confirms=given.id)
    changed = answer_event(3, "now", 6, "helper")

    assert provenance_of([given, confirms, changed])["now"].confirmed is None


def test_a_confirmation_that_is_taken_back_leaves_the_answer_as_it_was_given():
    given = answer_event(1, "now", 4, "helper")
    confirms = answer_event(2, "now", 4, confirms=given.id)
    back = answer_event(3, "now", 4, "helper", confirms=given.id)
    again = answer_event(4, "now", 4, confirms=back.id)
    names = {given.id: "Anna"}

    before = provenance_of([given], names=names)

    assert before["now"].name == "Anna"
    assert provenance_of([given, confirms, back], names=names) == before
    assert provenance_of([given, confirms, back, again], names=names) == {
        "now": before["now"]._replace(confirmed=Confirmation("patient", again.answered_at))
    }


def test_a_question_that_was_put_aside_was_given_by_nobody():
    masked = answer_event(2, "mood", {"absent": "masked"})

    assert provenance_of([answer_event(1, "mood", 3, "helper"), masked]) == {}


def test_a_helper_can_be_called_by_name():
    theirs = answer_event(1, "now", 3, "helper", author_id=DAUGHTER)
    mine = answer_event(2, "word", "hot", author_id=PATIENT)

    found = provenance_of([theirs, mine], names={theirs.id: "Ann"})

    assert {key: given.name for key, given in found.items()} == {"now": "Ann", "word": ""}


def test_what_other_devices_say_of_themselves_was_given_by_nobody_here():
    theirs = answer_event(1, "author", "helper", "helper", author_id=DAUGHTER)
    device = Device({"author"}, {PATIENT})

    assert provenance_of([theirs], device) == {}
    assert set(provenance_of([theirs])) == {"author"}


def test_only_what_the_patient_does_not_stand_behind_is_by_proxy():
    events = [answer_event(1, "now", 3, "helper"), answer_event(2, "word", "hot")]
    assisted = answer_event(3, "more", "x", perspective="self-assisted")

    assert proxied(provenance_of([*events, assisted])) == {"now"}
