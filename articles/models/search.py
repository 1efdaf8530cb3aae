"""What may be found: one row beside each public copy, one beside each working copy, with the tokens of its text.

Two tables, so that the public side never reads a row the desk wrote (docs/decisions/search.md). On SQLite they are
FTS5 tables, whose one order that costs nothing is that of `rowid`; so a row's key is its place in a list of results.
A row says nothing about visibility: `published(at)` does, of the copy, whenever somebody asks.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models.article import Article
from articles.models.published import PublishedArticle

_KEYS = 2**31


class TokensField(models.Field):
    """Takes a `search.tokeniser.Document`, and keeps of it what the database can search: a tsvector on PostgreSQL,
    on SQLite the words that FTS5 indexes. Asked by `search.finding`, never read back."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None or isinstance(value, str):
            return value
        return value.tsvector if connection.vendor == "postgresql" else value.words


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
    def copy_of(place: int) -> int:
        """The key of the copy whose place this is. The row knows it too, but to look there costs more."""
        return _KEYS - 1 - place % _KEYS

    @staticmethod
    def first_place(at: datetime) -> int:
        """No place of what was first published at `at` or later (to the second) is smaller."""
        return int(at.timestamp() // 1) * _KEYS


class DeskEntry(Entry):
    """The tokens of one working copy, written with every save."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, db_column="rowid", related_name="search_entry"
    )
