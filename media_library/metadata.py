"""What a photo says about itself: EXIF, IPTC and XMP read into the newsroom's words. Pure: Pillow, no Django.

Everything here comes from strangers' files. Whatever cannot be read is left out; nothing raises.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import cast

from PIL import Image, ImageFile, IptcImagePlugin

from media_library import xmp

logger = logging.getLogger(__name__)

CAPTION_LENGTH = 2000
LINE_LENGTH = 200

# What cameras write into ImageDescription by themselves is no caption.
_CAMERA_NOISE = re.compile(
    r"^(olympus|sony|samsung|minolta|konica|casio|digital camera|dcim|dsc|img|default|untitled|sonydsc)\b.*"
    r"|^screenshot$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(\d{4})[:\-/]?(\d{2})[:\-/]?(\d{2})"
    r"(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?\s*(Z|[+\-]\d{2}:?\d{2})?)?"
)
_OFFSET = re.compile(r"([+\-])(\d{2}):?(\d{2})")


@dataclass(frozen=True)
class Metadata:
    """Texts are clean and bounded, "" when unknown. `taken_at` is naive when the camera named no zone."""

    caption: str = ""
    credit: str = ""
    place: str = ""
    rights: str = ""
    taken_at: datetime | None = None


def read_metadata(image: Image.Image) -> Metadata:
    """Metadata of an opened image, pixels not needed. XMP before IPTC before EXIF, field by field."""
    merged = Metadata()
    for source in (_from_xmp, _from_iptc, _from_exif):
        try:
            found = source(image)
        # Pillow's parsers answer hostile bytes with nearly every exception there is. A photo is not refused
        # for its labels.
        except Exception:
            logger.info("Metadata left out: %s could not be read", source.__name__, exc_info=True)
            continue
        news = {name: value for name, value in vars(found).items() if value and not vars(merged)[name]}
        merged = replace(merged, **news)
    return merged


def orientation_of(image: Image.Image) -> int:
    """EXIF orientation 1-8; 1 when there is none or it makes no sense."""
    try:
        value = image.getexif().get(0x0112, 1)
    # As above: the EXIF block is a stranger's bytes.
    except Exception:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def clean_text(value: object, limit: int = LINE_LENGTH, *, lines: bool = False) -> str:
    """`value` as text of at most `limit` characters, none of them a control (NUL breaks PostgreSQL, CR headers).

    With `lines` line breaks stay, as LF.
    """
    text = value if isinstance(value, str) else decode(value) if isinstance(value, bytes) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        character if unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
        else "\n" if character == "\n" and lines
        else " " if character in "\n\t"
        else ""
        for character in text[: limit * 4]
    )  # fmt: skip
    return (kept if lines else " ".join(kept.split())).strip()[:limit].rstrip()


def decode(raw: bytes) -> str:
    """Bytes of unknown encoding as text: UTF-8, else GB 18030 (older Chinese tools), else Latin-1."""
    raw = raw.rstrip(b"\0 ")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def parse_time(text: object, offset: object = "") -> datetime | None:
    """EXIF (`2026:07:01 08:30:00`), IPTC (`20260701 083000+0800`) or ISO time; None for anything impossible.

    `offset` (`+08:00`) is EXIF's separate tag, used when `text` has none. Without either the result is naive.
    """
    match = _STAMP.match(clean_text(text))
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    zone = zone or clean_text(offset)
    try:
        stamp = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
        if zone == "Z":
            stamp = stamp.replace(tzinfo=UTC)
        elif parts := _OFFSET.fullmatch(zone):
            ahead = timedelta(hours=int(parts[2]), minutes=int(parts[3]))
            stamp = stamp.replace(tzinfo=timezone(-ahead if parts[1] == "-" else ahead))
    except (ValueError, OverflowError):
        return None
    # The first photograph is of 1826; a dead battery says 0001 or 9999, which no database turns to UTC.
    return stamp if 1826 <= stamp.year <= 2200 else None


def _from_xmp(image: Image.Image) -> Metadata:
    packet = image.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if not isinstance(packet, bytes):
        return Metadata()
    try:
        found = xmp.read(packet)
    except xmp.Refused as problem:
        logger.info("XMP left out: %s", problem)
        return Metadata()

    def first(*names: str) -> str:
        return next((found[name][0] for name in names if name in found), "")

    stamps = ("photoshop:DateCreated", "exif:DateTimeOriginal", "xmp:CreateDate")
    times = (parse_time(first(name)) for name in stamps)
    return Metadata(
        caption=_caption(first("dc:description")),
        credit=_line([*found.get("dc:creator", [])[:5]]) or clean_text(first("photoshop:Credit")),
        place=_place(
            *map(first, ("photoshop:Country", "photoshop:State", "photoshop:City", "iptc:Location"))
        ),
        rights=clean_text(first("dc:rights")),
        taken_at=next((time for time in times if time), None),
    )


def _from_iptc(image: Image.Image) -> Metadata:
    found = IptcImagePlugin.getiptcinfo(cast(ImageFile.ImageFile, image)) or {}

    def values(record: int) -> list[bytes]:
        value = found.get((2, record), [])
        return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, bytes)]

    def first(*records: int) -> bytes:
        return next((value for record in records for value in values(record)), b"")

    return Metadata(
        caption=_caption(first(120)),
        credit=_line(values(80)[:5]) or clean_text(first(110, 115)),
        place=_place(first(101), first(95), first(90), first(92)),
        rights=clean_text(first(116)),
        taken_at=parse_time(first(55) + b" " + first(60)) if first(55) else None,
    )


def _from_exif(image: Image.Image) -> Metadata:
    exif = image.getexif()
    details = exif.get_ifd(0x8769)
    return Metadata(
        caption=_caption(_exif_bytes(exif.get(0x010E))),
        credit=clean_text(_exif_bytes(exif.get(0x013B))),
        rights=clean_text(_exif_bytes(exif.get(0x8298))),
        taken_at=parse_time(_exif_bytes(details.get(0x9003)), _exif_bytes(details.get(0x9011))),
    )


def _exif_bytes(value: object) -> object:
    """Pillow reads EXIF's ASCII as Latin-1; Chinese tools put UTF-8 or GBK there, so take the bytes back."""
    if isinstance(value, str):
        try:
            return value.encode("latin-1")
        except UnicodeEncodeError:
            return value
    return value


def _caption(value: object) -> str:
    text = clean_text(value, CAPTION_LENGTH, lines=True)
    return "" if _CAMERA_NOISE.match(text) and len(text) < 40 else text


def _line(values: Iterable[object]) -> str:
    return clean_text(" ".join(text for text in map(clean_text, values) if text))


def _place(*parts: object) -> str:
    """Country, province, town, spot: largest first, a part that repeats the one before left out."""
    names: list[str] = []
    for part in map(clean_text, parts):
        if part and part not in names:
            names.append(part)
    return clean_text(" ".join(names))
