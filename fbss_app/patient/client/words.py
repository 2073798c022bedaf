"""The words the phone's own code shows: messages, countries and what it says about saving."""

import json
from typing import Any

from fbss_app import routes
from fbss_app.content.loader import ENGLISH, load_content
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import inline_groups
from fbss_app.errors import ContentError
from fbss_app.settings import Settings

STORAGE = {
    "blocked": (
        "This browser does not let the app keep your answers. "
        "They stay only while this page is open. Print your summary before you close it."
    ),
    "framed": (
        "Your answers stay only while this page is open. To keep them, choose "
        "\N{LEFT DOUBLE QUOTATION MARK}Open in its own page\N{RIGHT DOUBLE QUOTATION MARK} above."
    ),
    "full": (
        "The storage of this phone is full. New answers stay only while this page is open. "
        "Make room, or print your summary before you close it."
    ),
    "expired": (
        "Your answers were kept on this phone for 30 days. They have now been removed from it."
    ),
    "expired_unsent": (
        "Your answers were kept on this phone for 30 days. They have now been removed from it. "
        "Some of them had not reached the server, so they are gone."
    ),
}
SYNC = {
    "local_mine": "Kept on this phone",
    "local_shared": "Kept until you close this tab",
    "local_blocked": "Not kept: storage is blocked",
    "local_full": "Not kept: storage is full",
    "saving": "Saving…",
    "saved": "Saved",
    "offline": "Not saved yet: waiting for a connection",
    "error": "Not saved",
}
SAVING = {
    "busy": "Not saved yet: the server could not do it just now. The app tries again by itself",
    "not_erased": (
        "The server did not answer, so your answers are still on it. Go online and try again."
    ),
}
# Of a helper's or a reader's link.
ENDED = {
    "nothing": (
        "This link has ended. What it showed has been removed from this phone. "
        "Ask the person who gave you the link."
    ),
    "unsent": (
        "This link has ended. What others gave has been removed from this phone. "
        "Your answers that were not sent are still here. Keep them as a file, or remove them."
    ),
}
# By the API's error code.
REFUSED = {
    "unknown-response": (
        "The server no longer has your answers. They are still on this phone. "
        "To save them again, agree to it once more."
    ),
    "unknown-version": (
        "Not saved: the server has a newer version of the questions. "
        "Your answers are still on this phone. Close the app, and open it again."
    ),
    "not-allowed": (
        "Not saved: this link may no longer add answers. Your answers are still on this phone. "
        "Ask the person who gave you the link."
    ),
    "response-full": (
        "Not saved: the server holds as many answers as it may. "
        "Your new answers are still on this phone. Print your summary to keep them."
    ),
    "other": (
        "Not saved: the server did not accept an answer. All of them are still on this phone. "
        "Your summary shows them."
    ),
}
# What a person agrees to who sends; a new number with each change of the words.
SEND_CONSENT_VERSION = "3"
# By the API's error code.
NOT_SENT = {
    "invitation-used": (
        "Other answers were sent with this invitation before. Ask the clinic for a new one."
    ),
    "unknown-invitation": "The invitation no longer works. Ask the clinic for a new one.",
    "no-such-clinic": "The clinic takes no answers without an invitation now. Ask it for one.",
    "nothing-answered": "There is nothing to send yet. Answer some questions first.",
    "unsent-answers": "Some answers had not arrived. Try again.",
    "not-allowed": "Only the person whose answers they are can send them.",
    "unknown-response": "The server no longer has these answers. Save them once more, then send.",
    "other": "The server did not take it. Your answers are still here. Try again later.",
}
# Under the question of whose phone it is, where no answer to it keeps anything beyond the tab.
NOT_KEPT = {
    "blocked": "Whatever you choose, your answers last only while this page is open.",
    "apart": (
        "This phone keeps the answers of somebody else. Whatever you choose, yours last only until "
        "you close this tab."
    ),
    "to_keep": (
        " To keep them longer, choose \N{LEFT DOUBLE QUOTATION MARK}Save and come back later"
        "\N{RIGHT DOUBLE QUOTATION MARK} below."
    ),
}
READ_ALOUD = {
    "title": "Reading aloud",
    "pause": "Pause",
    # Not "Continue": that leads to the next question.
    "resume": "Read on",
    "stop": "Stop",
    "speed": "Speed",
    "speeds": {"slower": "Slow speed", "normal": "Usual speed", "faster": "Fast speed"},
    "scale": "Choose a number from {first} to {last}.",
}


def default_country() -> str:
    """Give the country whose numbers are shown before a person has said where they are.

    Raises:
        ContentError: The deployment's country has no entry.
    """
    code = Settings().country
    known = [country.code for country in load_content().countries.country]
    if code not in known:
        raise ContentError(
            ENGLISH / "countries.yaml",
            None,
            "country",
            f"there is no country `{code}`, which FBSS_COUNTRY names",
            f"Set FBSS_COUNTRY to one of {', '.join(known)}, or add the country to the file.",
        )
    return code


def words_module() -> str:
    """Write the ES module with every fixed text that the phone's code looks up."""
    content = load_content()
    words = {
        "problem": {
            code: message.model_dump(mode="json", exclude_defaults=True)
            for code, message in content.messages.problem.items()
        },
        "countries": [
            country.model_dump(mode="json", exclude_none=True)
            for country in content.countries.country
        ],
        "defaultCountry": default_country(),
        "storage": STORAGE,
        "sync": SYNC,
    }
    return _module(words)


def saving_words_module() -> str:
    """Write the ES module with the texts of saving, loaded once a person has agreed to it."""
    return _module({**SAVING, "ended": ENDED, "refused": REFUSED})


def sending_words_module() -> str:
    """Write the ES module with what a person agrees to who sends answers to a clinic.

    The name of the clinic and its time are put in on the phone, where the invitation is.
    """
    blocks = [
        {
            "kind": block.kind,
            "items": ["".join(plain_text(words)) for words in inline_groups(block)],
        }
        for block in load_content().pages["send-consent"].blocks
    ]
    return _module({"version": SEND_CONSENT_VERSION, "blocks": blocks, "refused": NOT_SENT})


def not_kept_words_module() -> str:
    """Write the ES module with what a phone says that keeps no answers, loaded only there."""
    return _module({**NOT_KEPT, "saves": routes.PRIMARY_QUESTIONNAIRE})


def read_aloud_words_module() -> str:
    """Write the ES module with the texts of reading aloud, loaded when it is first used."""
    return _module(READ_ALOUD)


def _module(words: dict[str, Any]) -> str:
    return f"export const words = {json.dumps(words, ensure_ascii=False)};\n"
