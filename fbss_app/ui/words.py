"""The fixed words of the components: names of buttons, labels and status lines.

Words about pain or treatment come from `content`. The one line on safety here is the note that must
stand beside every free text.
"""

APP_NAME = "After Back Surgery"
EMERGENCY_SIGNS = "Emergency signs"
NO_CLINICIAN_CHECKED = "No clinician has checked this yet."
NOT_MEDICAL_ADVICE = "General education, not medical advice."

SKIP_TO_CONTENT = "Skip to main content"
BACK = "Back"
CONTINUE = "Continue"
CHANGE = "Change"
NOT_PROVIDED = "Not provided"
OPTIONAL = "(optional)"
OR = "or"
WHY_WE_ASK = "Why we ask"
PROBLEM_HEADING = "There is a problem"
ERROR_PREFIX = "Error: "

YES = "Yes"
NO = "No"
DAY = "Day"
MONTH = "Month"
YEAR = "Year"
OTHER = "Something else"
OTHER_LABEL = "Say it in your own words"
CHARACTERS_ALLOWED = "You can write up to "
CHARACTERS_LEFT = "Characters left: "
TOO_MANY_CHARACTERS = "This is too long. Characters to take out: "

URGENCY_LEVEL = {
    "emergency": "Emergency",
    "same-day": "Today",
    "soon": "Soon",
}
