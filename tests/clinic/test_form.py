import reflex as rx

from fbss_app.clinic.form import posted_form


def test_posted_form_is_left_to_the_browser():
    rendered = str(posted_form(rx.el.button("Go"), action="/api/x", target="_blank").render())
    for part in ("action", "/api/x", "method", "post", "_blank"):
        assert part in rendered
    # Whatever Reflex hangs on a form keeps the browser from sending it.
    assert "onSubmit" not in rendered
    assert "onSubmit" in str(rx.el.form(rx.el.button("Go"), action="/api/x").render())
