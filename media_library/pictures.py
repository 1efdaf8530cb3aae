"""What a page needs to show photos: addresses, sizes, alternatives. One query for all photos of a page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.core.files.storage import default_storage

from media_library.models import Photo
from media_library.specs import FALLBACK_WIDTH, FORMATS, JPEG


@dataclass(frozen=True)
class File:
    """One public file."""

    format: str
    width: int
    height: int
    url: str


@dataclass(frozen=True)
class Source:
    """A `<source>`: `type` and `srcset` as HTML wants them."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """A photo as a page shows it. `ready` is False, and `src` empty, while nothing is rendered yet.

    `sources` hold every format but the one of `src`, best first; `srcset` is that one's. `width` and `height` are
    those of `src`: they fix the shape of the space before the file comes. `largest` is for share cards and zoom.
    """

    photo_id: int
    src: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focal_x: float = 0.5
    focal_y: float = 0.5
    sources: tuple[Source, ...] = ()
    largest: File | None = None

    @property
    def ready(self) -> bool:
        return bool(self.src)

    @property
    def object_position(self) -> str:
        """CSS `object-position` that keeps the focal point in sight when a box crops the photo: "50% 30%"."""
        return f"{self.focal_x * 100:g}% {self.focal_y * 100:g}%"


def compose(
    photo_id: int,
    files: Iterable[File],
    *,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    focal: tuple[float, float] = (0.5, 0.5),
) -> Picture:
    """A `Picture` of the files there are. JPEG, which everything can read, is the fallback; else the best there is."""
    by_format: dict[str, list[File]] = {}
    for file in sorted(files, key=lambda file: file.width):
        by_format.setdefault(file.format, []).append(file)
    bare = Picture(photo_id, alt=alt, caption=caption, credit=credit, focal_x=focal[0], focal_y=focal[1])
    if not by_format:
        return bare
    base = JPEG.name if JPEG.name in by_format else next(name for name in FORMATS if name in by_format)
    fallback = [file for file in by_format[base] if file.width <= FALLBACK_WIDTH] or by_format[base][:1]
    return Picture(
        photo_id,
        src=fallback[-1].url,
        srcset=_srcset(by_format[base]),
        width=fallback[-1].width,
        height=fallback[-1].height,
        alt=alt,
        caption=caption,
        credit=credit,
        focal_x=focal[0],
        focal_y=focal[1],
        sources=tuple(
            Source(fmt.mime, _srcset(by_format[name]))
            for name, fmt in FORMATS.items()
            if name in by_format and name != base
        ),
        largest=by_format[base][-1],
    )


def pictures_for(photo_ids: Iterable[int], url: Callable[[str], str] | None = None) -> Mapping[int, Picture]:
    """`{photo id: Picture}` for all photos of a page in one query. Ids of no photo are left out.

    `url` turns a file's name into its address (default: the public storage's).
    """
    url = url or default_storage.url
    rows = Photo.objects.filter(pk__in=set(photo_ids)).order_by().values_list(
        "pk", "alt", "caption", "credit", "focal_x", "focal_y",
        "renditions__format", "renditions__width", "renditions__height", "renditions__name",
    )  # fmt: skip
    about: dict[int, tuple[str, str, str, float, float]] = {}
    found: dict[int, list[File]] = {}
    for pk, alt, caption, credit, focal_x, focal_y, fmt, width, height, name in rows:
        about[pk] = (alt or caption, caption, credit, focal_x, focal_y)
        found.setdefault(pk, [])
        if name:
            found[pk].append(File(fmt, width, height, url(name)))
    return {
        pk: compose(pk, found[pk], alt=alt, caption=caption, credit=credit, focal=(focal_x, focal_y))
        for pk, (alt, caption, credit, focal_x, focal_y) in about.items()
    }


def _srcset(files: Iterable[File]) -> str:
    return ", ".join(f"{file.url} {file.width}w" for file in files)
