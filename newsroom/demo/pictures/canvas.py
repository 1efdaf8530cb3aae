"""What the scenes are painted with: gradients, haze, ridges, glow, water, windows, grain. Coordinates are pixels.

Everything random comes from the `Random` that is handed in, so that a scene is the same each time.
"""

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1920, 1280
SIZE = (WIDTH, HEIGHT)

Colour = tuple[int, int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, Colour]]
Pen = ImageDraw.ImageDraw
# Shapes are drawn twice as large and reduced: Pillow's own edges are jagged.
FINE = 2


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` at share 0, `b` at share 1."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def gradient(stops: Stops, top: int = 0, bottom: int = HEIGHT) -> Image.Image:
    """A picture whose colour runs down through `stops`: (0…1, colour), from `top` to `bottom`."""
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), _at(stops, (y - top) / max(1, bottom - top)))
    return column.resize(SIZE)


def _at(stops: Stops, place: float) -> Colour:
    before = stops[0]
    for stop in stops:
        if place <= stop[0]:
            span = stop[0] - before[0]
            return mix(before[1], stop[1], (place - before[0]) / span if span else 1.0)
        before = stop
    return before[1]


def fade(top: float, bottom: float, start: int, end: int) -> Image.Image:
    """A mask: `top` (0…1) above `start`, `bottom` below `end`, even between."""
    column = Image.new("L", (1, HEIGHT))
    for y in range(HEIGHT):
        share = min(1.0, max(0.0, (y - start) / max(1, end - start)))
        column.putpixel((0, y), round(255 * (top + (bottom - top) * share)))
    return column.resize(SIZE)


def noise(random: Random, across: int, down: int, octaves: int = 4) -> Image.Image:
    """Soft noise as a mask: `across` × `down` swells, finer ones on top of them."""
    whole = Image.new("L", SIZE, 128)
    for octave in range(octaves):
        size = (across << octave) + 2, (down << octave) + 2
        layer = Image.frombytes("L", size, random.randbytes(size[0] * size[1])).resize(
            SIZE, Image.Resampling.BICUBIC
        )
        whole = Image.blend(whole, layer, 0.5 if octave == 0 else 0.34 / octave)
    return whole


def stretch(mask: Image.Image, low: int, high: int, strength: float = 1.0) -> Image.Image:
    """Everything below `low` to 0, above `high` to `strength`."""
    return mask.point(
        [round(255 * strength * min(1.0, max(0.0, (value - low) / (high - low)))) for value in range(256)]
    )


def times(a: Image.Image, b: Image.Image) -> Image.Image:
    """The product of two masks."""
    return ImageChops.multiply(a, b)


def shape(paint: Callable[[Pen, float], None]) -> Image.Image:
    """A mask of what `paint(pen, scale)` draws with fill 255; coordinates are to be multiplied by scale."""
    mask = Image.new("L", (WIDTH * FINE, HEIGHT * FINE), 0)
    paint(ImageDraw.Draw(mask), FINE)
    return mask.reduce(FINE)


def area(points: Sequence[Point]) -> Image.Image:
    """A mask of one polygon."""
    # Only what it covers is drawn large: a scene has hundreds of small ones.
    left = max(0, int(min(x for x, _ in points)) - 1)
    top = max(0, int(min(y for _, y in points)) - 1)
    right = min(WIDTH, int(max(x for x, _ in points)) + 2)
    bottom = min(HEIGHT, int(max(y for _, y in points)) + 2)
    mask = Image.new("L", SIZE, 0)
    if left < right and top < bottom:
        part = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE), 0)
        ImageDraw.Draw(part).polygon([((x - left) * FINE, (y - top) * FINE) for x, y in points], fill=255)
        mask.paste(part.reduce(FINE), (left, top))
    return mask


def fill(
    image: Image.Image, mask: Image.Image, paint: Image.Image | Colour, strength: float = 1.0
) -> Image.Image:
    """Paint a colour or another picture through a mask."""
    box = mask.getbbox()
    if box is None:
        return image
    part = mask.crop(box)
    if strength < 1.0:
        part = part.point([round(value * strength) for value in range(256)])
    result = image.copy()
    result.paste(paint.crop(box) if isinstance(paint, Image.Image) else paint, box, part)
    return result


def patch(
    image: Image.Image, points: Sequence[Point], paint: Image.Image | Colour, strength: float = 1.0
) -> Image.Image:
    """What `fill(image, area(points), paint)` gives, on the picture itself and touching no more than it covers."""
    left = max(0, int(min(x for x, _ in points)) - 1)
    top = max(0, int(min(y for _, y in points)) - 1)
    right = min(WIDTH, int(max(x for x, _ in points) + 2))
    bottom = min(HEIGHT, int(max(y for _, y in points) + 2))
    if left >= right or top >= bottom:
        return image
    part = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE), 0)
    ImageDraw.Draw(part).polygon([((x - left) * FINE, (y - top) * FINE) for x, y in points], fill=255)
    part = part.reduce(FINE)
    if strength < 1.0:
        part = part.point([round(value * strength) for value in range(256)])
    box = left, top, right, bottom
    image.paste(paint.crop(box) if isinstance(paint, Image.Image) else paint, box, part)
    return image


def ridge(random: Random, left: float, right: float, rough: float, steps: int = 8) -> list[Point]:
    """A line of hills from `left` to `right` (heights in pixels from the top), by midpoint displacement."""
    heights = [left, right]
    for _ in range(steps):
        wider: list[float] = []
        for a, b in itertools.pairwise(heights):
            wider += [a, (a + b) / 2 + random.uniform(-rough, rough)]
        heights = [*wider, heights[-1]]
        rough *= 0.52
    step = WIDTH / (len(heights) - 1)
    return [(i * step, y) for i, y in enumerate(heights)]


def below(line: Sequence[Point], floor: float = HEIGHT) -> Image.Image:
    """A mask of everything between a line and the floor."""
    return area([*line, (line[-1][0], floor), (line[0][0], floor)])


def glow(
    image: Image.Image, centre: Point, radius: float, colour: Colour, strength: float = 1.0, flat: float = 1.0
) -> Image.Image:
    """Light around a point, added to what is there; `flat` < 1 makes it wider than high."""
    size = round(radius * 2), max(2, round(radius * 2 * flat))
    falloff = [round(255 * strength * max(0.0, 1 - value / 255 * 1.15) ** 2.2) for value in range(256)]
    ball = Image.radial_gradient("L").point(falloff).resize(size)
    result = image.copy()
    left, top = round(centre[0] - size[0] / 2), round(centre[1] - size[1] / 2)
    under = image.crop((left, top, left + size[0], top + size[1]))
    light = Image.composite(Image.new("RGB", size, colour), Image.new("RGB", size), ball)
    result.paste(ImageChops.screen(under, light), (left, top))
    return result


def disc(image: Image.Image, centre: Point, radius: float, colour: Colour) -> Image.Image:
    """A round, sharp-edged light: sun or moon."""
    x, y = centre
    rim = [(x + radius * cos(2 * pi * step / 72), y + radius * sin(2 * pi * step / 72)) for step in range(72)]
    return patch(image.copy(), rim, colour)


def clouds(
    image: Image.Image,
    random: Random,
    colour: Colour,
    *,
    across: int = 3,
    down: int = 9,
    reach: tuple[int, int] = (0, 700),
    density: tuple[int, int] = (125, 200),
    strength: float = 0.7,
) -> Image.Image:
    """Drifts of cloud between two heights, thinning out downwards."""
    veil = stretch(noise(random, across, down, 5), *density, strength)
    return fill(image, times(veil, fade(1.0, 0.0, *reach)), colour)


def haze(image: Image.Image, colour: Colour, top: int, bottom: int, strength: float) -> Image.Image:
    """Mist that is thickest half way between two heights."""
    middle = (top + bottom) // 2
    return fill(image, times(fade(0.0, strength, top, middle), fade(1.0, 0.0, middle, bottom)), colour)


def water(
    image: Image.Image,
    random: Random,
    horizon: int,
    colour: Colour,
    *,
    clarity: float = 0.7,
    waves: float = 26.0,
) -> Image.Image:
    """Fill everything below the horizon with the broken reflection of what stands above it."""
    depth = HEIGHT - horizon
    tall = min(horizon, depth)
    mirror = image.crop((0, horizon - tall, WIDTH, horizon)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.resize((WIDTH, depth)).filter(ImageFilter.GaussianBlur(2))
    broken = Image.new("RGB", (WIDTH, depth))
    y, drift = 0, 0.0
    while y < depth:
        near = y / depth
        thick = max(1, round(1 + near * 7))
        drift = drift * 0.4 + random.gauss(0, waves * (0.12 + near))
        row = mirror.crop((0, y, WIDTH, min(depth, y + thick)))
        broken.paste(ImageChops.offset(row, round(drift), 0), (0, y))
        y += thick
    broken = broken.filter(ImageFilter.GaussianBlur(1.2))
    surface = Image.blend(Image.new("RGB", (WIDTH, depth), colour), broken, clarity)
    result = image.copy()
    result.paste(surface, (0, horizon))
    return ripples(result, random, horizon, mix(colour, (0, 0, 0), 0.5), 0.5)


def ripples(
    image: Image.Image, random: Random, horizon: int, colour: Colour, strength: float, count: int = 420
) -> Image.Image:
    """Short flat strokes on water: small and close near the horizon, long and wide apart near us."""

    def paint(pen: Pen, s: float) -> None:
        for _ in range(count):
            near = random.random() ** 1.7
            x, y = random.uniform(-100, WIDTH), horizon + 3 + near * (HEIGHT - horizon)
            long, thick = 14 + near * random.uniform(60, 260), 0.8 + near * 4.5
            pen.ellipse([x * s, y * s, (x + long) * s, (y + thick) * s], fill=random.randint(60, 255))

    return fill(image, shape(paint).filter(ImageFilter.GaussianBlur(0.8)), colour, strength)


def glitter(
    image: Image.Image,
    random: Random,
    x: float,
    horizon: int,
    colour: Colour,
    count: int = 500,
    width: float = 60,
) -> Image.Image:
    """The road of light that sun, moon or a lamp lays on the water."""

    def paint(pen: Pen, s: float) -> None:
        for _ in range(count):
            near = random.random() ** 1.5
            y = horizon + 2 + near * (HEIGHT - horizon)
            spread = width * (0.25 + near * 1.9)
            at = random.gauss(x, spread / 2)
            long, thick = random.uniform(6, 26) * (0.5 + near * 2.4), 0.8 + near * 3.6
            pen.ellipse(
                [(at - long) * s, y * s, (at + long) * s, (y + thick) * s], fill=random.randint(70, 255)
            )

    mask = shape(paint).filter(ImageFilter.GaussianBlur(0.9))
    light = Image.composite(Image.new("RGB", SIZE, colour), Image.new("RGB", SIZE), mask)
    return ImageChops.screen(image, light)


def stars(image: Image.Image, random: Random, bottom: int, count: int = 260) -> Image.Image:
    """Small stars, fainter towards `bottom`."""

    def paint(pen: Pen, s: float) -> None:
        for _ in range(count):
            x, y = random.uniform(0, WIDTH), random.random() ** 1.6 * bottom
            size = random.uniform(0.5, 1.5)
            light = round(random.uniform(60, 230) * (1 - y / bottom * 0.8))
            pen.ellipse([(x - size) * s, (y - size) * s, (x + size) * s, (y + size) * s], fill=light)

    return fill(image, shape(paint), (240, 244, 255))


def finish(image: Image.Image, random: Random, *, grain: float = 0.02, vignette: float = 0.35) -> Image.Image:
    """Darker corners and film grain, over the whole picture."""
    falloff = [round(255 * (1 - vignette * max(0.0, value / 255 - 0.35))) for value in range(256)]
    corners = _corners().point(falloff)
    image = ImageChops.multiply(image, Image.merge("RGB", (corners,) * 3))
    # One roll of film: each picture has another piece of it.
    speckle = ImageChops.offset(_film(), random.randrange(WIDTH), random.randrange(HEIGHT))
    return Image.blend(image, ImageChops.soft_light(image, Image.merge("RGB", (speckle,) * 3)), grain * 8)


@cache
def _corners() -> Image.Image:
    return Image.radial_gradient("L").resize(SIZE)


@cache
def _film() -> Image.Image:
    coarse = Image.frombytes("L", SIZE, Random("wangchao/film").randbytes(WIDTH * HEIGHT))  # noqa: S311 - grain
    return coarse.filter(ImageFilter.GaussianBlur(0.7)).point(
        [min(255, max(0, round(128 + (value - 128) * 1.5))) for value in range(256)]
    )
