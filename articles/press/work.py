"""What a worker does with the press's PDFs. Safe to repeat and to kill at any moment; the child opens the file."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import transaction
from django.utils import timezone, translation

from articles.models import HotArea, Issue, Page, PageProof, PressFile, Publication
from articles.press.assigning import Slot, proposed
from articles.press.claims import MOST_TRIES, ClaimLost, claim, due, give_back, try_later
from articles.press.confined import reading
from articles.press.opening import Refused
from articles.press.pictures import EXTENSIONS
from articles.press.reading import FEWEST_CHARACTERS
from articles.press.texts import texts_of
from articles.press.uploads import PRIVATE, begin_proof
from articles.press.wording import sentence
from articles.states import IssueStatus
from media_library import discards, files

logger = logging.getLogger(__name__)

# May be the machine's fault and not the file's: tried once more.
PERHAPS_US = frozenset({"too_slow", "too_heavy"})


class Outcome(StrEnum):
    DONE = "done"
    BUSY = "busy"  # somebody else is at it, or there is nothing to do
    REFUSED = "refused"  # recorded for people
    LATER = "later"  # recorded; the sweep tries again


def survey(press_file_id: int, now: datetime | None = None) -> Outcome:
    """Look through a file: how many pages, which of them seems to be which of the issue."""
    now = now or timezone.now()
    rows = PressFile.objects.filter(pk=press_file_id)
    token = claim(rows, now)
    if not token:
        return Outcome.BUSY
    file = rows.select_related("issue", "page").get()
    mine = _Claimed(rows, token, now, file.attempts)
    return _guarded(mine, _file_problem, lambda: _survey(file, mine))


def make(proof_id: int, now: datetime | None = None) -> Outcome:
    """Make a press proof: clean PDF, pictures, text, proposed areas."""
    now = now or timezone.now()
    rows = PageProof.objects.filter(pk=proof_id, source=PageProof.Source.PRESS)
    token = claim(rows, now)
    if not token:
        return Outcome.BUSY
    proof = rows.select_related("page__issue__publication").get()
    mine = _Claimed(rows, token, now, proof.attempts)
    return _guarded(mine, _proof_problem, lambda: _make(proof, mine))


Problem = Callable[[str, Mapping[str, Any], datetime], dict[str, Any]]


@dataclass(frozen=True)
class _Claimed:
    """A row we hold: `rows` is it alone."""

    rows: Any
    token: str
    now: datetime
    attempts: int

    def give_back(self, **fields: Any) -> None:
        give_back(self.rows, self.token, **fields)

    def refuse(self, problem: Problem, code: str, values: Mapping[str, Any]) -> Outcome:
        with contextlib.suppress(ClaimLost):
            self.give_back(**problem(code, values, self.now))
        return Outcome.REFUSED

    def try_later(self) -> Outcome:
        try_later(self.rows, self.token, self.now, self.attempts)
        return Outcome.LATER


def _guarded(mine: _Claimed, problem: Problem, work: Callable[[], None]) -> Outcome:
    """Do claimed work; whatever goes wrong is recorded on the row."""
    if mine.attempts > MOST_TRIES:
        return mine.refuse(problem, "gave_up", {})
    try:
        work()
    except ClaimLost:
        return Outcome.BUSY
    except Refused as refused:
        if refused.code in PERHAPS_US and mine.attempts < 2:
            return mine.try_later()
        return mine.refuse(problem, refused.code, refused.values)
    # Full disks, storages of all kinds, time limits: each is recorded and tried again.
    except Exception:
        logger.exception("A PDF of the press could not be worked on; the sweep tries again")
        return mine.refuse(problem, "storage", {}) if mine.attempts >= MOST_TRIES else mine.try_later()
    return Outcome.DONE


def _file_problem(code: str, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {"state": PressFile.State.FAILED, "problem": code, "values": dict(values)}


def _proof_problem(code: str, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    with translation.override(settings.LANGUAGE_CODE):
        words = sentence(code, values)
    report = {"refused": code, "values": dict(values)}
    return {"state": PageProof.State.FAILED, "problem": words, "report": report, "finished_at": now}


@contextlib.contextmanager
def on_disk(upload: str) -> Iterator[Path]:
    """The file where the child can read it: in its place, or fetched from an object store."""
    storage = storages[PRIVATE]
    if isinstance(storage, FileSystemStorage):
        yield Path(storage.path(upload))
        return
    with files.incoming(storage) as path:
        with storage.open(upload) as source, path.open("wb") as copy:
            for chunk in source.chunks():
                copy.write(chunk)
        yield path


def _survey(file: PressFile, mine: _Claimed) -> None:
    now = mine.now
    with on_disk(file.upload) as path, reading("survey", path) as (answer, folder):
        found = answer["pages"]
        names = {row["number"]: files.random_name("t", ".jpg") for row in found}
        with discards.appearing(names.values(), now, PRIVATE):
            for row in found:
                files.place(storages[PRIVATE], folder / row["thumbnail"], names[row["number"]])
            with transaction.atomic():
                pages = list(Page.objects.filter(issue=file.issue_id).order_by("position", "pk"))
                guesses = proposed(
                    [row["edges"] for row in found],
                    [Slot(page.pk, page.code, page.label) for page in pages],
                )
                alone = file.page if len(found) == 1 else None
                state = PressFile.State.TAKEN if alone else PressFile.State.READ
                rows_made = [
                    {
                        "number": row["number"],
                        "page": guess.key,
                        "why": guess.why,
                        "thumbnail": names[row["number"]],
                    }
                    for row, guess in zip(found, guesses, strict=True)
                ]
                mine.give_back(state=state, pages=rows_made)
                discards.adopt(names.values(), PRIVATE)
                if alone is not None:
                    page = Page.objects.select_for_update().get(pk=alone.pk)
                    begin_proof(file, page, 0, file.uploaded_by, now)


def _make(proof: PageProof, mine: _Claimed) -> None:
    texts = texts_of(proof.page)
    with (
        on_disk(proof.upload) as path,
        reading("page", path, number=proof.upload_page, texts=texts) as (answer, folder),
    ):
        made = answer["page"]
        pictures = [
            {
                "format": row["format"],
                "width": row["width"],
                "height": row["height"],
                "name": files.random_name("pp", f"-{row['width']}.{EXTENSIONS[row['format']]}"),
                "bytes": (folder / row["file"]).stat().st_size,
                "file": row["file"],
            }
            for row in made["pictures"]
        ]
        pdf = files.random_name("pp", ".pdf")
        with discards.appearing([pdf, *(row["name"] for row in pictures)], mine.now):
            files.place(default_storage, folder / "page.pdf", pdf)
            for row in pictures:
                files.place(default_storage, folder / row.pop("file"), row["name"])
            _finish(proof, mine, pdf, pictures, made)


def _finish(proof: PageProof, mine: _Claimed, pdf: str, pictures: list[Any], made: dict[str, Any]) -> None:
    """One transaction: give the claim back, adopt the files, write the areas."""
    memory = made["memory"]
    width, height = memory["size"]
    with transaction.atomic():
        # Issue → page → proof, as every verb locks.
        issue = (
            Issue.objects.select_for_update(of=("self",))
            .select_related("publication")
            .get(pk=proof.page.issue_id)
        )
        mine.give_back(
            state=PageProof.State.READY,
            finished_at=mine.now,
            width_pt=width,
            height_pt=height,
            pdf=pdf,
            images=pictures,
            layout=memory,
            report={**proof.report, "scanned": memory["characters"] < FEWEST_CHARACTERS},
        )
        discards.adopt([pdf, *(row["name"] for row in pictures)])
        write_areas(proof, made["areas"])
        first = issue.publication.printing == Publication.Printing.PRESS and issue.status in (
            IssueStatus.PLANNING,
            IssueStatus.HELD,
        )
        if first:
            # The first picture is the page's; of later ones a person says so.
            Page.objects.filter(pk=proof.page_id, proof__isnull=True).update(proof=proof)


def write_areas(proof: PageProof, areas: list[dict[str, Any]], after: int = 0) -> list[HotArea]:
    """Proposed areas as rows, in the order of the page."""
    return HotArea.objects.bulk_create(
        HotArea(
            proof=proof,
            position=after + number,
            article_id=area["story"],
            polygon=area["polygon"],
            confidence=area["confidence"],
        )
        for number, area in enumerate(areas, start=1)
    )


def sweep(now: datetime | None = None, limit: int = 20) -> list[Outcome]:
    """Do what lost messages and dead workers left undone, the longest waiting first."""
    now = now or timezone.now()
    outcomes = [
        survey(pk, now)
        for pk in due(PressFile.objects.order_by("pk"), now).values_list("pk", flat=True)[:limit]
    ]
    proofs = PageProof.objects.filter(source=PageProof.Source.PRESS).order_by("pk")
    outcomes += [make(pk, now) for pk in due(proofs, now).values_list("pk", flat=True)[:limit]]
    return outcomes
