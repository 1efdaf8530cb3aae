"""Issues come due one after another while sweepers are killed at random: each is settled once, none is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from typing import IO, cast

from django.db import connection
from django.utils import timezone

from articles.desk import pages, publishing, settling
from articles.models import Article, Event, Issue, Page, Placement, PublishedIssue
from articles.states import IssueStatus, Status
from newsroom.bench.box import use_database
from newsroom.bench.paper import Paper, approved_stories, found_paper
from newsroom.bench.table import Table
from newsroom.env import ROOT

# As many issues as come due between two kills, so that a sweeper always dies with work in hand.
ISSUES, KILLS = 300, 60
QUICK_ISSUES, QUICK_KILLS = 12, 3
MOST_SECONDS = 30.0
LONGEST_LIFE = 0.06

SWEEPER = """
import django, os, time
django.setup()
from articles.desk.settling import settle_due
while True:
    os.write(1, b"+")
    settled = settle_due(limit=3)
    os.write(1, b"-")
    if not settled:
        time.sleep(0.01)
"""


def measure(quick: bool) -> Table:
    issues, kills = (QUICK_ISSUES, QUICK_KILLS) if quick else (ISSUES, KILLS)
    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    name = use_database("kills")
    keys = _scheduled(found_paper(), issues)
    caught, unlike, lasted = _kill(name, keys, kills)
    begin = time.monotonic()
    while settling.settle_due():
        pass
    settled = time.monotonic() - begin
    table = Table(
        f"{issues} scheduled issues, {kills} sweepers killed ({database})",
        ["what", "measured", "target"],
        notes=[
            f"Two sweepers at a time; {-(-issues // kills)} issues come due, and within {LONGEST_LIFE * 1000:.0f} ms "
            f"one of the two is killed (SIGKILL), {caught} of {kills} in the middle of a sweep; {lasted:.0f} s in all. "
            "While it goes on a desk can wait long for its issue; readers had every issue at its second."
        ],
    )
    told = Counter(Event.objects.filter(verb="issue_published").values_list("issue", flat=True))
    waited = [
        (event.at - event.issue.publish_at).total_seconds()
        for event in Event.objects.filter(verb="issue_published").select_related("issue")
        if event.issue is not None and event.issue.publish_at is not None
    ]
    lost = set(keys) - set(told)
    doubled = [key for key, times in told.items() if times > 1]
    left = (
        Issue.objects.exclude(status=IssueStatus.PUBLISHED).count()
        + Article.objects.exclude(status=Status.PUBLISHED).count()
    )
    table.add("lost", len(lost), table.hold(f"{table.title}: lost", "0", not lost))
    table.add("doubled", len(doubled), table.hold(f"{table.title}: doubled", "0", not doubled))
    table.add(
        "issues and stories not settled", left, table.hold(f"{table.title}: not settled", "0", left == 0)
    )
    table.add(
        "looks at which not exactly the due ones were public",
        unlike,
        table.hold(f"{table.title}: not public at their second", "0", unlike == 0),
    )
    table.add(
        "seconds from the last kill until all was settled",
        f"{settled:.1f}",
        table.hold(f"{table.title}: seconds to settle", f"≤ {MOST_SECONDS:g}", settled <= MOST_SECONDS),
    )
    table.add(
        "longest wait of a desk for its issue's settling, seconds", f"{max(waited, default=0.0):.1f}", ""
    )
    return table


def _scheduled(paper: Paper, count: int) -> list[int]:
    """Issues with a story each, scheduled by the verb; `_come_due` says when."""
    later = timezone.now() + timedelta(hours=1)
    keys = []
    for number, article in enumerate(approved_stories(paper, count)):
        issue = Issue.objects.create(
            publication=paper.publication, date=date(2030, 1, 1) + timedelta(days=number)
        )
        page = Page.objects.create(issue=issue, code="01")
        Placement.objects.create(page=page, article=article)
        pages.sign_off_page(paper.chief, page.pk)
        publishing.schedule_issue(paper.chief, issue.pk, later)
        keys.append(issue.pk)
    return keys


def _come_due(keys: list[int]) -> None:
    """These issues' second is now."""
    now = timezone.now()
    Issue.objects.filter(pk__in=keys).update(publish_at=now)
    for copy in PublishedIssue.objects.filter(issue__in=keys).prefetch_related("pages__placements__copy"):
        copy.visible_from = now
        copy.save(update_fields=["visible_from"])
        for page in copy.pages.all():
            page.visible_from = now
            page.save(update_fields=["visible_from"])
            for placement in page.placements.all():
                placement.visible_from = placement.copy.visible_from = now
                placement.save(update_fields=["visible_from"])
                placement.copy.save(update_fields=["visible_from"])


def _kill(database: str, keys: list[int], kills: int) -> tuple[int, int, float]:
    """Let issues come due and kill sweepers. (killed in the middle of a sweep, looks at which the public issues were
    not those due, seconds)"""
    moments = random.Random(40)  # noqa: S311 - moments, not secrets
    each = -(-len(keys) // kills)
    begin = time.monotonic()
    running = [_sweeper(database), _sweeper(database)]
    caught = unlike = due = 0
    try:
        for number in range(kills):
            victim = running.pop(0)
            _await_first_look(victim)
            coming = keys[number * each : (number + 1) * each]
            _come_due(coming)
            due += len(coming)
            time.sleep(moments.uniform(0, LONGEST_LIFE))
            caught += _killed_at_work(victim)
            unlike += PublishedIssue.objects.published(timezone.now()).count() != due
            if number + 2 < kills:
                running.append(_sweeper(database))
    finally:
        for process in running:
            process.kill()
            process.wait()
    return caught, unlike, time.monotonic() - begin


def _sweeper(database: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "NEWSROOM_TEST_DATABASE": database}
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", SWEEPER], env=environment, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0
    )


def _await_first_look(sweeper: "subprocess.Popen[bytes]") -> None:
    while _said(sweeper).read(1) != b"+":
        if sweeper.poll() is not None:
            raise RuntimeError("a sweeper ended by itself")


def _said(sweeper: "subprocess.Popen[bytes]") -> IO[bytes]:
    return cast(IO[bytes], sweeper.stdout)


def _killed_at_work(sweeper: "subprocess.Popen[bytes]") -> bool:
    """Kill it; whether it had begun a sweep and not ended it."""
    sweeper.send_signal(signal.SIGKILL)
    sweeper.wait()
    last = b"+"
    while said := _said(sweeper).read(4096):
        last = said[-1:]
    return last == b"+"
