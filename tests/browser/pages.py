"""The addresses of every page a patient can open."""

from fbss_app import routes
from fbss_app.content.loader import load_content

_CONTENT = load_content()
EVERY_PAGE = [
    *routes.questionnaire_pages(routes.PRIMARY_QUESTIONNAIRE).values(),
    routes.SAVE,
    routes.COME_BACK,
    routes.OPEN,
    routes.HELPERS,
    routes.CONFIRM_ANSWERS,
    routes.YOUR_DATA,
    routes.OPTIONS,
    routes.COMPARE,
    *(routes.option(option.id) for option in _CONTENT.options),
    routes.WHAT_MATTERS,
    routes.LEARN,
    *(routes.topic(topic.id) for topic in _CONTENT.topics),
    routes.CAUSES,
    *(routes.cause(cause.id) for cause in _CONTENT.causes),
    routes.GLOSSARY,
    routes.URGENT_HELP,
    routes.ABOUT,
    routes.ABOUT_METHODS,
    routes.ABOUT_SOURCES,
    routes.ABOUT_STANDARDS,
    routes.ABOUT_READING,
    routes.PRIVACY,
    routes.ACCESSIBILITY,
]
