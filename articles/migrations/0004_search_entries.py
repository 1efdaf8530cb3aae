"""The rows that search looks into. PostgreSQL gets tables with a GIN index, SQLite gets FTS5 tables.

A later migration must not change these tables by Django's own operations on SQLite: it would rebuild them as ordinary
tables that find nothing (a test looks). Drop them, make them again, fill them again (`articles.search.index.fill`).
"""

import django.db.models.deletion
from django.db import migrations, models

import articles.models.search

# A prefix index of one character: a single ideograph is asked for as the beginning of a pair. The private use area,
# of which barriers and names are made, is a letter to unicode61.
FTS5 = """
CREATE VIRTUAL TABLE {table} USING fts5(
    tokens, {others}, tokenize = 'unicode61 remove_diacritics 0', prefix = '1'
)
"""
GIN = "CREATE INDEX {table}_tokens ON {table} USING gin (tokens)"


class CreateEntries(migrations.CreateModel):
    """The model's table: an FTS5 table on SQLite, with the model's key as its rowid."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        if schema_editor.connection.vendor == "sqlite":
            names = [field.column for field in model._meta.local_concrete_fields]
            others = ", ".join(f"{name} UNINDEXED" for name in names if name not in {"rowid", "tokens"})
            schema_editor.execute(FTS5.format(table=table, others=others))
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            schema_editor.execute(GIN.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_page_patterns")]

    operations = [
        CreateEntries(
            name="PublicEntry",
            fields=[
                ("tokens", articles.models.search.TokensField()),
                ("long_text", models.TextField(blank=True)),
                (
                    "place",
                    models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False),
                ),
                (
                    "copy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="search_entry",
                        to="articles.publishedarticle",
                    ),
                ),
            ],
        ),
        CreateEntries(
            name="DeskEntry",
            fields=[
                ("tokens", articles.models.search.TokensField()),
                ("long_text", models.TextField(blank=True)),
                (
                    "article",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
            ],
        ),
    ]
