"""No query of the staff side can forget its clinic."""

import ast
from pathlib import Path

from sqlmodel import SQLModel

from fbss_app.server.storage import clinic_tables

FOLDER = Path("fbss_app/server/storage/repositories/clinic")
DOORWAYS = Path("fbss_app/server/storage/repositories/doorways")
# What makes a statement, or runs one that somebody else made.
STATEMENTS = {"select", "insert", "update", "delete", "text", "sqlalchemy"}
SESSION = {"exec", "execute", "scalar", "scalars", "query", "_session"}
# Whose rows belong to a person at the door, not to a clinic.
OF_A_PERSON = {"RecoveryCodeRow", "StaffSessionRow", "LogInTicketRow", "ClinicRow"}


def test_every_table_of_the_staff_side_names_its_clinic():
    tables = {
        name: row
        for name, row in vars(clinic_tables).items()
        if isinstance(row, type) and issubclass(row, SQLModel) and name.endswith("Row")
    }
    tables.pop("Row")
    assert tables
    unscoped = {name for name, row in tables.items() if "clinic_id" not in row.model_fields}
    assert unscoped == OF_A_PERSON


def test_repositories_of_a_clinic_make_no_statement_of_their_own():
    files = [path for path in FOLDER.glob("*.py") if path.name not in ("scope.py", "__init__.py")]
    assert files
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sql"):
                names = {each.name for each in node.names}
                assert not names & STATEMENTS, f"{path}: ask the scope for statements"
            if isinstance(node, ast.Import):
                assert not any(each.name.startswith("sql") for each in node.names), path
            if isinstance(node, ast.Attribute):
                assert node.attr not in SESSION, f"{path}:{node.lineno}: leave this to the scope"


def test_only_the_doorways_find_a_clinics_rows_without_its_scope():
    named = {name for name in vars(clinic_tables) if name.endswith("Row")} - {"Row"}
    allowed = {FOLDER, DOORWAYS}
    for path in Path("fbss_app").rglob("*.py"):
        if path.parent in allowed or path.name == "clinic_tables.py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module
                and "sql" in node.module.split(".")[0]
            ):
                statements = {each.name for each in node.names} & STATEMENTS
                source = path.read_text(encoding="utf-8")
                assert not (statements and any(name in source for name in named)), path
