"""What a definition says about the whole way, of which answering is only a part."""

from fbss_app.domain.questionnaire.base import Definition, Kebab, PageLink, Words


class Stage(Definition):
    """A part of the whole way, as the task list shows it: some of the sections, or a page to read.

    `text` says what opens its sections, where they are not asked from the start.
    """

    title: Words
    helper_title: Words | None = None
    text: Words | None = None
    section: tuple[Kebab, ...] = ()
    page: PageLink | None = None
