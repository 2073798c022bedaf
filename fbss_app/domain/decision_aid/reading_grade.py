"""How easy a page is to read, as a computer measured it."""

from fbss_app.domain.questionnaire.base import Definition, Kebab


class ReadingGrade(Definition):
    """The scores of one page, rounded to one decimal.

    Attributes:
        page: The id of the option, the topic or the page about the app.
        grade: Flesch-Kincaid grade, in years of school in the US, without medical terms.
        ease: Flesch reading ease without medical terms; about 0 to 100, higher is easier.
        grade_with_terms: The grade of the words as they stand.
        ease_with_terms: The ease of the words as they stand.
    """

    page: Kebab
    grade: float
    ease: float
    grade_with_terms: float
    ease_with_terms: float
