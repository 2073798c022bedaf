"""Measures how easy each page is to read and writes it down for the page that reports it.

It is a command of the tests because the library that measures must not come with the app: its
licence is stricter than the app's other parts.

    python -m tests.content.reading_grades
"""

import textstat

from fbss_app.content.loader import ENGLISH, Content, load_content
from fbss_app.domain.decision_aid.reading_grade import ReadingGrade
from tests.content.reading import all_pages, as_plain_text, sentences_of, without_terms

FILE = ENGLISH / "reading_grades.yaml"
_HEAD = "# How easy each page is to read. Written by `make reading-grades`; a test compares it."


def measured(content: Content) -> dict[str, ReadingGrade]:
    grades = {}
    for name, page in all_pages(content).items():
        as_it_stands = as_plain_text(sentences_of(page))
        plain = without_terms(as_it_stands, content)
        grades[name] = ReadingGrade(
            page=name,
            grade=textstat.flesch_kincaid_grade(plain),
            ease=textstat.flesch_reading_ease(plain),
            grade_with_terms=textstat.flesch_kincaid_grade(as_it_stands),
            ease_with_terms=textstat.flesch_reading_ease(as_it_stands),
        )
    return grades


def write(grades: dict[str, ReadingGrade]) -> None:
    lines = [_HEAD, ""]
    for name, grade in sorted(grades.items()):
        lines.append(f"- page: {name}")
        scores = grade.model_dump(exclude={"page"}).items()
        lines += [f"  {score}: {value:.1f}" for score, value in scores]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(measured(load_content()))
    print(f"{FILE} is written.")
