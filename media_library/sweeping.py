"""What was left behind: photos without all their files, discarded files, half-written files of killed workers."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from media_library import discards, files
from media_library.models import Photo, private_storage
from media_library.renditions import Outcome, current_recipe, render

STALE = timedelta(hours=1)


@dataclass
class Swept:
    """What one sweep did."""

    photos: Counter[Outcome] = field(default_factory=Counter)
    discarded: int = 0
    half_written: int = 0


def due_photos(now: datetime) -> list[int]:
    """Ids of photos that miss files and may be tried at `now`: the longest waiting first."""
    recipe = current_recipe()
    return list(
        Photo.objects.filter(
            # Two ranges and not `exclude`, so that the index finds the few among the many that are complete.
            Q(rendered_as__lt=recipe) | Q(rendered_as__gt=recipe),
            Q(claimed_until__isnull=True) | Q(claimed_until__lte=now),
            Q(next_render_at__isnull=True) | Q(next_render_at__lte=now),
        )
        .order_by("render_attempts", "pk")
        .values_list("pk", flat=True)[:1000]
    )


def sweep(now: datetime | None = None, limit: int = 50, seconds: float = 60) -> Swept:
    """Render up to `limit` photos that are due, then tidy up. No photo is begun after `seconds`.

    Safe to run any number of times at once: every photo is claimed, every discarded file deleted with its row.
    """
    started = time.monotonic()
    swept = Swept()
    for photo_id in due_photos(now or timezone.now())[:limit]:
        if time.monotonic() - started > seconds:
            break
        swept.photos[render(photo_id, now)] += 1
    swept.discarded = discards.settle(now=now)
    for storage in (default_storage, private_storage()):
        swept.half_written += files.remove_stale_incoming(storage, STALE.total_seconds())
    return swept
