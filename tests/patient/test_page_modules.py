"""Where the build puts the code of each page."""

from fbss_app.fbss_app import app


def test_code_of_a_page_is_built_with_the_module_of_the_page():
    """Pages that share a piece of the build fetch each other's code, on the first visit too."""
    # Reflex has no public list of its pages.
    modules = {page.route: page._source_module or "" for page in app._unevaluated_pages.values()}
    assert len(modules) > 50
    assert {one for one in modules.values() if not one.startswith("fbss_app.")} == set()
    assert modules["questionnaire"] == "fbss_app.patient.pages.questionnaire"
