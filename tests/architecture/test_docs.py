"""The documents name what the code has, and nothing that is not there."""

import ast
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire import expressions, model, summary_block
from fbss_app.domain.questionnaire.base import Definition
from fbss_app.domain.questionnaire.validation import ProblemCode
from fbss_app.patient.pwa.plugin import RETIRE_VARIABLE
from fbss_app.server.api import errors
from fbss_app.server.api.app import create_api
from fbss_app.server.api.error_schemas import ErrorBody
from fbss_app.server.api.schemas import (
    LinkBody,
    OpenedLinkReply,
    SyncBody,
    SyncReply,
)
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import DATABASE_FILE_NAME, Settings

README = Path("README.md")
API = Path("docs/api.md")
QUESTIONNAIRES = Path("docs/questionnaires.md")
ADRS = sorted(Path("docs/adr").glob("*.md"))
DOCUMENTS = sorted([*Path().glob("*.md"), *Path("docs").rglob("*.md")])

ADR_HEADINGS = ["Context", "Decision", "Consequences", "Alternatives"]
# They serve the tests alone, so the app does not know them.
TEST_VARIABLES = {"FBSS_CHROMIUM", "FBSS_TEST_ADDRESS"}
MADE_BY_THE_BUILD = {"embed.js", "sw.js", "pages.json"}
EXAMPLES = {"back-pain-diary.yaml"}
_TOP_FOLDERS = ("fbss_app/", "tests/", "docs/", "assets/")
_FILE_NAME = re.compile(r"[\w.<>-]+\.(py|js|mjs|yaml|md|toml|css|txt|json)")


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def code_spans(text: str) -> list[str]:
    """List what stands in single backticks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text_of(file), re.DOTALL)


def words_in_code(file: Path) -> set[str]:
    return {word for span in code_spans(text_of(file)) for word in re.findall(r"[^\s,:{}]+", span)}


# README: settings, commands.


def settings_row(name: str) -> str:
    field = Settings.model_fields[name]
    default = "none" if field.default is None else f"`{field.default}`"
    shown = "worked out" if field.default_factory else default
    return f"| `FBSS_{name.upper()}` | {shown} | {field.description} |"


def test_readme_has_the_row_of_every_setting():
    rows = text_of(README).splitlines()

    assert [row for name in Settings.model_fields if (row := settings_row(name)) not in rows] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_variable_that_a_document_names_is_read_somewhere(document: Path):
    known = {f"FBSS_{name.upper()}" for name in Settings.model_fields}

    named = set(re.findall(r"FBSS_[A-Z_]*[A-Z]", text_of(document)))

    assert named - known - TEST_VARIABLES - {RETIRE_VARIABLE} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_make_target_that_a_document_names_exists(document: Path):
    targets = set(re.findall(r"^([a-z-]+):", text_of(Path("Makefile")), re.MULTILINE))
    text = text_of(document)

    commands = [*code_spans(text), *"\n".join(blocks(document, "sh")).splitlines()]
    called = (re.match(r"(?:\w+=\S+ )*make ([a-z-]+)", command) for command in commands)
    named = {found[1] for found in called if found}

    assert named - targets == set()


def test_readme_names_the_score_of_every_built_in_questionnaire():
    scores = [score for each in load_questionnaires().values() for score in each.score]
    text = text_of(README)

    assert [each.name for each in scores if f"| {each.title} (`{each.name}`) |" not in text] == []


def test_backup_command_of_the_readme_makes_a_whole_private_copy(tmp_path: Path):
    command = next(block for block in blocks(README, "sh") if "VACUUM" in block)
    (tmp_path / "data").mkdir()
    source = tmp_path / "data" / DATABASE_FILE_NAME
    upgrade_to_head(f"sqlite:///{source}")
    # Kept open, so that what was written last is still in the write-ahead log.
    with sqlite3.connect(source) as connection:
        connection.execute("CREATE TABLE proof (word TEXT)")
        connection.execute("INSERT INTO proof VALUES ('whole')")
        connection.commit()

        # The command is the project's own.
        subprocess.run(
            command.replace(".venv/bin/python", sys.executable),
            shell=True,
            check=True,
            cwd=tmp_path,
        )
    connection.close()

    copy = tmp_path / "data/backup.sqlite3"
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT word FROM proof").fetchall() == [("whole",)]
    connection.close()
    assert copy.stat().st_mode & 0o077 == 0


# docs/api.md: addresses, codes, examples.


def test_every_address_of_the_api_is_documented():
    api = create_api(Settings(), load_questionnaires().values())
    text = text_of(API)
    calls = [
        f"{method.upper()} {path}"
        for path, methods in api.openapi()["paths"].items()
        for method in methods
    ]

    assert [call for call in [*calls, api.openapi_url] if f"`{call}`" not in text] == []


_CODE_ARGUMENT = {"RefusedError": 0, "FieldProblem": 1, "PydanticCustomError": 0}


def server_codes() -> Iterator[str]:
    """Find every code that the server's sources hand to an error."""
    for file in Path("fbss_app/server").rglob("*.py"):
        for node in ast.walk(ast.parse(text_of(file))):
            yield from _codes_in(node)


