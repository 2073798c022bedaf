import pytest

from fbss_app.domain.decision_aid.title import split_title


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("More surgery to join bones (fusion)", ("More surgery to join bones", "(fusion)")),
        ("A hurt nerve", ("A hurt nerve", "")),
    ],
)
def test_title_is_plain_words_and_a_term_in_brackets(title, parts):
    assert split_title(title) == parts
