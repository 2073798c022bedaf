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
ANSWER_ALONE = "I would rather answer this alone"
THEY_ANSWER_ALONE = "They would rather answer this alone"
WHY_WE_ASK = "Why we ask"
PROBLEM_HEADING = "There is a problem"
ERROR_PREFIX = "Error: "

YES = "Yes"
NO = "No"
DAY = "Day"
MONTH = "Month"
YEAR = "Year"
OTHER = "Something else"
CALL = "Call"
OTHER_LABEL = "Say it in your own words"
CHARACTERS_ALLOWED = "You can write up to "
CHARACTERS_LEFT = "Characters left: "
TOO_MANY_CHARACTERS = "This is too long. Characters to take out: "

WORDS_ON_THIS_PAGE = "Words on this page"
ALSO = "Also: "
LISTEN = "Listen"
TO_THIS_PAGE = "to this page"
CANNOT_BE_READ = "This page cannot be read aloud just now. Try again."

URGENCY_LEVEL = {
    "emergency": "Emergency",
    "same-day": "Today",
    "soon": "Soon",
}

YOUR_LEFT = "Your left"
YOUR_RIGHT = "Your right"
THEIR_LEFT = "Their left"
THEIR_RIGHT = "Their right"
LEFT = "Left"
RIGHT = "Right"
BODY_BACK = "Back"
BODY_FRONT = "Front"
PAIN = "Pain"
WORST_PAIN = "Worst pain"
CHOSEN_PLACES = "Chosen places"
NO_PLACE_CHOSEN = "No place chosen yet"
ONE_PLACE_CHOSEN = "1 place chosen"
PLACES_CHOSEN = " places chosen"
CHOSEN = "chosen"
LIST_OF_PLACES = "List of places"
REMOVE = "Remove"
