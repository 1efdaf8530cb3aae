"""Files on their way out, and names reserved before their files exist. The database knows every one of them."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from media_library.models import DiscardedFile

logger = logging.getLogger(__name__)

# A reservation outlives every render and every request that could still adopt its name.
RESERVED = timedelta(hours=1)


class ReservationLost(Exception):
    """The sweep gave the name up before it was adopted: its file may be gone, make a new one."""


def reserve(names: Iterable[str], now: datetime, storage: str = DiscardedFile.PUBLIC) -> None:
    """Note that files with these names are about to appear. Not adopted within an hour, they are deleted."""
    _write(storage, names, now + RESERVED)


@contextmanager
def appearing(names: Iterable[str], now: datetime, storage: str = DiscardedFile.PUBLIC) -> Iterator[None]:
    """Within, files with these names are made and adopted. Where that fails they go at once and not only at the end
    of the reservation: on a full disk every file counts."""
    names = list(names)
    reserve(names, now, storage)
    try:
        yield
    except Exception:
        discard(names, now, storage)
        raise


def adopt(names: Iterable[str], storage: str = DiscardedFile.PUBLIC) -> None:
    """In the transaction that starts using the names: they stay. Raises `ReservationLost` if one was given up."""
    names = list(names)
    adopted, _ = DiscardedFile.objects.filter(storage=storage, name__in=names).delete()
    if adopted != len(names):
        raise ReservationLost


def discard(names: Iterable[str], now: datetime, storage: str = DiscardedFile.PUBLIC) -> None:
    """In the transaction that stops using the names: their files go once it has committed, by us or by the sweep."""
    names = list(names)
    if names:
        _write(storage, names, now)
        transaction.on_commit(partial(settle, now=now, storage=storage, names=names), robust=True)


def settle(
    *,
    now: datetime | None = None,
    limit: int = 500,
    storage: str = "",
    names: Collection[str] | None = None,
) -> int:
    """Delete the files that are due (of `storage`, among `names`), each together with its row. How many went.

    A file that cannot be deleted keeps its row and is tried again by the next sweep.
    """
    now = now or timezone.now()
    due = DiscardedFile.objects.filter(due_at__lte=now)
    if names is not None:
        due = due.filter(storage=storage, name__in=names)
    return sum(_remove(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def _remove(pk: int) -> bool:
    try:
        with transaction.atomic():
            row = DiscardedFile.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                return False
            # The row first, the file before the commit: whoever adopts the name waits for us and then finds
            # its reservation gone; if we are killed in between, the row is still there.
            row.delete()
            storages[row.storage].delete(row.name)
    except OSError:
        logger.exception("A discarded file could not be deleted; the next sweep tries again")
        return False
    return True


def _write(storage: str, names: Iterable[str], due_at: datetime) -> None:
    DiscardedFile.objects.bulk_create(
        [DiscardedFile(storage=storage, name=name, due_at=due_at) for name in names],
        update_conflicts=True,
        update_fields=["due_at"],
        unique_fields=["storage", "name"],
    )
