"""The press's PDF comes in: kept as it is, for an issue or one page of it. And its pages become proofs.

Nothing of the file is looked at here but its first bytes: that is for a worker's child.
"""

import logging
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.locks import IssueCase, issue_verb
from articles.exceptions import IllegalTransition
from articles.models import Page, PageProof, PressFile
from articles.press.opening import MOST_BYTES
from articles.press.wording import sentence
from articles.states import Verb
from media_library import discards, files
from media_library.hurry import hurry_after_commit
from media_library.metadata import clean_text
from media_library.models import DiscardedFile

logger = logging.getLogger(__name__)

SURVEY_TASK = "articles.press.survey"
MAKE_TASK = "articles.press.make"
PRIVATE = DiscardedFile.PRIVATE


def upload_pdf(
    user: Any,
    issue_id: int,
    file: File,
    *,
    page_id: int | None = None,
    filename: str | None = None,
    now: datetime | None = None,
) -> PressFile:
    """Keep the file and have a worker look through it. `page_id`: it is for this page of the issue.

    Raises ValidationError (no PDF, empty, too large; nothing was kept), NotAllowed, IllegalTransition,
    Page.DoesNotExist.
    """
    _check(file)
    moment = now or timezone.now()
    # Asked before the bytes are copied, and again with the row.
    with issue_verb(Verb.UPLOAD_PDF, user, issue_id, now):
        pass
    name = files.random_name("u", ".pdf")
    discards.reserve([name], moment, PRIVATE)
    _keep(file, name)
    with issue_verb(Verb.UPLOAD_PDF, user, issue_id, now) as case:
        page = case.page(page_id) if page_id is not None else None
        discards.adopt([name], PRIVATE)
        kept = PressFile.objects.create(
            issue=case.issue,
            page=page,
            filename=_plain_name(filename if filename is not None else file.name),
            upload=name,
            bytes=file.size,
            uploaded_by=case.person.user,
            uploaded_at=case.now,
        )
        case.record(issue=case.issue, page=page, data={"file": kept.filename, "press_file": kept.pk})
        hurry_after_commit(SURVEY_TASK, kept.pk)
        return kept


def hand_out(
    user: Any, press_file_id: int, wanted: Mapping[int, int], *, now: datetime | None = None
) -> list[PageProof]:
    """Give the pages of a file that was looked through to pages of its issue: number in the file → page id.

    Every one gets a new proof that a worker makes. Raises ValidationError (a page twice, a number that is not there),
    IllegalTransition (not looked through yet, refused, given already).
    """
    issue_id = PressFile.objects.values_list("issue", flat=True).get(pk=press_file_id)
    with issue_verb(Verb.UPLOAD_PDF, user, issue_id, now) as case:
        file = PressFile.objects.select_for_update(of=("self",)).get(pk=press_file_id)
        if file.state != PressFile.State.READ:
            raise IllegalTransition(
                _("The pages of this file cannot be given out: it is “%(state)s”.")
                % {"state": file.get_state_display()}
            )
        numbers = {row["number"] for row in file.pages}
        if not wanted or not set(wanted) <= numbers:
            raise ValidationError(_("Choose at least one page of the file, and the page of the issue it is."))
        if len(set(wanted.values())) < len(wanted):
            raise ValidationError(
                _("Two pages of the file are given to one page of the issue. Choose again.")
            )
        proofs = [
            begin_proof(file, case.page(page_id), number, case.person.user, case.now)
            for number, page_id in sorted(wanted.items())
        ]
        file.state = PressFile.State.TAKEN
        file.save(update_fields=["state"])
        _record(case, file, proofs)
        return proofs


def begin_proof(file: PressFile, page: Page, number: int, user: Any, now: datetime) -> PageProof:
    """A new proof of a (locked) page from one page of the file; a worker is asked to make it after the commit."""
    last = PageProof.objects.filter(page=page).aggregate(last=Max("number"))["last"] or 0
    placements = list(page.placements.select_related("article").order_by("position", "pk"))
    proof = PageProof.objects.create(
        page=page,
        number=last + 1,
        source=PageProof.Source.PRESS,
        digest=page.content_digest(placements),
        requested_by=user,
        requested_at=now,
        upload=file.upload,
        upload_page=number,
        report={"file": file.filename},
    )
    hurry_after_commit(MAKE_TASK, proof.pk)
    return proof


def _record(case: IssueCase, file: PressFile, proofs: list[PageProof]) -> None:
    for proof in proofs:
        case.record(issue=case.issue, page=proof.page, data={"file": file.filename, "proof": proof.number})


def _check(file: File) -> None:
    if file.size > MOST_BYTES:
        raise ValidationError(sentence("too_large", {"most": MOST_BYTES // 1024**2}), code="too_large")
    if not file.size:
        raise ValidationError(sentence("no_file", {}), code="no_file")
    file.seek(0)
    if b"%PDF-" not in file.read(1024):
        raise ValidationError(sentence("not_pdf", {}), code="not_pdf")


def _keep(file: File | IO[bytes], name: str) -> None:
    """Copy the bytes into the private storage, whole or not at all."""
    storage = storages[PRIVATE]
    try:
        with files.incoming(storage) as path:
            file.seek(0)
            with path.open("wb") as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
            files.place(storage, path, name)
    except OSError as problem:
        logger.exception("A PDF of the press could not be stored")
        raise ValidationError(
            _(
                "The file could not be stored: the disk may be full. Nothing of it was kept. Tell your"
                " administrator, then upload it again."
            ),
            code="not_stored",
        ) from problem


def _plain_name(name: object) -> str:
    """What people recognise the file by, as plain text: no folders, no control characters."""
    return PurePath(clean_text(str(name or ""), 10_000).replace("\\", "/")).name[-255:] or "PDF"
