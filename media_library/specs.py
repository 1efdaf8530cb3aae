"""Which files a photo is rendered into: widths, formats, quality. Pure data and one question, `wanted`."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from media_library.geometry import Size, ladder

# From a phone in the hand to a wide column at double density.
WIDTHS = (320, 480, 768, 1080, 1440, 1920)
# The address a browser without `srcset` gets, and what feeds and share cards show.
FALLBACK_WIDTH = 1080
# What libjpeg can write; a long strip (长图) is scaled to it.
LONGEST_SIDE = 65_500
LARGE = 3_000_000


@dataclass(frozen=True)
class Format:
    """One public file format. `options` go to Pillow's encoder; `large` changes them above LARGE pixels."""

    name: str
    pillow: str
    mime: str
    extension: str
    longest_side: int
    options: Mapping[str, int | bool] = field(default_factory=dict, hash=False)
    large: Mapping[str, int | bool] = field(default_factory=dict, hash=False)

    def options_for(self, size: Size) -> dict[str, int | bool]:
        """Encoder options for a picture of this size."""
        return {**self.options, **(self.large if size.width * size.height > LARGE else {})}


# method 4 against 2: twice the time, 5 to 7 % smaller. Readers pay for bytes, so 4; but the few files that are
# fetched least and take longest, the largest of a portrait, would cost as much again as all the others.
WEBP = Format("webp", "WEBP", "image/webp", "webp", 16_383, {"quality": 80, "method": 4}, {"method": 2})
JPEG = Format("jpeg", "JPEG", "image/jpeg", "jpg", LONGEST_SIDE, {"quality": 82, "progressive": True})
# speed 8 takes as long as WebP and saves 13 %; the default 6 takes four times as long for 2 % more.
AVIF = Format("avif", "AVIF", "image/avif", "avif", LONGEST_SIDE, {"quality": 60, "speed": 8})

# Best first: the order in which a page offers them.
FORMATS = {known.name: known for known in (AVIF, WEBP, JPEG)}


@dataclass(frozen=True)
class Spec:
    """One file to make: this format at this size."""

    format: Format
    size: Size

    @property
    def key(self) -> tuple[str, int]:
        """What identifies a rendition within its photo."""
        return self.format.name, self.size.width


def formats(*, avif: bool) -> tuple[Format, ...]:
    """The formats in use. WebP and JPEG always, AVIF when the installation asks for it."""
    return (AVIF, WEBP, JPEG) if avif else (WEBP, JPEG)


def wanted(size: Size, chosen: Iterable[Format]) -> list[Spec]:
    """Every file a photo of `size` (as people see it) should have, widest first.

    A format that cannot hold a size is left out there; JPEG holds every one, so a photo always has something.
    """
    return [
        Spec(fmt, step)
        for step in ladder(size, WIDTHS, LONGEST_SIDE)
        for fmt in chosen
        if max(step) <= fmt.longest_side
    ]


def fingerprint(chosen: Iterable[Format]) -> str:
    """16 hex digits that change when widths, formats or quality do: the sweep renders what has another one."""
    recipe = [WIDTHS, LONGEST_SIDE, LARGE, [(fmt.name, *sorted(fmt.options.items())) for fmt in chosen]]
    return hashlib.sha256(repr(recipe).encode()).hexdigest()[:16]
