"""What may be found: one row beside each public copy, one beside each working copy, with the tokens of its text.

Two tables, so that the public side never reads a row the desk wrote (docs/decisions/search.md). On SQLite they are
FTS5 tables, whose one order that costs nothing is that of `rowid`; so a row's key is its place in a list of results.
A row says nothing about visibility: `published(at)` does, of the copy, whenever somebody asks.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models.article import Article
from articles.models.published import PublishedArticle

_KEYS = 2**31


class TokensField(models.Field):
    """Takes a `search.tokeniser.Document`, and keeps of it what the database can search: a tsvector on PostgreSQL,
    on SQLite the words that FTS5 indexes. Never read back."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None or isinstance(value, str):
            return value
        return value.tsvector if connection.vendor == "postgresql" else value.words


@TokensField.register_lookup
class Matches(models.Lookup):
    """`tokens__matches=question`: whether a `search.question.Question` finds the row."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        raise FieldError(f"nothing is known about searching on {connection.vendor}")

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [value]

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        tokens, params = self.process_lhs(compiler, connection)
        # A long text has no tokens but the one that says so (tokeniser.MOST_PLACES). Asked for like this, the index
        # answers everything else alone.
        text = self._column(compiler, "long_text")
        likes = " AND ".join([f"{text} LIKE %s"] * len(self.rhs.patterns))
        sql = f"({tokens} @@ %s::tsquery AND ({text} = '' OR ({likes})))"
        return sql, [*params, self.rhs.tsquery, *self.rhs.patterns]

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        # An FTS5 table has a hidden column of its own name.
        return f"{self._column(compiler, self.lhs.target.model._meta.db_table)} MATCH %s", [self.rhs.fts5]

    def _column(self, compiler: Any, name: str) -> str:
        return (
            f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{compiler.connection.ops.quote_name(name)}"
        )


class Entry(models.Model):
    """`long_text`: empty but for texts too long for the tokens of one row (`search.tokeniser.Document`)."""

    tokens = TokensField()
    long_text = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class PublicEntry(Entry):
    """The tokens of one public copy. Whoever deletes copies forgets these first (`search.index`): on SQLite a row
    is found by its place, not by its copy."""

    place = models.BigIntegerField(primary_key=True, db_column="rowid")
    copy = models.OneToOneField(PublishedArticle, models.DO_NOTHING, related_name="search_entry")

    @staticmethod
    def place_of(first_published_at: datetime, copy_id: int) -> int:
        """The later, the greater; of what came out in one second, the copy written first is greatest."""
        return PublicEntry.first_place(first_published_at) + _KEYS - 1 - copy_id % _KEYS

    @staticmethod
    def first_place(at: datetime) -> int:
        """No place of what was first published at `at` or later (to the second) is smaller."""
        return int(at.timestamp() // 1) * _KEYS


class DeskEntry(Entry):
    """The tokens of one working copy, written with every save."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, db_column="rowid", related_name="search_entry"
    )
