"""Medical terms in plain words."""

from fbss_app.domain.questionnaire.base import Definition, Words


class GlossaryEntry(Definition):
    """A term, what it means, and the other words that the same entry explains."""

    term: Words
    definition: Words
    variants: tuple[Words, ...] = ()
