"""The share card of a paper: what chat programs show of a page that has no photo of its own. No Django here.

One card for a paper, drawn once and remembered: a card for every headline would be a file that a withdrawal has to
reach, and the programs print the headline beside the picture anyway.
"""

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from articles.site.emblem import RED, emblem

SIZE = (1200, 630)
_PAPER, _INK, _QUIET = (251, 250, 246), (28, 27, 25), (196, 190, 178)
_MARGIN = 96
_LARGEST, _SMALLEST = 168, 48

# Where systems keep fonts, and files with Chinese in them, the most like a newspaper's name first. The image of the
# product installs the first one (Dockerfile).
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_FILES = (
    "NotoSerifCJK-Black.ttc",
    "NotoSerifCJK-Bold.ttc",
    "NotoSerifCJK*.ttc",
    "NotoSerifSC-*.otf",
    "NotoSerifSC*.ttf",
    "SourceHanSerif*",
    "Songti.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK*.ttc",
    "SourceHanSans*",
    "STHeiti Medium.ttc",
    "msyhbd.ttc",
    "simsun.ttc",
    "wqy-zenhei.ttc",
)


@lru_cache(maxsize=1)
def font_file() -> Path | None:
    """A font of this machine that has Chinese."""
    folders = [folder for name in _FOLDERS if (folder := Path(name).expanduser()).is_dir()]
    found = (path for pattern in _FILES for folder in folders for path in sorted(folder.rglob(pattern)))
    return next(found, None)


@lru_cache(maxsize=32)
def card(name: str) -> bytes:
    """A PNG with the paper's name, or with the sign alone where no font has its characters."""
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    wide, high = SIZE
    draw.rectangle((0, 0, wide, 17), fill=RED)
    for y, thick in ((high - 78, 6), (high - 66, 1)):
        draw.rectangle((_MARGIN, y, wide - _MARGIN - 1, y + thick), fill=RED if thick > 1 else _QUIET)
    file = font_file()
    if file is None:
        _paste(image, emblem(260), ((wide - 260) // 2, (high - 320) // 2))
    else:
        _paste(image, emblem(112), ((wide - 112) // 2, 84))
        font = _fitting(file, name, wide - 2 * _MARGIN)
        draw.text((wide / 2, 366), name, font=font, fill=_INK, anchor="mm")
    kept = io.BytesIO()
    # Few colours, all but one of them edges: a quarter of the bytes.
    image.quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _paste(image: Image.Image, sign: Image.Image, at: tuple[int, int]) -> None:
    image.paste(sign, at, sign)


def _fitting(file: Path, name: str, width: int) -> ImageFont.FreeTypeFont:
    """The largest size at which the name fits on its line."""
    number = _face(file)
    for size in range(_LARGEST, _SMALLEST, -8):
        font = ImageFont.truetype(str(file), size, index=number)
        if font.getlength(name) <= width:
            return font
    return ImageFont.truetype(str(file), _SMALLEST, index=number)


def _face(file: Path) -> int:
    """Which face of a collection draws characters as they are written in China."""
    for number in range(10):
        try:
            family, _ = ImageFont.truetype(str(file), 20, index=number).getname()
        except OSError:
            break
        if family and family.endswith(" SC"):
            return number
    return 0
