"""The admin's list of stories with a hundred thousand of them."""

from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.search.index import reindex
from newsroom.bench.asking import queries, times
from newsroom.bench.box import settle_down
from newsroom.bench.paper import draft_stories, found_paper, print_stories
from newsroom.bench.table import Table, ms

STORIES, QUICK_STORIES = 100_000, 500
MOST_QUERIES, MOST_SECONDS = 12, 0.3


def measure(quick: bool) -> Table:
    stories = QUICK_STORIES if quick else STORIES
    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    paper = found_paper()
    print_stories(paper, stories)
    draft_stories(paper, stories // 100)
    for _ in reindex(timezone.now()):
        pass
    settle_down()
    table = Table(
        f"The desk's list of {stories:,} stories ({database})", ["list", "queries", "target", "ms", "target"]
    )
    path = reverse("admin:articles_article_changelist")
    for name, user, address in (
        ("all, as the editor-in-chief", paper.chief, path),
        ("the second page of it", paper.chief, f"{path}?p=2"),
        ("drafts", paper.chief, f"{path}?status=draft"),
        ("words in a headline", paper.chief, f"{path}?q=9班夜航"),
        ("mine, as a reporter", paper.reporter, f"{path}?whose=mine"),
    ):
        _measure(table, name, _logged_in(user), address, 3 if quick else 15)
    return table


def _logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _measure(table: Table, name: str, client: Client, address: str, count: int) -> None:
    times(client, address, 2)
    found, seconds = queries(client, address), times(client, address, count)
    table.add(
        name,
        found,
        table.hold(f"list “{name}”: queries", f"≤ {MOST_QUERIES}", found <= MOST_QUERIES),
        ms(seconds),
        table.hold(f"list “{name}”: ms", f"≤ {MOST_SECONDS * 1000:.0f}", median(seconds) <= MOST_SECONDS),
    )
