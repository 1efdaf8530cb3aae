"""Tables as lines of JSON, and back. The same rows have the same hash on every database."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

Model = type[models.Model]

# Made again from the other tables (REBUILD), and different on each database.
DERIVED = frozenset({"articles_publicentry", "articles_deskentry"})
REBUILD = ("reindex",)
# Rows Django itself writes into a database that was only just made.
WRITTEN_BY_MIGRATE = frozenset({"django_content_type", "auth_permission"})
AT_A_TIME = 500


def tables() -> dict[str, Model]:
    """Every table with content of its own, by name: those of many-to-many fields too."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    named = {model._meta.db_table: model for model in found if not model._meta.proxy}
    return {name: named[name] for name in sorted(named) if name not in DERIVED}


def columns(model: Model) -> list[Any]:
    """The fields whose values a line holds, in this order. What the database computes is not among them."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as it was at one moment, and nobody who writes has to wait."""
    if connection.vendor == "sqlite":
        # As a reader: the product's own transactions begin as writers.
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = mode  # type: ignore[attr-defined]
        return
    with transaction.atomic():
        # In a transaction that is already under way (a test's) its own rules stay.
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def lines(model: Model) -> Iterator[tuple[bytes, bytes]]:
    """A table's rows, by key: each as it is, and in the form in which hashes compare rows. Only the names in JSON
    columns stand in another order there: PostgreSQL keeps its own."""
    fields = columns(model)
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=AT_A_TIME):
        yield _json(row), _json(row, sort_keys=True)


def digest(model: Model) -> tuple[int, str]:
    """How many rows a table has, and the SHA-256 of its lines."""
    sha, count = hashlib.sha256(), 0
    for _, line in lines(model):
        sha.update(line)
        count += 1
    return count, sha.hexdigest()


def load(model: Model, rows: Iterable[bytes]) -> None:
    """Write lines as rows, exactly as they are: no default, no `auto_now`, no signal. ValueError for a line that is
    none of this table's."""
    fields = columns(model)
    manager = model._base_manager
    batch = min(AT_A_TIME, connection.ops.bulk_batch_size(fields, range(AT_A_TIME)))
    waiting = iter(rows)
    while chunk := list(islice(waiting, batch)):
        manager.all()._insert(  # type: ignore[attr-defined]
            [_row(model, fields, line) for line in chunk], fields=fields, using=connection.alias, raw=True
        )


def continue_counting() -> None:
    """New rows get keys after the loaded ones."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(tables().values())):
            cursor.execute(sql)


def _row(model: Model, fields: list[Any], line: bytes) -> models.Model:
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(fields):
        raise ValueError(f"{model._meta.db_table}: a row of another shape")
    row = model()
    for field, value in zip(fields, values, strict=True):
        setattr(row, field.attname, _read(field, value))
    return row


def _read(field: Any, value: Any) -> Any:
    # JSON is JSON already, and a foreign key's type is the key's.
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def _json(row: Any, **options: Any) -> bytes:
    text = json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":"), **options)
    return text.encode() + b"\n"


def _plain(value: Any) -> str:
    """What JSON has no word for, without losing a microsecond."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"no way to write down a {type(value).__name__}")
