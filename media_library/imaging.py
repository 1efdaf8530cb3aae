"""Pixels: a stranger's file opened safely, shrunk step by step, in sRGB, upright, without labels.

Pure: Pillow, no Django.
"""

import contextlib
import io
import logging
from collections.abc import Iterator, Sequence
from typing import IO, cast

from PIL import Image, ImageCms

from media_library.geometry import Size, turned
from media_library.metadata import orientation_of
from media_library.specs import Format

logger = logging.getLogger(__name__)

# JPEG also opens MPO, a JPEG with more pictures behind it: the first is the photo, `seek` is never called.
ACCEPTED = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")
MAX_PIXELS = 60_000_000
# A progressive JPEG has about ten scans. Each is a walk over all pixels: thousands of empty ones are an attack.
MAX_JPEG_SCANS = 100

# Pillow itself then refuses headers beyond twice this before anything is allocated.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_WHITE = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class TooManyPixels(Exception):
    """The header promises more than MAX_PIXELS. Nothing was decoded."""


class TooManyScans(Exception):
    """A JPEG with more scans than any camera or tool writes."""


def open_image(file: IO[bytes]) -> Image.Image:
    """The image with its header read and nothing decoded.

    Raises `TooManyPixels`, `TooManyScans`, or whatever Pillow makes of bytes that are no image.
    """
    file.seek(0)
    try:
        image = Image.open(file, formats=ACCEPTED)
    except Image.DecompressionBombError as problem:
        raise TooManyPixels(str(problem)) from problem
    if image.width * image.height > MAX_PIXELS:
        raise TooManyPixels(f"{image.width} x {image.height}")
    if is_jpeg(image) and _scans(file) > MAX_JPEG_SCANS:
        raise TooManyScans
    return image


def is_jpeg(image: Image.Image) -> bool:
    return image.format in {"JPEG", "MPO"}


def seen_size(image: Image.Image) -> Size:
    """The size as people see it, after EXIF orientation."""
    return turned(Size(*image.size), orientation_of(image))


def decode_all(image: Image.Image) -> None:
    """Read every byte of the picture, so that a truncated or broken file is noticed here, not when rendering.

    A JPEG is decoded at an eighth of its size: every coefficient is still read, memory stays flat.
    """
    if is_jpeg(image):
        image.draft(None, (1, 1))
    image.load()


def pyramid(image: Image.Image, sizes: Sequence[Size]) -> Iterator[tuple[Size, Image.Image]]:
    """The photo at each of `sizes` (as people see it, widest first): RGB or grey, sRGB, upright, unlabelled.

    One decode; each step is made from the one before. `image` is used up.
    """
    orientation = orientation_of(image)
    step = _first_step(image, turned(sizes[0], orientation), orientation)
    for size in sizes:
        if step.size != size:
            step = step.resize(size, Image.Resampling.LANCZOS)
        # What is in `info` an encoder may write: comment, EXIF, GPS, profile. Resizing copies it along.
        step.info = {}
        yield size, step


def encode(image: Image.Image, fmt: Format, target: IO[bytes]) -> None:
    image.save(target, fmt.pillow, **fmt.options_for(Size(*image.size)))


def _first_step(image: Image.Image, stored: Size, orientation: int) -> Image.Image:
    """Decoded and shrunk to `stored` (the size as the file lies); then, on few pixels, colour and turn."""
    profile = image.info.get("icc_profile")
    if is_jpeg(image):
        image.draft(None, stored)
    image.load()
    shrunk = _plain_mode(image)
    # Let decoded pixels go as soon as they are not needed: this is where memory peaks.
    if shrunk is not image:
        image.close()
    if shrunk.size != stored:
        whole, shrunk = shrunk, shrunk.resize(stored, Image.Resampling.LANCZOS, reducing_gap=3.0)
        whole.close()
    if shrunk.mode == "RGBA":
        shrunk = _on_white(shrunk)
    shrunk = _in_srgb(shrunk, profile)
    turn = _TURNS.get(orientation)
    return shrunk.transpose(turn) if turn is not None else shrunk


def _plain_mode(image: Image.Image) -> Image.Image:
    """L, RGB, RGBA, CMYK or LAB, so that shrinking averages colours and not palette numbers."""
    if image.mode in {"L", "RGB"} and image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "RGBA", "CMYK", "LAB"}:
        return image
    if image.mode.startswith("I"):
        # 16 bits of grey. Plain conversion would clip all but the darkest 256 levels to white.
        return image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if image.mode in {"1", "F"}:
        return image.convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """Newsprint is white; JPEG has no transparency and all formats of a photo look the same."""
    page = Image.new("RGB", image.size, _WHITE)
    page.paste(image, mask=image.getchannel("A"))
    return page


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The colours the profile means, in sRGB. Without a usable one: taken for sRGB, CMYK by Pillow's formula."""
    if isinstance(profile, bytes) and profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return _through(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
        logger.info("Colour profile left out: it could not be used on a %s image", image.mode)
    if image.mode == "LAB":
        with contextlib.suppress(ImageCms.PyCMSError):
            return _through(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _through(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    space = source.profile.xcolor_space.strip()
    if image.mode == "L" and space == "RGB":
        image = image.convert("RGB")
    target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    converted = ImageCms.profileToProfile(
        image,
        source,
        target,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return cast(Image.Image, converted)


def _scans(file: IO[bytes]) -> int:
    """How many start-of-scan markers there are. Inside picture data FF is followed by 00 or a restart only."""
    file.seek(0)
    count, tail = 0, b""
    while chunk := file.read(1 << 20):
        count += (tail + chunk).count(b"\xff\xda")
        tail = chunk[-1:]
    file.seek(0)
    return count
