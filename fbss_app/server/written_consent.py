"""The words that a patient agrees to who sends answers, filled in for one clinic, as HTML."""

import html
from functools import cache

from fbss_app.content.loader import load_content
from fbss_app.domain.decision_aid.inline import plain_text
from fbss_app.domain.decision_aid.prose import inline_groups
from fbss_app.server.services.clinic.settings.settings import ClinicSettings


def consent_html(settings: ClinicSettings) -> str:
    """Write them as the page shows them once its scripts run: headings, lists and paragraphs.

    Args:
        settings: The clinic's.
    """
    return "".join(
        _block(kind, [_filled(text, settings) for text in texts]) for kind, texts in _blocks()
    )


@cache
def _blocks() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (block.kind, tuple("".join(plain_text(words)) for words in inline_groups(block)))
        for block in load_content().pages["send-consent"].blocks
    )


def _filled(text: str, settings: ClinicSettings) -> str:
    text = text.replace("{clinic}", settings.name).replace("{days}", str(settings.retention_days))
    return html.escape(text)


def _block(kind: str, texts: list[str]) -> str:
    if kind == "heading":
        return f"<h2>{texts[0]}</h2>"
    if kind == "bullet-list":
        return f'<ul class="bullets">{"".join(f"<li>{text}</li>" for text in texts)}</ul>'
    return "".join(f"<p>{text}</p>" for text in texts)