def _codes_in(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=args) if name in _CODE_ARGUMENT:
            yield from _constant(args[_CODE_ARGUMENT[name] :])
        case ast.Call(func=ast.Name(id="error_response"), args=args):
            yield from _constant(args[1:])
        # A subclass of RefusedError gives its code to its base.
        case ast.ClassDef(bases=[ast.Name(id="RefusedError")]):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                    yield from _constant(call.args)
        # The code and the sentence for each status that the framework raises.
        case ast.Tuple(elts=[ast.Constant(value=str(code)), ast.Name(id=sentence)]):
            if sentence.startswith("_"):
                yield code


def _constant(arguments: list[ast.expr]) -> Iterator[str]:
    if arguments and isinstance(arguments[0], ast.Constant):
        yield str(arguments[0].value)


def test_every_error_code_is_documented():
    # Pydantic's own names arrive with hyphens.
    codes = {*ProblemCode, *(kind.replace("_", "-") for kind in {*server_codes(), *errors._ADVICE})}

    assert {"unknown-response", "not-found", "unexpected-error", "id-reused"} <= codes
    assert codes - words_in_code(API) == set()


def test_examples_of_the_api_are_valid():
    request, reply, link, opened, error = blocks(API, "json")

    SyncBody.model_validate_json(request)
    SyncReply.model_validate_json(reply)
    LinkBody.model_validate_json(link)
    OpenedLinkReply.model_validate_json(opened)
    ErrorBody.model_validate_json(error)


# docs/questionnaires.md: types, operators, keys, example.


def definition_keys() -> set[str]:
    return {
        info.alias or name
        for module in (model, summary_block, expressions)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Definition)
        for name, info in each.model_fields.items()
    }


@pytest.mark.parametrize(
    "words",
    [
        definition_keys(),
        *map(
            set,
            (
                model.ItemType,
                model.ItemControl,
                model.EnableBehavior,
                model.AppRole,
                model.Status,
                model.Urgency,
                model.Service,
                model.AbsentReason,
                model.Perspective,
                summary_block.Picture,
                summary_block.PainAt,
                summary_block.PainPlace,
                expressions.Operator,
            ),
        ),
    ],
    ids=lambda words: "-".join(sorted(map(str, words))[:2]),
)
def test_every_word_of_the_definition_format_is_documented(words: set[str]):
    assert {str(word) for word in words} - words_in_code(QUESTIONNAIRES) == set()


def test_example_of_a_definition_loads(tmp_path: Path):
    (example,) = blocks(QUESTIONNAIRES, "yaml")
    (tmp_path / "back-pain-diary.yaml").write_text(example, encoding="utf-8")

    (questionnaire,) = load_questionnaires([tmp_path]).values()

    kinds = {placement.item.type for placement in questionnaire.placements.values()}
    assert {model.ItemType.GROUP, model.ItemType.CHOICE, model.ItemType.BOOLEAN} <= kinds


# Decisions.


def test_decisions_are_numbered_without_gaps_or_repeats():
    numbers = [file.name[:4] for file in ADRS]

    assert numbers == [f"{number:04d}" for number in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("file", ADRS, ids=lambda file: file.stem)
def test_decision_has_its_title_and_the_four_headings(file: Path):
    text = text_of(file)

    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+", file.stem)
    assert re.match(rf"# {file.name[:4]}\. \S.+\n\nDate: \d{{4}}-\d\d-\d\d\. Status: \w+", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_HEADINGS


# Paths and links.


@cache
def kept_names() -> set[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {Path(name).name for name in listed.splitlines()}


def is_there(path: str) -> bool:
    return any(Path().glob(re.sub(r"<\w+>", "*", path).rstrip("/")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_path_that_a_document_names_exists(document: Path):
    names = kept_names() | MADE_BY_THE_BUILD | EXAMPLES
    fenced = re.findall(r"^((?:fbss_app|tests|docs|assets)/\S*)", text_of(document), re.MULTILINE)
    spans = [*code_spans(text_of(document)), *fenced]

    lost = [each for each in spans if each.startswith(_TOP_FOLDERS) and not is_there(each)]
    lost += [
        each
        for each in spans
        if _FILE_NAME.fullmatch(each) and "<" not in each and each not in names
    ]

    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_link_between_documents_leads_somewhere(document: Path):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(document))
    local = [target for target in targets if "://" not in target]

    assert [target for target in local if not (document.parent / target).exists()] == []
