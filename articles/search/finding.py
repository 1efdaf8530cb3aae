"""Which rows a question finds, the newest first. Whoever calls decides which of them may be seen; nothing here does.

Nobody reads on after a thousand hits, so no more than ENOUGH are looked for: what costs is each hit, not the archive.
Both databases answer in one statement.
"""

from typing import Any

from django.db import connections, router
from django.db.models import QuerySet

from articles.search.question import Question

ENOUGH = 1000

# What a key can be.
LEAST, MOST = -(2**63), 2**63 - 1

# PostgreSQL's planner prices looking into a row's tokens, which lie beside the table, like comparing two numbers: it
# would read all of them (seconds) rather than ask their index (a millisecond). For this one statement it is told not
# to. Sent together the three are one transaction, or a part of the caller's; no other statement ever sees the setting.
_TELL = "SET LOCAL enable_seqscan TO off; "
_TAKE_BACK = "; SET LOCAL enable_seqscan TO DEFAULT"


def newest(
    model: type[Any],
    question: Question,
    *,
    begin: int = LEAST,
    end: int = MOST,
    within: QuerySet[Any] | None = None,
    most: int | None = None,
) -> list[int]:
    """The keys of the entries of `model` that the question finds, greatest first: those from `begin` and before `end`,
    of the keys alone that `within` yields. At most `most`; left out: ENOUGH and one, which says that there are more.
    One query."""
    connection = connections[router.db_for_read(model)]
    # The calendar is longer than a key.
    bounds = [min(max(key, LEAST), MOST) for key in (begin, end)]
    table = connection.ops.quote_name(model._meta.db_table)
    write = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    sql, params = write(table, question, bounds, within)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{_TELL}{sql} LIMIT %s{_TAKE_BACK}", [*params, most or ENOUGH + 1])
            cursor.nextset()
        else:
            cursor.execute(f"{sql} LIMIT %s", [*params, most or ENOUGH + 1])
        return [key for (key,) in cursor.fetchall()]


def _on_postgresql(
    table: str, question: Question, bounds: list[int], within: QuerySet[Any] | None
) -> tuple[str, list[Any]]:
    """The index knows which tokens a row has, not where they stand. So it names candidates; they are put in order, and
    one after the other is looked into only until there are enough. `OFFSET 0` keeps the planner from mixing the two
    steps, the sums keep it from walking through all rows between two days."""
    candidates = (
        f"SELECT rowid, tokens, long_text FROM {table}"  # noqa: S608 - a table's name
        " WHERE tokens @@ %s::tsquery AND rowid + 0 >= %s AND rowid + 0 < %s"
    )
    params: list[Any] = [question.candidates, *bounds]
    if within is not None:
        inner, given = _keys(within)
        candidates += f" AND rowid + 0 = ANY(ARRAY({inner}))"
        params += given
    # A text too long for the index has no tokens but the one that says so (tokeniser.MOST_PLACES).
    likes = " AND ".join(["long_text LIKE %s"] * len(question.patterns))
    condition = f"(long_text = '' OR ({likes}))"
    if not question.is_exact:
        condition = f"tokens @@ %s::tsquery AND {condition}"
        params.append(question.tsquery)
    sql = f"SELECT rowid FROM ({candidates} ORDER BY rowid DESC OFFSET 0) AS candidate WHERE {condition}"  # noqa: S608
    return sql, [*params, *question.patterns]


def _on_sqlite(
    table: str, question: Question, bounds: list[int], within: QuerySet[Any] | None
) -> tuple[str, list[Any]]:
    """FTS5 hands out hits in the order of their keys, either way, and knows where each word stands."""
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid >= %s AND rowid < %s"  # noqa: S608
    params: list[Any] = [question.fts5, *bounds]
    if within is not None:
        inner, given = _keys(within)
        # The sum: else each key would be asked for by itself.
        sql += f" AND rowid + 0 IN ({inner})"
        params += given
    return f"{sql} ORDER BY rowid DESC", params


def _keys(within: QuerySet[Any]) -> tuple[str, list[Any]]:
    sql, params = within.order_by().query.sql_with_params()
    return sql, list(params)
