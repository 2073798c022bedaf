"""How a database goes about a query: by which index, and whether it reads rows or sorts too."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

# A small table is quickest read whole, so PostgreSQL is asked for the best way without that: what
# it then still does, no index can spare it.
_WITHOUT = ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin", "material", "memoize")


@dataclass(frozen=True)
class Step:
    """One step of a plan.

    Attributes:
        table: Whose rows are looked for; "" where none are.
        index: The index that finds them; "" where all are gone through.
        by: What the index is asked for, in the words of the database.
        is_covering: Whether the index alone answers.
        sorts: Whether it puts rows in order that come in none.
    """

    table: str = ""
    index: str = ""
    by: str = ""
    is_covering: bool = False
    sorts: bool = False


def plan_of(engine: Engine, statement: str, parameters: Any = ()) -> list[Step]:
    """Give the steps in which a statement would be answered."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            said = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return list(filter(None, (_of_sqlite(row[-1]) for row in said)))
        return list(_of_postgresql(connection, statement, parameters))


def _of_sqlite(said: str) -> Step | None:
    if said.startswith("USE TEMP B-TREE"):
        return Step(sorts="ORDER BY" in said)
    verb, _, rest = said.partition(" ")
    if verb not in ("SEARCH", "SCAN") or rest.startswith("("):
        return None
    table, _, way = rest.partition(" ")
    index = way.partition("INDEX ")[2].partition(" ")[0]
    by = way.partition("(")[2].removesuffix(")")
    return Step(table, index if verb == "SEARCH" else "", by, "COVERING INDEX" in way)


def _of_postgresql(connection: Connection, statement: str, parameters: Any) -> Iterator[Step]:
    for each in _WITHOUT:
        connection.exec_driver_sql(f"SET LOCAL enable_{each} = off")
    said = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
    (plan,) = json.loads(said) if isinstance(said, str) else said
    for node in _nodes(plan["Plan"]):
        kind = node["Node Type"]
        if "Relation Name" in node:
            yield Step(
                node["Relation Name"],
                node.get("Index Name", ""),
                node.get("Index Cond", ""),
                kind == "Index Only Scan",
            )
        elif kind in ("Sort", "Incremental Sort"):
            yield Step(sorts=True)


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)
