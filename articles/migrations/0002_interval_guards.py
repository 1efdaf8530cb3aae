"""Copies of one story (and of one page) never overlap in time: the database itself refuses.

PostgreSQL gets exclusion constraints. `int8range(id, id, '[]')` compares keys through a range, so that no extension
(btree_gist) is needed. SQLite gets triggers; a later migration that rebuilds one of these tables there must call
`guard` again (a test looks for them).
"""

from django.db import migrations

TABLES = {
    "articles_publishedarticle": "article_id",
    "articles_publishedpage": "page_id",
}

POSTGRESQL = """
ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist (
    int8range({owner}, {owner}, '[]') WITH &&,
    tstzrange(visible_from, visible_until) WITH &&
);
"""

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_overlap_{when} BEFORE {event} ON {table}
WHEN EXISTS (
    SELECT 1 FROM {table} AS other
    WHERE other.{owner} = NEW.{owner} AND other.id IS NOT NEW.id
      AND (NEW.visible_until IS NULL OR NEW.visible_from < NEW.visible_until)
      AND (other.visible_until IS NULL OR other.visible_from < other.visible_until)
      AND (NEW.visible_until IS NULL OR other.visible_from < NEW.visible_until)
      AND (other.visible_until IS NULL OR NEW.visible_from < other.visible_until)
)
BEGIN SELECT RAISE(ABORT, '{table}_no_overlap'); END;
"""


def guard(apps, schema_editor):
    for table, owner in TABLES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(table=table, owner=owner))
        elif schema_editor.connection.vendor == "sqlite":
            for when, event in [("insert", "INSERT"), ("update", "UPDATE OF visible_from, visible_until")]:
                schema_editor.execute(SQLITE.format(table=table, owner=owner, when=when, event=event))


def unguard(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_no_overlap")
        elif schema_editor.connection.vendor == "sqlite":
            for when in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_overlap_{when}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
