"""Print renditions: photos cropped and scaled for the place they get on paper."""

import hashlib
from pathlib import Path
from typing import IO, cast

from articles.makeup.material import Picture
from media_library import imaging
from media_library.geometry import Size

# What newspaper presses print; a photo with fewer pixels is not blown up.
DOTS_PER_INCH = 300
_QUALITY = 88


class PictureUnreadable(Exception):
    """The original is gone or broken. `key`: whose."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key


class Prints:
    """Makes files in `folder` and remembers what it made: a page is often set several times."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[str, int, int], str] = {}

    def make(self, picture: Picture, width: float, height: float) -> str:
        """The name of a JPEG in the folder that fills a box of this size in points, focal point in sight."""
        wanted = Size(max(1, round(width / 72 * DOTS_PER_INCH)), max(1, round(height / 72 * DOTS_PER_INCH)))
        key = (picture.key, wanted.width, wanted.height)
        if key not in self._made:
            name = f"{hashlib.sha256(repr(key).encode()).hexdigest()[:20]}.jpg"
            self._write(picture, wanted, self.folder / name)
            self._made[key] = name
        return self._made[key]

    def _write(self, picture: Picture, wanted: Size, target: Path) -> None:
        if picture.file is None:
            raise PictureUnreadable(picture.key, "no file")
        try:
            with picture.file.open("rb") as source:
                image = imaging.open_image(cast(IO[bytes], source))
                seen = imaging.seen_size(image)
                # So large that the box is filled in both directions, but no larger than it is.
                factor = min(1.0, max(wanted.width / seen.width, wanted.height / seen.height))
                scaled = Size(max(1, round(seen.width * factor)), max(1, round(seen.height * factor)))
                _, shown = next(iter(imaging.pyramid(image, [scaled])))
                shown.crop(_window(scaled, wanted, picture.focal)).convert("RGB").save(
                    target, "JPEG", quality=_QUALITY, dpi=(DOTS_PER_INCH, DOTS_PER_INCH)
                )
        except (
            OSError,
            ValueError,
            TypeError,
            SyntaxError,
            RuntimeError,
            imaging.TooManyPixels,
            imaging.TooManyScans,
        ) as problem:
            raise PictureUnreadable(picture.key, f"{type(problem).__name__}: {problem}") from problem


def _window(size: Size, wanted: Size, focal: tuple[float, float]) -> tuple[int, int, int, int]:
    """The part of a picture that has the wanted shape and holds the focal point, as near its middle as can be."""
    shape = wanted.width / wanted.height
    width = min(size.width, round(size.height * shape))
    height = min(size.height, round(width / shape))
    left = min(max(0, round(focal[0] * size.width - width / 2)), size.width - width)
    top = min(max(0, round(focal[1] * size.height - height / 2)), size.height - height)
    return left, top, left + max(1, width), top + max(1, height)
