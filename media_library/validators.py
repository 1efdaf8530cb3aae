"""Is this file a photo the newsroom can keep? Decided by its bytes, never by its name or its Content-Type."""

import hashlib
import logging
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from media_library import imaging
from media_library.metadata import Metadata, read_metadata

logger = logging.getLogger(__name__)

MAX_BYTES = 40 * 1024 * 1024


@dataclass(frozen=True)
class PhotoInfo:
    """What a valid file is. Size as people see it; `format` "JPEG", "PNG", "WEBP", "TIFF" or "GIF"."""

    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    metadata: Metadata


def max_bytes() -> int:
    """The largest file taken; `PHOTO_MAX_BYTES` in the settings changes it."""
    return int(getattr(settings, "PHOTO_MAX_BYTES", MAX_BYTES))


def validate_photo(file: File | IO[bytes]) -> PhotoInfo:
    """Read the file to its end and say what it is. Leaves it rewound.

    Raises ValidationError, and nothing else, with words for the person who uploaded it. Codes: `empty`, `too_large`,
    `too_many_pixels`, `not_a_photo`, `damaged`.
    """
    size = _size(file)
    if size == 0:
        raise ValidationError(_("This file is empty. Choose the photo again."), code="empty")
    if size > max_bytes():
        raise ValidationError(
            _("This file has %(size)d MB; at most %(limit)d MB can be taken. Export the photo smaller."),
            code="too_large",
            params={"size": -(-size // 2**20), "limit": max_bytes() // 2**20},
        )
    stream: IO[bytes] = file
    try:
        image = imaging.open_image(stream)
    except imaging.TooManyPixels as problem:
        raise ValidationError(
            _("This picture has more than %(limit)d million pixels. Export the photo smaller."),
            code="too_many_pixels",
            params={"limit": imaging.MAX_PIXELS // 1_000_000},
        ) from problem
    # Hostile bytes make Pillow raise TypeError, SyntaxError, RuntimeError, struct.error and more. Whatever it is,
    # the file is not one we can keep.
    except Exception as problem:
        logger.info("Upload refused: %r", problem)
        raise _not_a_photo(stream) from problem
    try:
        found = imaging.seen_size(image)
        metadata = read_metadata(image)
        imaging.decode_all(image)
    except Exception as problem:  # as above
        logger.info("Upload refused: %r", problem)
        raise ValidationError(
            _("This picture is damaged or incomplete. Copy it from the camera again, or export it as JPEG."),
            code="damaged",
        ) from problem
    return PhotoInfo(
        format="JPEG" if imaging.is_jpeg(image) else str(image.format),
        width=found.width,
        height=found.height,
        bytes=size,
        sha256=_sha256(stream),
        metadata=metadata,
    )


def _not_a_photo(stream: IO[bytes]) -> ValidationError:
    stream.seek(0)
    if stream.read(12)[4:8] == b"ftyp":
        return ValidationError(
            _(
                "This looks like an iPhone photo (HEIC) or a video. Export it as JPEG, or set the camera to"
                " “Most Compatible”."
            ),
            code="not_a_photo",
        )
    return ValidationError(
        _("This is not a photo that can be used. Choose a JPEG, PNG, WebP, TIFF or GIF file."),
        code="not_a_photo",
    )


def _size(file: File | IO[bytes]) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def _sha256(stream: IO[bytes]) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()
