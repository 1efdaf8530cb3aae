"""The admin's lists, with a thousand stories and with a hundred thousand."""

from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from newsroom.bench.asking import queries, times
from newsroom.bench.box import settle_down, use_database
from newsroom.bench.paper import Paper, draft_stories, found_paper, index_desk, print_stories
from newsroom.bench.table import Table, ms

SIZES, QUICK_SIZES = (1_000, 100_000), (50, 200)
MOST_QUERIES, MOST_SECONDS = 12, 0.3


def measure(quick: bool) -> Table:
    sizes = QUICK_SIZES if quick else SIZES
    counts: dict[str, list[int]] = {}
    seconds: dict[str, list[list[float]]] = {}
    for size in sizes:
        use_database(f"desk_{size}")
        paper = found_paper()
        print_stories(paper, size)
        draft_stories(paper, size // 100)
        index_desk()
        settle_down()
        for name, user, address in _lists(paper):
            client = _logged_in(user)
            if not quick:
                times(client, address, 2)
            counts.setdefault(name, []).append(queries(client, address))
            seconds.setdefault(name, []).append(times(client, address, 1 if quick else 15))
    table = Table(
        f"The desk's lists ({'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'})",
        [
            "list",
            *(f"queries at {size:,}" for size in sizes),
            "target",
            *(f"ms at {size:,}" for size in sizes),
            "target",
        ],
        notes=["Whole pages of the admin, by the number of stories; medians."],
    )
    for name, found in counts.items():
        slowest = median(seconds[name][-1])
        table.add(
            name,
            *found,
            table.hold(f"list “{name}”: queries", f"≤ {MOST_QUERIES}", max(found) <= MOST_QUERIES),
            *map(ms, seconds[name]),
            table.hold(
                f"list “{name}”: ms", f"≤ {MOST_SECONDS * 1000:.0f}", quick or slowest <= MOST_SECONDS
            ),
        )
    return table


def _lists(paper: Paper) -> list[tuple[str, Any, str]]:
    """(name, who looks, address)"""
    stories = reverse("admin:articles_article_changelist")
    return [
        ("stories, as the editor-in-chief", paper.chief, stories),
        ("the second page of them", paper.chief, f"{stories}?p=2"),
        ("drafts", paper.chief, f"{stories}?status=draft"),
        ("words of one headline", paper.chief, f"{stories}?q=第9班夜航"),
        ("words of many stories", paper.chief, f"{stories}?q=大桥+救生衣"),
        ("a word of every headline", paper.chief, f"{stories}?q=夜航"),
        ("a word of every headline, in drafts", paper.chief, f"{stories}?q=夜航&status=draft"),
        ("mine, as a reporter", paper.reporter, f"{stories}?whose=mine"),
        ("a word of mine", paper.reporter, f"{stories}?q=夜航&whose=mine"),
        ("issues", paper.chief, reverse("admin:articles_issue_changelist")),
        ("photos", paper.chief, reverse("admin:media_library_photo_changelist")),
        ("reporters", paper.chief, reverse("admin:articles_reporter_changelist")),
    ]


def _logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client
