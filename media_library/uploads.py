"""A file somebody sent becomes a `Photo`."""

import logging
import shutil
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media_library import files
from media_library.hurry import hurry_after_commit
from media_library.metadata import CAPTION_LENGTH, clean_text
from media_library.models import Photo, private_storage
from media_library.validators import PhotoInfo, validate_photo

logger = logging.getLogger(__name__)

RENDER_TASK = "media_library.render"
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif", "GIF": ".gif"}


def store_photo(
    file: File | IO[bytes],
    *,
    user: Any = None,
    caption: str = "",
    credit: str = "",
    alt: str = "",
    filename: str | None = None,
) -> Photo:
    """Validate, keep the original under a random name, read its labels, write the row, hurry the rendering.

    What the person typed wins over what the file says. `filename` (default: the file's own name) is kept as text
    only. The same picture twice gives two photos: two desks may caption it differently.
    Raises ValidationError with words for the person; then nothing was kept.
    """
    info = validate_photo(file)
    photo = Photo(
        original_filename=_plain_filename(filename if filename is not None else getattr(file, "name", "")),
        format=info.format,
        width=info.width,
        height=info.height,
        bytes=info.bytes,
        sha256=info.sha256,
        caption=clean_text(caption, CAPTION_LENGTH, lines=True) or info.metadata.caption,
        credit=clean_text(credit) or info.metadata.credit,
        alt=clean_text(alt),
        place=info.metadata.place,
        rights=info.metadata.rights,
        taken_at=_aware(info.metadata.taken_at),
        uploaded_by=user,
    )
    photo.original.name = _keep(file, info)
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            hurry_after_commit(RENDER_TASK, photo.pk)
    except Exception:
        private_storage().delete(photo.original.name)
        raise
    return photo


def _keep(file: File | IO[bytes], info: PhotoInfo) -> str:
    """Copy the bytes into private storage, whole or not at all. Returns the name there."""
    storage = private_storage()
    name = files.random_name("o", _ENDINGS[info.format])
    try:
        with files.incoming(storage) as path:
            file.seek(0)
            with path.open("wb") as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
            files.place(storage, path, name)
    except OSError as problem:
        logger.exception("An original could not be stored")
        raise ValidationError(
            _(
                "The photo could not be stored: the disk may be full. Nothing of it was kept. Tell your"
                " administrator, then upload it again."
            ),
            code="not_stored",
        ) from problem
    return name


def _plain_filename(name: object) -> str:
    """What people recognise the file by, as plain text: no folders, no control characters, at most 255 characters."""
    text = clean_text(str(name or ""), 10_000)
    return PurePath(text.replace("\\", "/")).name[-255:]


def _aware(moment: datetime | None) -> datetime | None:
    """A camera without a time zone is taken to be set to the installation's."""
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)
