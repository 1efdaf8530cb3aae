"""Write the entries anew on PostgreSQL, where the index now knows where two runs meet (`search.tokeniser.joint`):
without that, 5G饮 would not be found in what was written before. FTS5 knows it without being told."""

from django.db import migrations
from django.utils import timezone

from articles.search.index import fill


def write(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    stories, copies, desk_entry, public_entry = (
        apps.get_model("articles", name)
        for name in ("Article", "PublishedArticle", "DeskEntry", "PublicEntry")
    )
    for _done in fill(stories.objects.all(), copies.objects.all(), desk_entry, public_entry, timezone.now()):
        pass


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_press_files")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
