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
TAKE_OVER = "/take-over"
INVITED = "/invited"
SEND = "/send"
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

CLINIC = "/clinic"
CLINIC_LOG_IN = "/clinic/log-in"
CLINIC_SET_UP = "/clinic/set-up"
CLINIC_RESPONSE = "/clinic/response"
CLINIC_INVITATIONS = "/clinic/invitations"
CLINIC_DASHBOARD = "/clinic/dashboard"
CLINIC_EXPORTS = "/clinic/exports"
CLINIC_SETTINGS = "/clinic/settings"
CLINIC_STAFF = "/clinic/staff"
CLINIC_AUDIT = "/clinic/audit"
CLINIC_ACCOUNT = "/clinic/account"

API = "/api"
CLINIC_SESSION = "/api/clinic/session"
CLINIC_LOG_OUT = "/api/clinic/log-out"
CLINIC_AUDIT_FILE = "/api/clinic/audit-trail"
CLINIC_INVITATION_SHEET = "/api/clinic/invitation-sheet"
CLINIC_LOGO_API = "/api/clinic/logo"
CLINIC_EXPORTS_API = "/api/clinic/exports"
CLINIC_RESPONSES_API = "/api/clinic/responses"

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


def clinic_logo(slug: str, digest: str) -> str:
    """Give the address of a clinic's logo.

    Args:
        slug: What stands in the clinic's addresses.
        digest: Of the picture, so that another one has another address.
    """
    return f"/api/v1/clinics/{slug}/logo?v={digest}"


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
