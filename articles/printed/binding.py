"""The PDF of a whole issue: bound after its pages have theirs, put in place, adopted. Safe to repeat and to kill."""

import logging
from contextlib import ExitStack
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from shutil import copyfileobj
from typing import IO, cast

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format

from articles.models import Issue, PublishedIssue, PublishedPage, page_name
from articles.printed.binder import NotBound, Part, bind
from media_library import discards, files

log = logging.getLogger(__name__)

FIRST_RETRY, LAST_RETRY = timedelta(minutes=3), timedelta(hours=6)
MAX_ATTEMPTS = 12


class Outcome(StrEnum):
    BOUND = "bound"
    NOT_DUE = "not due"  # it has its PDF, lacks a page's, or somebody else is at it
    CHANGED = "changed"  # a page changed meanwhile; it is bound again
    FAILED = "failed"  # logged; the sweep tries again


def due(now: datetime) -> QuerySet[PublishedIssue]:
    """Issues that are or will be public, have no PDF, and whose every page has one that may be shown."""
    pages = PublishedPage.objects.touching(now).filter(published_issue=OuterRef("pk"))
    lacking = pages.filter(Q(pdf="") | Q(withheld_at__isnull=False))
    return PublishedIssue.objects.touching(now).filter(
        Q(bind_after__isnull=True) | Q(bind_after__lte=now),
        Exists(pages),
        ~Exists(lacking),
        pdf="",
        bind_attempts__lt=MAX_ATTEMPTS,
    )


def bind_due(now: datetime | None = None, limit: int = 20) -> int:
    """Bind what a lost message left behind, the newest issue first. How many."""
    keys = list(due(now or timezone.now()).order_by("-date", "pk").values_list("pk", flat=True)[:limit])
    return sum(bind_issue(pk, now) == Outcome.BOUND for pk in keys)


def bind_issue(issue_id: int, now: datetime | None = None) -> Outcome:
    """Bind one issue, if it is due. Any number of workers may call it at once: a claim is a conditional UPDATE."""
    now = now or timezone.now()
    issue = due(now).select_related("publication").filter(pk=issue_id).first()
    if issue is None:
        return Outcome.NOT_DUE
    again = now + min(FIRST_RETRY * 2**issue.bind_attempts, LAST_RETRY)
    mine = PublishedIssue.objects.filter(pk=issue_id, bind_after=issue.bind_after, pdf="").update(
        bind_after=again, bind_attempts=F("bind_attempts") + 1
    )
    if not mine:
        return Outcome.NOT_DUE
    name = files.random_name("i", ".pdf")
    discards.reserve([name], now)
    try:
        pages = _pages(issue, now)
        _make(issue, pages, name)
        if _adopt(issue, pages, name, now):
            return Outcome.BOUND
    except (NotBound, OSError, discards.ReservationLost):
        log.exception("The PDF of issue %s could not be bound; the sweep tries again", issue_id)
        discards.discard([name], now)
        return Outcome.FAILED
    except BaseException:
        # Not only at the end of the reservation: on a full disk every file counts.
        discards.discard([name], now)
        raise
    discards.discard([name], now)
    return Outcome.CHANGED


def _pages(issue: PublishedIssue, now: datetime) -> list[PublishedPage]:
    pages = PublishedPage.objects.touching(now).filter(published_issue=issue.pk)
    return list(pages.order_by("position", "pk"))


def _make(issue: PublishedIssue, pages: list[PublishedPage], name: str) -> None:
    with ExitStack() as stack:
        parts = [Part(_local(page.pdf, stack), page_name(page.code, page.label)) for page in pages]
        path = stack.enter_context(files.incoming(default_storage))
        bind(parts, title_of(issue), "zh-CN", path)
        files.place(default_storage, path, name)


def title_of(issue: PublishedIssue) -> str:
    """望潮日报 2030年5月4日: in the language of the paper, whoever scheduled the issue."""
    with translation.override("zh-hans"):
        edition = "" if issue.edition == Issue.Edition.MAIN else str(Issue.Edition(issue.edition).label)
        name = issue.masthead.get("name") or issue.publication.name
        return " ".join(filter(None, [name, date_format(issue.date, "DATE_FORMAT"), edition]))


def _local(name: str, stack: ExitStack) -> Path:
    """A path at which the file can be read; a copy where the storage is no folder."""
    if isinstance(default_storage, FileSystemStorage):
        return Path(default_storage.path(name))
    path = stack.enter_context(files.incoming(default_storage))
    with default_storage.open(name) as source, path.open("wb") as copy:
        copyfileobj(cast(IO[bytes], source), copy, 1 << 20)
    return path


def _adopt(issue: PublishedIssue, pages: list[PublishedPage], name: str, now: datetime) -> bool:
    """The issue gets its PDF, if it still is there and its pages are those that were bound."""
    with transaction.atomic():
        # Whoever withholds or replaces a page takes this lock too (`desk.facsimile.unbind`).
        here = PublishedIssue.objects.select_for_update().filter(pk=issue.pk, pdf="").first()
        if here is None or [_state(page) for page in _pages(here, now)] != [_state(page) for page in pages]:
            return False
        discards.adopt([name])
        here.pdf, here.bind_attempts, here.bind_after = name, 0, None
        here.save(update_fields=["pdf", "bind_attempts", "bind_after"])
    return True


def _state(page: PublishedPage) -> tuple[object, ...]:
    return page.pk, page.pdf, page.withheld_at
