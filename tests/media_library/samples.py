"""Real files, made in code: photographs, broken ones, hostile ones."""

import io
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Four quarters: red, green over blue, white. Turns and mirrors are told apart by the corners."""
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image if mode == "RGB" else image.convert(mode)


def grainy(width: int, height: int, seed: int = 1) -> Image.Image:
    """Noise: large files, since nothing in it can be compressed away."""
    return Image.frombytes("RGB", (width, height), random.Random(seed).randbytes(width * height * 3))


def saved(image: Image.Image, fmt: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, fmt, **options)
    return target.getvalue()


def jpeg(width: int = 400, height: int = 300, **options: object) -> bytes:
    return saved(scene(width, height), "JPEG", **{"quality": 95, **options})


def upload(data: bytes, name: str = "望潮渔港.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type)


def oriented(orientation: int, width: int = 400, height: int = 300) -> bytes:
    """A file whose pixels lie as `orientation` says, so that people see `scene(width, height)`."""
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    image = scene(width, height)
    for step in undo.get(orientation, []):
        image = image.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(image, "JPEG", quality=95, exif=exif)


def with_secrets() -> bytes:
    """A JPEG that carries a script as its comment, a place on earth, and a maker's note."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (29.0, 57.0, 12.345), "E", (122.0, 18.0, 54.321)
    gps[29] = "2026:07:01"
    return jpeg(
        800,
        600,
        comment=b"<script>alert('comment')</script>",
        exif=exif,
        xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>",
    )


def mpo() -> bytes:
    return saved(scene(400, 300), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300), "black")])


def frames(fmt: str) -> bytes:
    """Three frames; the first is the scene."""
    rest = [Image.new("RGB", (400, 300), colour) for colour in ("black", "yellow")]
    return saved(scene(400, 300), fmt, save_all=True, append_images=rest)


def png_bomb(side: int = 30_000) -> bytes:
    """`side` x `side` pixels of nothing, in about 100 KB."""
    squeeze = zlib.compressobj(9)
    row = b"\0" * (1 + (side + 7) // 8)
    body = b"".join(squeeze.compress(row * 100) for _ in range(side // 100)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunks([(b"IHDR", header), (b"IDAT", body), (b"IEND", b"")]))


def _chunks(parts: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for kind, data in parts:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def corners(image: Image.Image) -> list[str]:
    """The colours of the four corners, clockwise from the upper left, by name."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    rgb = image.convert("RGB")
    x, y = max(1, image.width // 20), max(1, image.height // 20)
    points = [
        (x, y),
        (image.width - 1 - x, y),
        (image.width - 1 - x, image.height - 1 - y),
        (x, image.height - 1 - y),
    ]

    def nearest(pixel: tuple[int, ...]) -> str:
        return min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], pixel, strict=True)))

    return [nearest(rgb.getpixel(point)) for point in points]


SCENE = ["red", "green", "white", "blue"]


def files_under(folder: Path) -> set[str]:
    """Names of all files below a folder, relative to it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
