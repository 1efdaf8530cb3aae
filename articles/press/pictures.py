"""A page's picture in several widths. Pure: pdfium draws, Pillow shrinks and writes.

Drawn once at the largest width, then shrunk step by step. Readers get WebP, JPEG where a browser is old.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image

# The first is the thumbnail; the last is for reading the smallest print when zoomed in.
WIDTHS = (240, 480, 960, 1600, 2400)
MOST_PIXELS = 24_000_000
_ENCODERS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 76, "method": 3},
    "jpeg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
EXTENSIONS = {"webp": "webp", "jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Made:
    """One written file: `file` is its name in the folder."""

    file: str
    format: str
    width: int
    height: int

    def row(self) -> dict[str, Any]:
        return asdict(self)


def draw(page: Any, width: int) -> Image.Image:
    """The page that many pixels wide, or as wide as MOST_PIXELS allows; without comments and form fields."""
    across, down = page.get_width(), page.get_height()
    width = min(width, int((MOST_PIXELS * across / down) ** 0.5))
    bitmap = page.render(scale=width / across, may_draw_forms=False, draw_annots=False)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def write_pictures(page: Any, folder: Path, widths: tuple[int, ...] = WIDTHS) -> list[Made]:
    """Draw the page and write all its files into `folder`, widest first."""
    made: list[Made] = []
    step = draw(page, max(widths))
    for width in sorted(widths, reverse=True):
        if width < step.width:
            step = step.resize(
                (width, max(1, round(step.height * width / step.width))), Image.Resampling.LANCZOS
            )
        for name, options in _ENCODERS.items():
            file = f"{step.width}.{EXTENSIONS[name]}"
            step.save(folder / file, **options)
            made.append(Made(file, name, step.width, step.height))
    return made


def write_thumbnail(page: Any, path: Path, width: int = WIDTHS[0]) -> None:
    draw(page, width).save(path, **_ENCODERS["jpeg"])
