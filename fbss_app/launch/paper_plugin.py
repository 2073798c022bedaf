"""The Reflex plugin that puts the blank paper version of each questionnaire into the built site.

It stands here, not among the pages: the phone knows nothing of how a PDF is made. `rxconfig.py`
imports this module, so whatever is heavy is imported inside the hook.
"""

from pathlib import Path
from typing import Any

from reflex.plugins import Plugin


class PaperPlugin(Plugin):
    """Writes `paper/<name>.pdf` for every definition, with the numbers of the chosen country."""

    def post_build(self, **context: Any) -> None:
        """Complete the built site."""
        from fbss_app import routes
        from fbss_app.content.loader import load_content
        from fbss_app.patient.client.definitions import questionnaires
        from fbss_app.server.documents.paper_document import paper_document
        from fbss_app.settings import Settings

        site = Path(context["static_dir"])
        countries = load_content().countries
        code = Settings().country
        known = {country.code for country in countries.country}
        country = countries.by_code(code) if code in known else countries.country[0]
        for questionnaire in questionnaires().values():
            file = site / routes.paper(questionnaire.name).lstrip("/")
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(paper_document(questionnaire, country))
