"""A proof that was asked for becomes one that can be looked at: claimed, made, put in place, adopted.

Safe to repeat and to kill at any moment: files are reserved before they exist, one conditional update decides between
workers, and the sweep sends out again what a lost worker left behind.
"""

import logging
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Any

import pypdfium2
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from PIL import Image

from articles.desk import proofs
from articles.desk.continuations import InHand
from articles.desk.findings import ERROR, finding
from articles.desk.locks import lock_pages
from articles.desk.signing import basis, is_made_up
from articles.makeup import facsimile, reports, workshop
from articles.makeup.briefs import brief_of, continued_on, grid_of
from articles.makeup.composer import Composer
from articles.makeup.makeup import MadePage, Maker
from articles.makeup.material import PageBrief
from articles.models import HotArea, Issue, Page, PageProof
from media_library import discards, files
from media_library.specs import Format

logger = logging.getLogger(__name__)

# Above the task's hard limit; a worker that died is forgotten after it.
CLAIM = timedelta(minutes=2)
MOST_ATTEMPTS = 3
# After a fault that may pass by itself.
AGAIN = timedelta(minutes=1)
# How often the desk may change a page while it is being read.
_READINGS = 5
# Pictures written at once.
ENCODERS = 2
# Public files of pages: "n" as in newspaper.
FOLDER = "n"


class Outcome(StrEnum):
    MADE = "made"
    FAILED = "failed"  # recorded on the proof, in words
    BUSY = "busy"  # somebody else is at it, or it is done
    GONE = "gone"  # no such proof


class _ClaimLost(Exception):
    """Another worker has taken over, or the proof was deleted, while we were at it."""


@dataclass(frozen=True)
class _Work:
    """What was read from the desk for one proof: all of it as it stood at one moment, which `digest` names."""

    brief: PageBrief
    digest: str
    basis: dict[str, Any]
    incoming: list[list[Any]]


@dataclass(frozen=True)
class _File:
    """A finished file under its public name, not yet adopted."""

    name: str
    bytes: int
    format: Format | None = None
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class _Made:
    """A page and its files, and what it was made of."""

    work: _Work
    page: MadePage
    stored: Sequence[_File]


class _Telling(Composer):
    """A composer that says what is being done."""

    tell: Any = staticmethod(lambda step: None)

    def galley(self, data: Any) -> bytes:
        pdf = super().galley(data)
        self.tell("layout")
        return pdf

    def page(self, data: Any) -> bytes:
        self.tell("setting")
        pdf = super().page(data)
        self.tell("reading")
        return pdf


def make(proof_id: int, now: datetime | None = None) -> Outcome:
    """Make the proof, whoever else may be at it. What goes wrong is written on the proof with what to do about it."""
    moment = now or timezone.now()
    proof = PageProof.objects.filter(pk=proof_id).first()
    if proof is None or proof.source != PageProof.Source.MAKEUP:
        return Outcome.GONE
    claim = token_hex(16)
    if not _claim(proof, claim, moment):
        return Outcome.BUSY
    # As read before this try was counted.
    if proof.attempts >= MOST_ATTEMPTS:
        return _fail(proof, claim, [finding(ERROR, "gave_up")], moment)
    try:
        _make_claimed(proof, claim, now)
    except _ClaimLost:
        logger.info("Proof %s: another worker took over, our files are dropped", proof_id)
        return Outcome.BUSY
    except Exception as problem:
        return _failed(proof, claim, problem, now or timezone.now())
    return Outcome.MADE


# --- the claim ----------------------------------------------------------------------------------------------------


def _claim(proof: PageProof, claim: str, now: datetime) -> bool:
    free = Q(claim="") | Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    unfinished = [PageProof.State.WAITING, PageProof.State.WORKING]
    taken = PageProof.objects.filter(free, pk=proof.pk, state__in=unfinished).update(
        state=PageProof.State.WORKING,
        progress="galley",
        claim=claim,
        claimed_until=now + CLAIM,
        attempts=F("attempts") + 1,
    )
    return bool(taken)


def _told(proof: PageProof, claim: str) -> Any:
    def tell(step: str) -> None:
        if not PageProof.objects.filter(pk=proof.pk, claim=claim).update(progress=step):
            raise _ClaimLost

    return tell


def _failed(proof: PageProof, claim: str, problem: Exception, now: datetime) -> Outcome:
    rows = reports.failure(problem, proof.page)
    if rows is not None:
        logger.warning("Proof %s could not be made: %s: %s", proof.pk, type(problem).__name__, problem)
        return _fail(proof, claim, rows, now)
    # A full disk, a storage that is away: the sweep tries again, and gives up after a while.
    logger.error("Proof %s could not be made; the sweep tries again", proof.pk, exc_info=problem)
    PageProof.objects.filter(pk=proof.pk, claim=claim).update(claim="", claimed_until=now + AGAIN)
    return Outcome.FAILED


def _fail(proof: PageProof, claim: str, rows: Sequence[dict[str, Any]], now: datetime) -> Outcome:
    report = {**proof.report, "problems": list(rows)}
    PageProof.objects.filter(pk=proof.pk, claim=claim).update(
        state=PageProof.State.FAILED,
        problem=", ".join(row["code"] for row in rows),
        report=report,
        finished_at=now,
        progress="",
        claim="",
        claimed_until=None,
    )
    return Outcome.FAILED


