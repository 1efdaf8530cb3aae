"""A page of a PDF as pictures: what readers see of it on screens. Pure: pdfium and Pillow."""

from collections.abc import Iterator, Sequence
from typing import Any

from PIL import Image

from media_library.specs import JPEG, WEBP, Format

# A page in a list, on a phone, beside a story, on a wide screen, and zoomed in to read body text.
WIDTHS = (240, 480, 960, 1440, 2400)
FORMATS = (WEBP, JPEG)
# Type is finer than photos: more quality than a photo gets.
_OPTIONS: dict[str, dict[str, int | bool]] = {
    "webp": {"quality": 82, "method": 2},
    "jpeg": {"quality": 84, "progressive": True, "optimize": True},
}


def pictures(page: Any, widths: Sequence[int] = WIDTHS) -> Iterator[tuple[int, Image.Image]]:
    """A pypdfium2 page at each width in pixels, widest first; each is made from the one before."""
    image: Image.Image | None = None
    for width in sorted(widths, reverse=True):
        if image is None:
            image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        if image.width != width:
            height = max(1, round(image.height * width / image.width))
            image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        yield width, image


def encode(image: Image.Image, fmt: Format, target: Any) -> None:
    """Write a page's picture."""
    image.save(target, fmt.pillow, **_OPTIONS[fmt.name])
