import pytest
import textstat

from fbss_app.content.loader import load_content
from tests.content.reading import sentences_in
from tests.content.reading_grades import measured

MEASURED = measured(load_content())
WRITTEN = load_content().reading_grades
# A score is written down with one decimal.
HALF_A_STEP = 0.05 + 1e-9
WHAT_TO_DO = "Run `make reading-grades`."


def test_every_page_has_its_scores_and_no_other():
    assert set(WRITTEN) == set(MEASURED), WHAT_TO_DO


@pytest.mark.parametrize("name", sorted(set(WRITTEN) & set(MEASURED)))
def test_scores_are_those_measured_now(name):
    now = MEASURED[name].model_dump(exclude={"page"})
    then = WRITTEN[name].model_dump(exclude={"page"})
    moved = {score: value for score, value in now.items() if abs(value - then[score]) > HALF_A_STEP}
    assert moved == {}, WHAT_TO_DO


def test_what_the_app_says_of_the_standard_is_easy_to_read():
    texts = [text for item in load_content().standards for text in (item.asks, item.says)]
    sentences = [sentence for text in texts for sentence in sentences_in(text)]
    assert textstat.flesch_kincaid_grade(" ".join(sentences)) <= 6.0
