"""A photo's public files: claimed, rendered, put in place, adopted. Safe to repeat and to kill at any moment."""

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import IO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from media_library import discards, files, imaging, specs
from media_library.geometry import Size
from media_library.models import Photo, Rendition

logger = logging.getLogger(__name__)

# Far above what the largest photo needs; a worker that died is forgotten after it. Should one merely have slept,
# it finds its claim gone when it wants to adopt its files, and drops them.
CLAIM = timedelta(minutes=2)
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=12)


class Outcome(StrEnum):
    RENDERED = "rendered"
    COMPLETE = "complete"  # nothing was missing
    BUSY = "busy"  # somebody else is at it
    GONE = "gone"  # no such photo
    FAILED = "failed"  # recorded; the sweep tries again


@dataclass(frozen=True)
class _Made:
    """A finished file under its public name, not yet adopted."""

    spec: specs.Spec
    name: str
    bytes: int


class _ClaimLost(Exception):
    """Another worker has taken over, or the photo was deleted, while we were rendering."""


def formats_in_use() -> tuple[specs.Format, ...]:
    """WebP and JPEG; AVIF too when the settings say `PHOTO_AVIF = True`."""
    return specs.formats(avif=bool(getattr(settings, "PHOTO_AVIF", False)))


def current_recipe() -> str:
    """Fingerprint of what a photo should have now; `Photo.rendered_as` of one that has it all."""
    return specs.fingerprint(formats_in_use())


def render(photo_id: int, now: datetime | None = None) -> Outcome:
    """Make whatever public file of the photo is missing. Any number of workers may call it at once.

    A failure (a full disk, an original that is gone) is recorded on the photo with the time of the next try; the
    old renditions stay, and no partial file.
    """
    now = now or timezone.now()
    claim = token_hex(16)
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return Outcome.GONE
    if not _claim(photo, claim, now):
        return Outcome.BUSY
    try:
        return _render_claimed(photo, claim, now)
    except _ClaimLost:
        logger.info("Photo %s: another worker took over, our files are dropped", photo_id)
        return Outcome.BUSY
    # Full disks, broken originals, time limits, storages of all kinds: each is recorded and tried again.
    except Exception as problem:
        logger.exception("Photo %s could not be rendered; the sweep tries again", photo_id)
        _record_failure(photo, claim, now, problem)
        return Outcome.FAILED


def retry_after(attempts: int) -> timedelta:
    """How long to wait after this many failures: 1, 2, 4 … minutes, at most 12 hours."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LAST_RETRY)


def _claim(photo: Photo, claim: str, now: datetime) -> bool:
    """Take the photo for ourselves for a while. One conditional update decides between workers.

    The next try is written here and not only on failure: a photo that kills its worker is not tried at once again.
    """
    attempts = photo.render_attempts + 1
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    taken = Photo.objects.filter(free, pk=photo.pk).update(
        claim=claim,
        claimed_until=now + CLAIM,
        render_attempts=F("render_attempts") + 1,
        next_render_at=now + max(CLAIM, retry_after(attempts)),
    )
    photo.render_attempts = attempts
    return bool(taken)


def _render_claimed(photo: Photo, claim: str, now: datetime) -> Outcome:
    # Read after the claim: whoever had it before us has adopted what it made.
    present = list(photo.renditions.all())
    lost = [row for row in present if not default_storage.exists(row.name)]
    have = {(row.format, row.width) for row in present if row not in lost}
    missing = [
        spec
        for spec in specs.wanted(Size(photo.width, photo.height), formats_in_use())
        if spec.key not in have
    ]
    names: dict[tuple[str, int], str] = {}
    if missing:
        names = {
            spec.key: files.random_name("p", f"-{spec.size.width}.{spec.format.extension}")
            for spec in missing
        }
    with discards.appearing(names.values(), now):
        made = _make(photo, missing, names) if missing else []
        _finish(photo, claim, now, made, lost)
    return Outcome.RENDERED if made else Outcome.COMPLETE


def _make(photo: Photo, missing: list[specs.Spec], names: dict[tuple[str, int], str]) -> list[_Made]:
    """Render the files and put them in place. All are written before the first becomes public."""
    by_size: dict[Size, list[specs.Spec]] = {}
    for spec in missing:
        by_size.setdefault(spec.size, []).append(spec)
    made: list[_Made] = []
    with ExitStack() as stack:
        written: list[tuple[specs.Spec, Path]] = []
        source = stack.enter_context(photo.open_original())
        image = imaging.open_image(cast(IO[bytes], source))
        for size, picture in imaging.pyramid(image, sorted(by_size, reverse=True)):
            for spec in by_size[size]:
                path = stack.enter_context(files.incoming(default_storage))
                with path.open("wb") as target:
                    imaging.encode(picture, spec.format, target)
                written.append((spec, path))
        for spec, path in written:
            made.append(_Made(spec, names[spec.key], path.stat().st_size))
            files.place(default_storage, path, names[spec.key])
    return made


def _finish(
    photo: Photo, claim: str, now: datetime, made: Iterable[_Made], lost: Iterable[Rendition]
) -> None:
    """One transaction: give the claim back, adopt the files, write their rows."""
    made = list(made)
    with transaction.atomic():
        ours = Photo.objects.filter(pk=photo.pk, claim=claim).update(
            claim="",
            claimed_until=None,
            render_attempts=0,
            next_render_at=None,
            render_error="",
            rendered_at=now,
            rendered_as=current_recipe(),
        )
        if not ours:
            raise _ClaimLost
        discards.adopt(item.name for item in made)
        Rendition.objects.filter(pk__in=[row.pk for row in lost]).delete()
        Rendition.objects.bulk_create(
            Rendition(
                photo=photo,
                format=item.spec.format.name,
                width=item.spec.size.width,
                height=item.spec.size.height,
                name=item.name,
                bytes=item.bytes,
            )
            for item in made
        )


def _record_failure(photo: Photo, claim: str, now: datetime, problem: Exception) -> None:
    Photo.objects.filter(pk=photo.pk, claim=claim).update(
        claim="",
        claimed_until=None,
        render_error=f"{type(problem).__name__}: {problem}"[:500].replace("\0", ""),
        next_render_at=now + retry_after(photo.render_attempts),
    )
