"""Issues under random kills: sweepers die by SIGKILL at random moments; every issue is settled exactly once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.desk import settling
from articles.models import Article, Event, Issue, PublishedIssue
from articles.states import IssueStatus, Status
from tests.cast import Cast

ISSUES, KILLS = 50, 20

SWEEPER = """
import django, sys
django.setup()
from articles.desk.settling import settle_due
print("sweeping", flush=True)
while True:
    settle_due(limit=3)
"""


def sweeper() -> "subprocess.Popen[str]":
    """A real process that sweeps the test's own database without end."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "NEWSROOM_TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    return subprocess.Popen(
        [sys.executable, "-c", SWEEPER], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.django_db(transaction=True)
def test_no_issue_is_lost_or_doubled_when_sweepers_are_killed_at_random(cast: Cast) -> None:
    at = timezone.now() + timedelta(hours=1)
    issues = [cast.scheduled_issue(cast.approved(f"第{number}期头条"), at=at) for number in range(ISSUES)]
    assert PublishedIssue.objects.published(at).count() == ISSUES
    # Their second comes for all of them at once, as after an outage.
    past = timezone.now()
    PublishedIssue.objects.update(visible_from=past)
    Issue.objects.update(publish_at=past)
    from articles.models import PublishedArticle, PublishedPage, PublishedPlacement

    for model in (PublishedArticle, PublishedPage, PublishedPlacement):
        model.objects.update(visible_from=past)

    moments = random.Random(40)
    kills = 0
    running = [sweeper(), sweeper()]
    try:
        while kills < KILLS:
            victim = running.pop(0)
            assert victim.stdout is not None
            victim.stdout.readline()  # it is at work
            time.sleep(moments.uniform(0, 0.03))
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            kills += 1
            if kills + len(running) < KILLS:
                running.append(sweeper())
            elif not running:
                break
    finally:
        for process in running:
            process.kill()
            process.wait()
    settling.settle_due()

    told = Counter(Event.objects.filter(verb="issue_published").values_list("issue", flat=True))
    assert set(told) == {issue.pk for issue in issues}, "lost"
    assert set(told.values()) == {1}, "doubled"
    assert not Issue.objects.exclude(status=IssueStatus.PUBLISHED).exists()
    assert not Article.objects.exclude(status=Status.PUBLISHED).exists()
