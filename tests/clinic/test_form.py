import reflex as rx

from fbss_app.clinic.form import posted_form, problem_links
from fbss_app.server.services.refusal import FieldProblem


def test_posted_form_is_left_to_the_browser():
    rendered = str(posted_form(rx.el.button("Go"), action="/api/x", target="_blank").render())
    for part in ("action", "/api/x", "method", "post", "_blank"):
        assert part in rendered
    # Whatever Reflex hangs on a form keeps the browser from sending it.
    assert "onSubmit" not in rendered
    assert "onSubmit" in str(rx.el.form(rx.el.button("Go"), action="/api/x").render())


def test_each_refusal_is_one_of_its_own_though_it_finds_the_same():
    wrong = [FieldProblem("old_password", "wrong", "Wrong"), FieldProblem("name", "missing", "Add")]
    first, again = problem_links(wrong), problem_links(wrong)

    assert [each["href"] for each in first] == ["#old-password", "#name"]
    assert [each["message"] for each in again] == ["Wrong", "Add"]
    assert len({each.get("refusal") for each in first}) == 1
    assert {each.get("refusal") for each in first}.isdisjoint(each.get("refusal") for each in again)
