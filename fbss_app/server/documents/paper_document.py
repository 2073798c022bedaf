"""A whole questionnaire on paper, blank, for people without the app: made from its definition.

The warning signs stand on the first page with the numbers to call, as paper cannot interrupt.
"""

from datetime import UTC, datetime

from fbss_app.content.body_map import body_map_svg
from fbss_app.content.countries import Country
from fbss_app.content.loader import load_content
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.documents.paper_questions import PaperQuestions
from fbss_app.server.documents.paper_signs import cards, relay
from fbss_app.server.documents.paper_wording import in_paper_words
from fbss_app.server.documents.summary_document import APP_NAME
from fbss_app.server.documents.typesetting import Template, typeset

Data = dict[str, object]


def paper_document(questionnaire: Questionnaire, country: Country) -> bytes:
    """Make the PDF; the same definition and country give the same bytes.

    Raises:
        TypesettingError: It went wrong.
    """
    year, month, day = (*map(int, questionnaire.date.split("-")), 1, 1)[:3]
    made_at = datetime(year, month, day, tzinfo=UTC)
    drawing = {"body_map": body_map_svg(())}
    return typeset(Template.PAPER, paper_data(questionnaire, country), made_at, drawing)


def paper_data(questionnaire: Questionnaire, country: Country) -> Data:
    """Say what stands on the paper, in order."""
    questionnaire = in_paper_words(questionnaire)
    questions = PaperQuestions(questionnaire, country)
    version = f"{questionnaire.title}, version {questionnaire.version}"
    messages = load_content().messages
    sections = [questions.section(item) for item in questionnaire.item]
    return {
        "language": questionnaire.language,
        "author": APP_NAME,
        "title": questionnaire.title,
        "description": f"{questionnaire.description} Paper version, to fill in by hand.",
        "foot": f"{APP_NAME}. {version}. No clinician has checked this yet.",
        "version": f"Version {questionnaire.version} on paper, to fill in by hand",
        "cards": list(cards(questionnaire, country)),
        "country": f"These numbers are for {_in_sentence(country.name)}. "
        "In another country, call the number there.",
        "relay": relay(country),
        "not_all_clear": messages.not_all_clear,
        "about": questionnaire.description,
        "identity": ["Name", "Date of birth", "Hospital number", "Date today"],
        "how_to": [
            "Use a pen. Take your time. You can stop and go on later.",
            "A box means: tick it if it is true. A line means: write on it.",
            "If you do not know an answer, leave it out or tick “Not sure”. You can leave out "
            "whatever says “Optional”.",
            "“Only if” before a question says who answers it. All others leave it out.",
            "Someone may write for you. They write what you say, and their name at the end.",
            "Take the filled-in form to your visit. It is yours: you decide who sees it.",
        ],
        "sections": [section for section in sections if section],
        "helper": "Name of the person who wrote, if it was not the person with the pain",
        "must_say": list(messages.must_always_be_said_on_paper),
        "credits": _credits(questionnaire),
    }


def _credits(questionnaire: Questionnaire) -> list[str]:
    lines = [each.credit for each in questionnaire.instrument if each.credit]
    return [*dict.fromkeys(lines), *([questionnaire.copyright] if questionnaire.copyright else [])]


def _in_sentence(country: str) -> str:
    return f"the {country}" if country.startswith("United") else country
