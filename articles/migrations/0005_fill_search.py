"""Let what was there already be found."""

from django.db import migrations
from django.utils import timezone

from articles.search.index import fill


def write(apps, schema_editor):
    stories, copies, desk_entry, public_entry = (
        apps.get_model("articles", name)
        for name in ("Article", "PublishedArticle", "DeskEntry", "PublicEntry")
    )
    for _done in fill(stories.objects.all(), copies.objects.all(), desk_entry, public_entry, timezone.now()):
        pass


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_search_entries")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