# --- making it ----------------------------------------------------------------------------------------------------


def _make_claimed(proof: PageProof, claim: str, now: datetime | None) -> None:
    page = Page.objects.select_related("issue__publication__page_format", "issue__publication__masthead").get(
        pk=proof.page_id
    )
    page_format = page.issue.publication.page_format
    if page_format is None:
        raise reports.NoFormat
    grid = grid_of(page_format)
    tell = _told(proof, claim)
    with tempfile.TemporaryDirectory(prefix="nr-proof-") as folder:
        work = _read(page.pk, grid, Path(folder))
        composer = _Telling(Path(folder), workshop.page_fonts(), grid, workshop.cache())
        composer.tell = tell
        tree = proof.layout.get("tree")
        made = Maker(work.brief, grid, composer).make(choice=proof.choice, tree=tree)
    tell("pictures")
    names = _names()
    moment = now or timezone.now()
    with discards.appearing(names.values(), moment), ExitStack() as stack:
        stored = _store(made, names, stack)
        _finish(proof, claim, _Made(work, made, stored), now or timezone.now())


def _read(page_id: int, grid: Any, folder: Path) -> _Work:
    """The page from the desk, whole: read again where somebody changed it meanwhile. No lock is held for it."""
    for _reading in range(_READINGS):
        page = Page.objects.select_related("issue__publication__masthead").get(pk=page_id)
        before = _digest(page)
        brief = brief_of(page, grid, folder)
        incoming = sorted([row.article, row.from_line, row.from_code] for row in continued_on(page))
        page = Page.objects.select_related("issue__publication").get(pk=page_id)
        placements = list(page.placements.select_related("article").order_by("position", "pk"))
        if page.content_digest(placements) == before:
            if not brief.stories:
                raise reports.NoStories
            return _Work(brief, before, basis(page, placements), incoming)
    raise OSError("the page was changed all the time while it was being read")


def _digest(page: Page) -> str:
    return page.content_digest(list(page.placements.select_related("article").order_by("position", "pk")))


def _names() -> dict[tuple[str, int], str]:
    names = {("pdf", 0): files.random_name(FOLDER, ".pdf")}
    for fmt in facsimile.FORMATS:
        for width in facsimile.WIDTHS:
            names[fmt.name, width] = files.random_name(FOLDER, f"-{width}.{fmt.extension}")
    return names


def _store(made: MadePage, names: dict[tuple[str, int], str], stack: ExitStack) -> list[_File]:
    """Write PDF and pictures and put them in place; all are written before the first is to be had."""
    pdf = stack.enter_context(files.incoming(default_storage))
    pdf.write_bytes(made.pdf)
    written = [(pdf, _File(names["pdf", 0], len(made.pdf)))]
    document = pypdfium2.PdfDocument(made.pdf)
    stack.callback(document.close)

    def encode(path: Path, width: int, image: Image.Image, fmt: Format) -> tuple[Path, _File]:
        with path.open("wb") as target:
            facsimile.encode(image, fmt, target)
        return path, _File(names[fmt.name, width], path.stat().st_size, fmt, width, image.height)

    # The encoders let go of the interpreter's lock; pdfium is no friend of threads and stays in this one.
    with ThreadPoolExecutor(ENCODERS) as pool:
        jobs = [
            pool.submit(encode, stack.enter_context(files.incoming(default_storage)), width, image, fmt)
            for width, image in facsimile.pictures(document[0])
            for fmt in facsimile.FORMATS
        ]
        written += [job.result() for job in jobs]
    for path, file in written:
        files.place(default_storage, path, file.name)
    return [file for _, file in written]


# --- adopting it --------------------------------------------------------------------------------------------------


def _finish(proof: PageProof, claim: str, done: _Made, now: datetime) -> None:
    """One transaction: give the claim back, adopt the files, write the areas, and let the page show it."""
    work, made, stored = done.work, done.page, done.stored
    with transaction.atomic():
        issue = (
            Issue.objects.select_for_update(of=("self",))
            .select_related("publication")
            .get(pages=proof.page_id)
        )
        pages = lock_pages(issue)
        page = next(row for row in pages if row.pk == proof.page_id)
        ours = PageProof.objects.filter(pk=proof.pk, claim=claim).update(
            state=PageProof.State.READY,
            digest=work.digest,
            finished_at=now,
            progress="",
            problem="",
            layout={**proof.layout, "tree": made.tree},
            report={
                **reports.report(made, work.brief, proof.layout.get("tree")),
                "basis": work.basis,
                "incoming": work.incoming,
            },
            width_pt=made.size[0],
            height_pt=made.size[1],
            pdf=stored[0].name,
            images=[
                {
                    "format": file.format.name,
                    "width": file.width,
                    "height": file.height,
                    "name": file.name,
                    "bytes": file.bytes,
                }
                for file in stored
                if file.format is not None
            ],
            claim="",
            claimed_until=None,
        )
        if not ours:
            raise _ClaimLost
        discards.adopt(file.name for file in stored)
        proof.refresh_from_db()
        HotArea.objects.bulk_create(reports.areas(proof, made, work.brief, now))
        if issue.status in proofs.OPEN_PAGES and is_made_up(page) and proofs.is_newest(proof):
            proofs.show(InHand(issue, pages, proof.requested_by, now), page, proof)
