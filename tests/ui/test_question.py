import reflex as rx

from fbss_app.ui.question import question_frame
from tests.ui.rendered import elements, named, props, text
from tests.ui.views import handler, question_view


def frame():
    return question_frame(
        question_view(),
        caption=rx.Var("caption").to(str),
        control_name=rx.Var("control_name").to(str),
        on_continue=handler("next"),
        on_back=handler("back"),
    )


def test_form_carries_the_link_id_and_leaves_checking_to_the_app():
    (form,) = named(frame(), "form")
    assert 'question?.["link_id"]' in props(form)["data-link-id"]
    assert props(form)["noValidate"] == "true"


def test_back_stands_first_and_continue_last():
    buttons = [props(node) for node in named(frame(), "button")]
    assert buttons[0]["className"] == "back"
    assert [button["type"] for button in buttons].index("submit") == len(buttons) - 1


def test_problem_summary_comes_before_the_question():
    names = [
        props(node).get("className", "")
        for node in elements(frame())
        if node["name"].strip('"') in {"div", "h1"}
    ]
    assert names.index("error-summary") < names.index("question-title")


def test_the_question_says_why_it_is_asked():
    assert "Why we ask" in text(frame())


def test_a_question_can_be_put_aside_with_a_button_that_sends_no_answer():
    buttons = [props(node) for node in named(frame(), "button")]
    (button,) = [each for each in buttons if "mask(" in each.get("onClick", "")]
    assert button["type"] == "button"
    assert button["className"] == "row-action put-aside"
    assert "I would rather answer this alone" in text(frame())
    assert "They would rather answer this alone" in text(frame())
