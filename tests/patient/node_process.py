"""The phone's own JavaScript in a Node process: one JSON line in, one JSON line out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.patient.client.questionnaire_module import questionnaire_module
from fbss_app.patient.client.words import (
    not_kept_words_module,
    saving_words_module,
    words_module,
)

CLIENT = Path("fbss_app/patient/client")
NODE = Path(sys.executable).with_name("node")
SUGGESTIONS = {"medicines": ("Ibuprofen", "Paracetamol")}


class NodeProcess:
    """Runs one of the `.mjs` files beside this module over the phone's modules."""

    def __init__(self, script: str, folder: Path, *options: str) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}
        shutil.copytree(
            CLIENT, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"), dirs_exist_ok=True
        )
        words = folder / "words"
        words.mkdir()
        (words / "questions.js").write_text(words_module(), encoding="utf-8")
        (words / "saving.js").write_text(saving_words_module(), encoding="utf-8")
        (words / "not_kept.js").write_text(not_kept_words_module(), encoding="utf-8")
        (folder / "package.json").write_text('{"type": "module"}')
        self._process = subprocess.Popen(
            [NODE, *options, Path(__file__).with_name(script).absolute(), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, questionnaire: Questionnaire, cases: Any) -> Any:
        """Let the script work on cases of one questionnaire and return what it says."""
        source = questionnaire_module(questionnaire, SUGGESTIONS)
        if source not in self._names:
            name = f"questionnaire-{len(self._names)}.js"
            (self._folder / name).write_text(source, encoding="utf-8")
            self._names[source] = name
        assert self._process.stdin
        assert self._process.stdout
        question = json.dumps({"module": self._names[source], "cases": cases})
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def stop(self) -> None:
        """End the process."""
        self._process.communicate(timeout=10)
