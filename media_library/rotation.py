"""New public names for a photo's files, so that addresses people have kept lead nowhere: for withdrawals."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from media_library import discards, files
from media_library.models import Photo, Rendition

# Each round can lose only against a render or another rotation that finished within it.
_ROUNDS = 5


class RotationFailed(Exception):
    """The files kept changing under us. Nothing was changed; call again."""


def rotate(photo_id: int, now: datetime | None = None) -> int:
    """Give every public file of the photo a new name; the old names are gone after the commit. How many files.

    Safe to repeat (each call gives newer names) and to kill: the names change in one transaction that also notes
    the old files for deletion, and the sweep deletes what we could not. Called inside a transaction, everything
    happens with that transaction's commit. A file that is missing loses its row, and the sweep renders it anew.
    """
    now = now or timezone.now()
    for _ in range(_ROUNDS):
        rows = list(Rendition.objects.filter(photo=photo_id))
        renamed = {row.name: files.same_kind_of_name(row.name) for row in rows}
        discards.reserve(renamed.values(), now)
        copied = {old: new for old, new in renamed.items() if _duplicated(old, new)}
        if _switch(photo_id, renamed, copied, now):
            return len(copied)
    raise RotationFailed(photo_id)


def _duplicated(old: str, new: str) -> bool:
    try:
        files.duplicate(default_storage, old, new)
    except FileNotFoundError:
        return False
    return True


def _switch(photo_id: int, renamed: dict[str, str], copied: dict[str, str], now: datetime) -> bool:
    """The rows get their new names, if they are still the rows we copied."""
    with transaction.atomic():
        # The lock keeps a render or another rotation from adding or renaming rows meanwhile.
        if not Photo.objects.select_for_update().filter(pk=photo_id).exists():
            return not renamed
        rows = list(Rendition.objects.filter(photo=photo_id))
        if {row.name for row in rows} != set(renamed):
            return False
        # Names of files that were missing stay reserved: the sweep lets the reservation go.
        discards.adopt(copied.values())
        kept = [row for row in rows if row.name in copied]
        for row in kept:
            row.name = copied[row.name]
        discards.discard(renamed, now)
        Rendition.objects.bulk_update(kept, ["name"])
        if len(kept) < len(rows):
            Rendition.objects.filter(pk__in=[row.pk for row in rows if row not in kept]).delete()
            Photo.objects.filter(pk=photo_id).update(rendered_as="")
    return True
