"""The one place that puts a clinic into a query, so that none can reach another clinic's rows.

Repositories of this folder build every statement here; a test refuses those that do not.
"""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar, cast

import sqlalchemy
from sqlalchemy import ColumnElement, Delete, Select, Update, delete, func, insert, update
from sqlalchemy.engine import Row as ResultRow
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

_Row = TypeVar("_Row", bound=SQLModel)


class ClinicScope:
    """Statements on the rows of one clinic."""

    def __init__(self, session: Session, clinic_id: str) -> None:
        """Bind a transaction to a clinic.

        Args:
            session: The transaction.
            clinic_id: The clinic; every statement is about its rows only.
        """
        if not clinic_id:
            raise ValueError("a scope needs a clinic")
        self.clinic_id = clinic_id
        self._session = session

    def rows(self, row_type: type[_Row]) -> SelectOfScalar[_Row]:
        """Begin a statement that reads whole rows."""
        return select(row_type).where(self._own(row_type))

    def columns(self, row_type: type[SQLModel], *columns: Any, few: bool = False) -> Select[Any]:
        """Begin a statement that reads some columns, or sums over them, of one table.

        Args:
            row_type: The table.
            *columns: The columns, or the sums.
            few: What is asked for besides leads to a few rows by itself, such as by their ids.
        """
        chosen = cast("Select[Any]", sqlalchemy.select(*columns))
        own = self._own_of_few(row_type) if few else self._own(row_type)
        return chosen.select_from(row_type).where(own)

    def changes(self, row_type: type[SQLModel]) -> Update:
        """Begin a statement that changes rows."""
        return update(row_type).where(self._own(row_type))

    def deletes(self, row_type: type[SQLModel]) -> Delete:
        """Begin a statement that deletes rows."""
        return delete(row_type).where(self._own(row_type))

    def all(self, statement: SelectOfScalar[_Row]) -> Sequence[_Row]:
        """Run a statement of `rows`."""
        return self._session.exec(statement).all()

    def first(self, statement: SelectOfScalar[_Row]) -> _Row | None:
        """Run a statement of `rows` for the first one it finds."""
        return self._session.exec(statement.limit(1)).first()

    def values(self, statement: Select[Any]) -> Sequence[ResultRow[Any]]:
        """Run a statement of `columns`."""
        scalars = cast("SelectOfScalar[ResultRow[Any]]", statement)
        return self._session.exec(scalars).all()

    def count(self, statement: Select[Any] | SelectOfScalar[Any]) -> int:
        """Count what a statement would find."""
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        return self._session.exec(counted).one()

    def run(self, statement: Update | Delete) -> int:
        """Run a statement of `changes` or `deletes`, and say how many rows it met."""
        return self._session.exec(statement).rowcount

    def sealed_by_others(self, row_type: type[_Row], key_id: str, limit: int) -> Sequence[_Row]:
        """Find and lock some rows that another key than this one sealed, or marked."""
        other = self.rows(row_type).where(_column(row_type, "key_id") != key_id)
        # Locked: what somebody changes meanwhile must not be put back to what it was before.
        return self.all(other.limit(limit).with_for_update())

    def key_ids(self, row_type: type[SQLModel]) -> set[str]:
        """List the keys that sealed, or marked, rows of a table."""
        key_id = _column(row_type, "key_id")
        return {row[0] for row in self.values(self.columns(row_type, key_id).distinct())} - {""}

    def get(self, row_type: type[_Row], row_id: str, *, lock: bool = False) -> _Row | None:
        """Find one row by its id, if it is this clinic's.

        Args:
            row_type: The table.
            row_id: The id, from wherever.
            lock: Keep other transactions off it until this one ends.
        """
        found = self.rows(row_type).where(_column(row_type, "id") == row_id)
        return self._session.exec(found.with_for_update() if lock else found).first()

    def find(self, row_type: type[_Row], ids: Collection[str]) -> Sequence[_Row]:
        """Find those of some ids that are this clinic's, in no order."""
        chosen = _column(row_type, "id").in_(list(ids))
        found = select(row_type).where(chosen, self._own_of_few(row_type))
        return self._session.exec(found).all()

    def add(self, row: SQLModel) -> None:
        """Add a row, which must name this clinic."""
        self._require_own(row)
        self._session.add(row)
        self._session.flush()

    def add_if_free(self, row: SQLModel) -> bool:
        """Add a row, unless what must be unique in it is taken; say whether it was added."""
        self._require_own(row)
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return False
        return True

    def add_many(self, rows: Sequence[SQLModel]) -> None:
        """Add rows of one table in one statement; each must name this clinic."""
        for row in rows:
            self._require_own(row)
        if rows:
            self._session.exec(insert(type(rows[0])), params=[row.model_dump() for row in rows])

    def remove(self, row: SQLModel) -> None:
        """Delete a row of this clinic."""
        self._require_own(row)
        self._session.delete(row)
        self._session.flush()

    def _require_own(self, row: SQLModel) -> None:
        if getattr(row, "clinic_id", None) != self.clinic_id:
            raise ValueError(f"this {type(row).__name__} is not of the clinic that adds it")

    def _own(self, row_type: type[SQLModel]) -> ColumnElement[bool]:
        return _column(row_type, "clinic_id") == self.clinic_id

    def _own_of_few(self, row_type: type[SQLModel]) -> ColumnElement[bool]:
        # Without statistics SQLite takes a clinic to have ten rows, and would go through all that
        # it has rather than through a few ids: what is worked out has no index to go through.
        return func.coalesce(_column(row_type, "clinic_id"), "") == self.clinic_id


def _column(row_type: type[SQLModel], name: str) -> ColumnElement[Any]:
    return cast("ColumnElement[Any]", getattr(row_type, name))
