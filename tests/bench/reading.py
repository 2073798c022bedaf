"""How easy the patient's text is to read, on the pages and by the rules of the content tests."""

from statistics import median

import textstat

from tests.bench.table import Figure, at_most
from tests.content.reading import as_plain_text, sentences_of
from tests.content.test_reading_level import LONG_ENOUGH, PAGES


def reading_grades() -> list[Figure]:
    grades = {
        name: textstat.flesch_kincaid_grade(as_plain_text(sentences_of(PAGES[name])))
        for name in LONG_ENOUGH
    }
    worst = max(grades, key=grades.__getitem__)
    return [
        at_most(f"reading grade, median of {len(grades)} pages", median(grades.values()), 6, "", 1),
        at_most(f"reading grade, worst page ({worst})", grades[worst], 8, "", 1),
    ]
