"""The Reflex plugin that puts the phone's JavaScript beside the compiled pages."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

FOLDER = Path("patient")
_SOURCES = Path(__file__).parent


class PatientClientPlugin(Plugin):
    """Adds the hand-written modules, the words, and a module and a store for each questionnaire."""

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Give every module that the pages import and that is not compiled from a component."""
        # Imported here because rxconfig.py, which makes the plugin, must not import the app.
        from fbss_app.content.suggestions import load_suggestions
        from fbss_app.patient.client.definitions import questionnaires
        from fbss_app.patient.client.questionnaire_module import questionnaire_module
        from fbss_app.patient.client.words import (
            not_kept_words_module,
            read_aloud_words_module,
            saving_words_module,
            sending_words_module,
            words_module,
        )
        from fbss_app.ui.art.body_shapes import SHAPES_MODULE, shapes_source

        sources = [
            (FOLDER / path.relative_to(_SOURCES), path.read_text(encoding="utf-8"))
            for path in sorted(_SOURCES.rglob("*.js"))
        ]
        generated: list[tuple[Path, str | bytes]] = [
            (FOLDER / "words/questions.js", words_module()),
            (FOLDER / "words/saving.js", saving_words_module()),
            (FOLDER / "words/sending.js", sending_words_module()),
            (FOLDER / "words/read_aloud.js", read_aloud_words_module()),
            (FOLDER / "words/not_kept.js", not_kept_words_module()),
            (Path(f"{SHAPES_MODULE}.js"), shapes_source()),
        ]
        for questionnaire in questionnaires().values():
            name = questionnaire.name
            source = questionnaire_module(questionnaire, load_suggestions())
            generated.append((FOLDER / f"{name}.js", source))
            generated.append((FOLDER / f"{name}.store.js", store_source(name)))
        return [*sources, *generated]


def store_source(questionnaire: str) -> str:
    """Write the module that makes the one store of a questionnaire."""
    from fbss_app import routes
    from fbss_app.patient.client.vars import hook_name

    pages = routes.questionnaire_pages(questionnaire)
    return (
        'import { createResponse } from "./response.js";\n'
        f'import {{ questionnaire }} from "./{questionnaire}.js";\n'
        f"export const {hook_name(questionnaire)} = "
        f"createResponse(questionnaire, {json.dumps(pages)});\n"
    )
