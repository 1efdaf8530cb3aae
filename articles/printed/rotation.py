"""New names for the files of a page that is not public any more, so that addresses people have kept lead nowhere."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from articles.models import PageProof, PublishedPage
from media_library import discards, files

# Each round can lose only against another rotation that finished within it.
_ROUNDS = 5


class RotationFailed(Exception):
    """The files kept changing under us. Nothing was changed; call again."""


def rotate_page(page_id: int, now: datetime | None = None) -> int:
    """Give picture and PDF of a withheld or replaced page new names, with its proof, which has the same files; the old
    names are gone after the commit. How many files: 0 where a page that readers see has them.

    Safe to repeat (each call gives newer names) and to kill, as `media_library.rotation.rotate`.
    """
    now = now or timezone.now()
    for _ in range(_ROUNDS):
        page = PublishedPage.objects.filter(pk=page_id).first()
        if page is None or not page.file_names() or _seen(page, now):
            return 0
        renamed = {name: files.same_kind_of_name(name) for name in page.file_names()}
        discards.reserve(renamed.values(), now)
        copied = [new for old, new in renamed.items() if _duplicated(old, new)]
        if _switch(page, renamed, copied, now):
            return len(copied)
    raise RotationFailed(page_id)


def _seen(page: PublishedPage, now: datetime) -> bool:
    """Whether readers see these very files, or will: a page replaced with what had stood there before."""
    shown = PublishedPage.objects.touching(now).filter(page=page.page_id, withheld_at__isnull=True)
    return any(set(other.file_names()) & set(page.file_names()) for other in shown)


def _duplicated(old: str, new: str) -> bool:
    try:
        files.duplicate(default_storage, old, new)
    except FileNotFoundError:
        return False
    return True


def _switch(page: PublishedPage, renamed: dict[str, str], copied: list[str], now: datetime) -> bool:
    """Everything that has the old names gets the new ones, if the page still is what we copied."""
    with transaction.atomic():
        copies = list(PublishedPage.objects.select_for_update().filter(page=page.page_id).order_by("pk"))
        proofs = list(PageProof.objects.select_for_update().filter(page=page.page_id).order_by("pk"))
        here = next((row for row in copies if row.pk == page.pk), None)
        if here is None:
            return True
        if set(here.file_names()) != set(renamed) or _seen(here, now):
            return False
        discards.adopt(copied)
        rows: list[PublishedPage | PageProof] = [*copies, *proofs]
        for row in rows:
            if set(row.file_names()) & set(renamed):
                row.pdf = renamed.get(row.pdf, row.pdf)
                row.images = [
                    {**image, "name": renamed.get(image["name"], image["name"])} for image in row.images
                ]
                row.save(update_fields=["pdf", "images"])
        discards.discard(renamed, now)
    return True
