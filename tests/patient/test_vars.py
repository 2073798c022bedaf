import pytest

from fbss_app.patient.client.vars import ResponseVars, function_over, hook_name


def hooks(var):
    return var._get_all_var_data().hooks


def test_a_slice_reads_only_its_part_of_its_own_store():
    var = ResponseVars("knee-pain").slice("knee_title", "question.text")

    assert str(var) == "knee_title"
    assert hooks(var) == ("const knee_title = useKneePain((state) => state.question.text)",)


def test_two_slices_may_not_share_a_name():
    response = ResponseVars("knee-pain")
    response.slice("shared_name", "question.hint")

    with pytest.raises(ValueError, match=r"already reads question\.hint"):
        response.slice("shared_name", "question.why")


def test_an_action_is_called_with_the_event_at_hand():
    action = ResponseVars("knee-pain").action("setField", '"value", event.target.value')

    assert str(action) == '((event) => { do_setField("value", event.target.value) })'
    assert "state.setField" in hooks(action)[0]


def test_a_handler_brings_the_hooks_it_relies_on():
    source = ResponseVars("knee-pain").slice("knee_ready", "ready", bool)

    assert hooks(function_over("go()", source)) == hooks(source)


def test_each_questionnaire_has_a_hook_of_its_own():
    assert hook_name("after-back-surgery") == "useAfterBackSurgery"
    assert hook_name("after-back-surgery") != hook_name("after-back")
