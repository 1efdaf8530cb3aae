"""An issue of a hundred stories comes out: one transaction, whole or not at all, how fast."""

import threading
import time
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import F, Func, Subquery
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import pages, publishing
from articles.models import (
    Article,
    Issue,
    Page,
    Placement,
    Publication,
    PublishedArticle,
    PublishedIssue,
    PublishedPlacement,
)
from newsroom.bench.asking import counted
from newsroom.bench.paper import Paper, approved_stories, found_paper
from newsroom.bench.table import Table

STORIES, QUICK_STORIES = 100, 8
A_PAGE = 10
MOST_SECONDS = 2.0


def measure(quick: bool) -> Table:
    stories = QUICK_STORIES if quick else STORIES
    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    table = Table(
        f"An issue of {stories} stories comes out ({database})",
        ["what", "measured", "target"],
        notes=[
            "`schedule_issue` for at once, on signed-off pages: every check and every public copy of the issue."
        ],
    )
    paper = found_paper()
    rounds = 1 if quick else 3
    articles = approved_stories(paper, stories * (rounds + 2))
    parts = [articles[begin : begin + stories] for begin in range(0, len(articles), stories)]
    seconds = []
    for number, part in enumerate(parts[:rounds]):
        issue = _ready_issue(paper, part, number)
        begin = time.perf_counter()
        publishing.schedule_issue(paper.chief, issue.pk)
        seconds.append(time.perf_counter() - begin)
    table.add(
        "seconds",
        f"{median(seconds):.2f}",
        table.hold(f"{table.title}: seconds", f"≤ {MOST_SECONDS:g}", median(seconds) <= MOST_SECONDS),
    )
    issue = _ready_issue(paper, parts[rounds], rounds)
    with CaptureQueriesContext(connection) as seen:
        publishing.schedule_issue(paper.chief, issue.pk)
    statements = [row["sql"] for row in seen]
    transactions = sum(sql.startswith("COMMIT") for sql in statements)
    table.add(
        "transactions", transactions, table.hold(f"{table.title}: transactions", "1", transactions == 1)
    )
    table.add("queries", counted(statements), "")
    moments, halves = _watched(paper, _ready_issue(paper, parts[rounds + 1], rounds + 1), stories)
    table.add(
        f"moments with half an issue, of {moments} looks",
        halves,
        table.hold(f"{table.title}: half an issue", "0", halves == 0),
    )
    return table


def _ready_issue(paper: Paper, articles: list[Article], number: int) -> Issue:
    """A planned issue with these stories on signed-off pages."""
    issue = Issue.objects.create(
        publication=paper.publication, date=date(2030, 1, 1) + timedelta(days=number)
    )
    for at, begin in enumerate(range(0, len(articles), A_PAGE), 1):
        page = Page.objects.create(issue=issue, code=f"{at:02}", position=at)
        Placement.objects.bulk_create(
            Placement(page=page, article=article, position=position)
            for position, article in enumerate(articles[begin : begin + A_PAGE], 1)
        )
        pages.sign_off_page(paper.chief, page.pk)
    return issue


def _watched(paper: Paper, issue: Issue, whole: int) -> tuple[int, int]:
    """(looks, looks that saw half an issue) of a reader who looks as often as it goes while the issue comes out."""
    keys = list(Placement.objects.filter(page__issue=issue).values_list("article", flat=True))
    seen: list[tuple[int, ...]] = []
    done = threading.Event()

    def watch() -> None:
        try:
            while not done.is_set() or not seen or seen[-1][0] == 0:
                seen.append(_visible(issue, keys))
        finally:
            connection.close()

    reader = threading.Thread(target=watch)
    reader.start()
    try:
        publishing.schedule_issue(paper.chief, issue.pk)
    finally:
        done.set()
        reader.join(30)
    return len(seen), sum(look not in {(0, 0, 0), (1, whole, whole)} for look in seen)


def _visible(issue: Issue, keys: list[int]) -> tuple[int, ...]:
    """What readers see of the issue at one moment: in one statement, as one page of the site reads it."""
    now: Any = timezone.now()
    shown: list[Any] = [
        PublishedIssue.objects.published(now).filter(issue=issue),
        PublishedPlacement.objects.published(now).filter(article__in=keys),
        PublishedArticle.objects.published(now).filter(article__in=keys),
    ]

    def count(rows: Any) -> Subquery:
        return Subquery(rows.order_by().annotate(every=Func(F("pk"), function="COUNT")).values("every"))

    looked: tuple[int, ...] = Publication.objects.values_list(*(count(rows) for rows in shown)).get()
    return looked
