"""The product's sign, drawn: for the icons in static/site and for share cards. No Django here.

python -m articles.site.emblem static/site     makes the icons anew (icon.svg is drawn by hand, as this is)
"""

import math
import sys
from pathlib import Path

from PIL import Image, ImageDraw

RED = (163, 22, 31)
WHITE = (255, 255, 255)
# icon.svg is drawn on a square of this many units.
UNITS = 32
# Drawn larger, then shrunk: Pillow draws without smoothing.
FINER = 4
# What a system may cut off an icon that says it can be cut lies outside of this part (W3C: a circle of 80 %).
SAFE = 0.85
_WAVE_FROM, _WAVE_TO, _WAVE_Y, _WAVE_WIDTH = 5.0, 27.0, 22.0, 2.2


def emblem(side: int, *, full: bool = False, corners: bool = True) -> Image.Image:
    """The sign as a square of `side` pixels. `full`: the colour reaches every edge and the sign keeps to the part
    that nobody cuts off; `corners=False`: square corners for systems that round them themselves."""
    large = side * FINER
    image = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    radius = 0 if full or not corners else large * 6 / UNITS
    draw.rounded_rectangle((0, 0, large - 1, large - 1), radius, fill=RED)
    part = SAFE if full else 1.0
    lines_and_wave(draw, (large * (1 - part) / 2, large * (1 - part) / 2), large * part / UNITS)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def lines_and_wave(draw: ImageDraw.ImageDraw, at: tuple[float, float], unit: float) -> None:
    """A headline, a line of text and the tide below them, in white; `unit`: pixels of one of the 32 units."""
    left, top = at
    for x, y, wide, high in ((7, 9, 18, 3), (7, 15, 11, 2)):
        box = (left + x * unit, top + y * unit, left + (x + wide) * unit - 1, top + (y + high) * unit - 1)
        draw.rectangle(box, fill=WHITE)
    thick = _WAVE_WIDTH * unit / 2
    steps = max(64, int(unit * UNITS * 2))
    for step in range(steps + 1):
        along = _WAVE_FROM + (_WAVE_TO - _WAVE_FROM) * step / steps
        down = _WAVE_Y - 1.8 * math.sin((along - _WAVE_FROM) / 22 * 3 * math.pi)
        centre = (left + along * unit, top + down * unit)
        draw.ellipse((centre[0] - thick, centre[1] - thick, centre[0] + thick, centre[1] + thick), fill=WHITE)


def icons() -> dict[str, Image.Image]:
    """Every icon beside icon.svg: file name -> picture."""
    return {
        "favicon.ico": emblem(32),
        "icon-180.png": emblem(180, corners=False).convert("RGB"),
        "icon-192.png": emblem(192),
        "icon-512.png": emblem(512),
        "icon-maskable-192.png": emblem(192, full=True).convert("RGB"),
        "icon-maskable-512.png": emblem(512, full=True).convert("RGB"),
    }


def main(folder: Path) -> None:
    """Write them into `folder`."""
    for name, image in icons().items():
        more = {"sizes": [image.size]} if name.endswith(".ico") else {"optimize": True}
        image.save(folder / name, **more)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
