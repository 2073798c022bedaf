"""Every address of the app, by name. Knows no page and no framework."""

START = "/"
QUESTIONNAIRE = "/questionnaire"
CHECK_ANSWERS = "/check-answers"
SAVE = "/save"
COME_BACK = "/come-back"
OPEN = "/open"
HELPERS = "/helpers"
CONFIRM_ANSWERS = "/confirm-answers"
YOUR_DATA = "/your-data"
SUMMARY = "/summary"
OPTIONS = "/options"
COMPARE = "/options/compare"
WHAT_MATTERS = "/options/what-matters"
LEARN = "/learn"
CAUSES = "/learn/causes"
GLOSSARY = "/glossary"
URGENT_HELP = "/urgent-help"
ABOUT = "/about"
ABOUT_METHODS = "/about/methods"
ABOUT_SOURCES = "/about/sources"
ABOUT_STANDARDS = "/about/standards"
ABOUT_READING = "/about/reading"
PRIVACY = "/privacy"
ACCESSIBILITY = "/accessibility"

API = "/api"

PRIMARY_QUESTIONNAIRE = "after-back-surgery"


def option(option_id: str) -> str:
    """Give the address of one option's page."""
    return f"{OPTIONS}/{option_id}"


def topic(topic_id: str) -> str:
    """Give the address of one topic's page."""
    return f"{LEARN}/{topic_id}"


def cause(cause_id: str) -> str:
    """Give the address of one cause's page."""
    return f"{CAUSES}/{cause_id}"


def paper(name: str) -> str:
    """Give the address of a questionnaire's paper version, a PDF that the build makes."""
    return f"/paper/{name}.pdf"


def questionnaire_pages(name: str) -> dict[str, str]:
    """Give the addresses of a questionnaire's own pages.

    Args:
        name: The name of the definition. The app's own questionnaire has the short addresses.

    Returns:
        The addresses by what the page is for, in the names the phone's code uses.
    """
    if name == PRIMARY_QUESTIONNAIRE:
        own = {"questionnaire": QUESTIONNAIRE, "checkAnswers": CHECK_ANSWERS, "summary": SUMMARY}
    else:
        base = f"{QUESTIONNAIRE}/{name}"
        own = {
            "questionnaire": base,
            "checkAnswers": f"{base}/check-answers",
            "summary": f"{base}/summary",
        }
    return {"start": START, **own}
