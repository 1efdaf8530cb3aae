"""A brush that paints small smooth shapes straight onto a picture. Coordinates are pixels of the whole picture.

`canvas` works with masks of the whole picture: right for skies and hills, too slow for a crowd. Here only what a shape
covers is touched, and the picture itself is changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from newsroom.demo.pictures.canvas import FINE, Colour, Pen, Point

# One colour, or two that run into each other from top to bottom.
Paint = Colour | tuple[Colour, Colour]


@dataclass(frozen=True)
class Brush:
    """Everything painted through it lands on `image`."""

    image: Image.Image

    def shape(
        self, points: Sequence[Point], paint: Paint, *, strength: float = 1.0, soft: float = 0.0
    ) -> None:
        """A polygon; `soft` blurs its edge by so many pixels."""
        self._put(
            points, 0, lambda pen, at: pen.polygon([at(p) for p in points], fill=255), paint, strength, soft
        )

    def box(
        self,
        corner: Point,
        opposite: Point,
        paint: Paint,
        *,
        strength: float = 1.0,
        soft: float = 0.0,
        round_by: float = 0.0,
    ) -> None:
        """A rectangle between two corners, upper left first."""

        def draw(pen: Pen, at: Callable[[Point], Point]) -> None:
            pen.rounded_rectangle([*at(corner), *at(opposite)], round_by * FINE, fill=255)

        self._put([corner, opposite], 0, draw, paint, strength, soft)

    def oval(
        self,
        centre: Point,
        across: float,
        down: float,
        paint: Paint,
        *,
        strength: float = 1.0,
        soft: float = 0.0,
    ) -> None:
        """An ellipse with these half axes."""
        a, b = (centre[0] - across, centre[1] - down), (centre[0] + across, centre[1] + down)
        self._put([a, b], 0, lambda pen, at: pen.ellipse([*at(a), *at(b)], fill=255), paint, strength, soft)

    def line(
        self,
        points: Sequence[Point],
        wide: float,
        paint: Paint,
        *,
        strength: float = 1.0,
        soft: float = 0.0,
    ) -> None:
        """A stroke with round ends."""

        def draw(pen: Pen, at: Callable[[Point], Point]) -> None:
            path = [at(point) for point in points]
            pen.line(path, fill=255, width=max(1, round(wide * FINE)), joint="curve")
            r = wide * FINE / 2
            if r > 1:
                for x, y in (path[0], path[-1]):
                    pen.ellipse([x - r, y - r, x + r, y + r], fill=255)

        self._put(points, wide, draw, paint, strength, soft)

    def light(
        self, centre: Point, radius: float, colour: Colour, strength: float = 1.0, flat: float = 1.0
    ) -> None:
        """Light added around a point; `flat` < 1 makes it wider than high."""
        size = max(2, round(radius * 2)), max(2, round(radius * 2 * flat))
        left, top = round(centre[0] - size[0] / 2), round(centre[1] - size[1] / 2)
        falloff = [round(255 * strength * max(0.0, 1 - value / 255 * 1.15) ** 2.2) for value in range(256)]
        ball = Image.radial_gradient("L").point(falloff).resize(size)
        under = self.image.crop((left, top, left + size[0], top + size[1]))
        shine = Image.composite(Image.new("RGB", size, colour), Image.new("RGB", size), ball)
        self.image.paste(ImageChops.screen(under, shine), (left, top))

    def _put(
        self,
        points: Sequence[Point],
        margin: float,
        draw: Callable[[Pen, Callable[[Point], Point]], None],
        paint: Paint,
        strength: float,
        soft: float,
    ) -> None:
        wide, tall = self.image.size
        edge = margin + soft * 3 + 2
        left = max(0, int(min(x for x, _ in points) - edge))
        top = max(0, int(min(y for _, y in points) - edge))
        right = min(wide, int(max(x for x, _ in points) + edge))
        bottom = min(tall, int(max(y for _, y in points) + edge))
        if left >= right or top >= bottom:
            return
        size = right - left, bottom - top
        tile = Image.new("L", (size[0] * FINE, size[1] * FINE), 0)
        draw(ImageDraw.Draw(tile), lambda p: ((p[0] - left) * FINE, (p[1] - top) * FINE))
        tile = tile.reduce(FINE)
        if soft:
            tile = tile.filter(ImageFilter.GaussianBlur(soft))
        if strength < 1.0:
            tile = tile.point([round(value * strength) for value in range(256)])
        self.image.paste(_colour(paint, size), (left, top), tile)


def _colour(paint: Paint, size: tuple[int, int]) -> Image.Image:
    if len(paint) == 3:
        return Image.new("RGB", size, paint)
    top, bottom = paint
    down = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), down)
