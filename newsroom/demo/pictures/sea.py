"""Scenes of the open sea: the lighthouse, the tide."""

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageFilter

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.canvas import WIDTH, Colour, Pen, area, below, fill, mix, patch, ridge, shape


def lighthouse(random: Random) -> Image.Image:
    """A lighthouse on its headland at first light, its beam over the sea."""
    horizon = 830
    image = canvas.gradient(
        [
            (0, (22, 40, 78)),
            (0.4, (62, 92, 138)),
            (0.72, (178, 168, 178)),
            (0.92, (246, 206, 168)),
            (1, (255, 226, 184)),
        ],
        0,
        horizon,
    )
    image = canvas.stars(image, random, 420, 150)
    image = canvas.clouds(image, random, (236, 190, 180), across=2, down=12, reach=(140, 760), strength=0.62)
    image = canvas.glow(image, (430, horizon), 700, (255, 206, 150), 0.6, 0.5)
    image = fill(image, below(ridge(random, horizon - 34, horizon - 8, 22), horizon), (120, 132, 158))
    image = canvas.haze(image, (255, 222, 190), horizon - 120, horizon + 30, 0.35)
    image = canvas.water(image, random, horizon, (44, 70, 104), clarity=0.6, waves=16)
    image = canvas.glitter(image, random, 430, horizon, (255, 214, 166), 420, 110)
    beam = area([(1378, 330), (0, 110), (0, 390)])
    light = canvas.gradient([(0, (255, 244, 214)), (1, (255, 244, 214))])
    soft = canvas.times(beam.filter(ImageFilter.GaussianBlur(14)), _sideways(0.0, 0.5))
    image = fill(image, soft, light)
    image = _surf(image, random, 1120)
    headland = [(x, y + 420 * max(0.0, (1300 - x) / 700) ** 1.2) for x, y in ridge(random, 950, 840, 34)]
    image = fill(image, below(headland), (54, 62, 82))
    crags = canvas.times(canvas.stretch(canvas.noise(random, 10, 16, 5), 120, 200, 0.5), below(headland))
    image = fill(image, crags, (26, 32, 48))
    image = _tower(image, 1400, 830)
    image = canvas.glow(image, (1396, 330), 240, (255, 236, 190), 1.0)
    image = fill(image, below(ridge(random, 1190, 1060, 50)), (24, 28, 42))
    return canvas.finish(image, random)


def _sideways(left: float, right: float) -> Image.Image:
    row = Image.new("L", (WIDTH, 1))
    for x in range(WIDTH):
        row.putpixel((x, 0), round(255 * (left + (right - left) * x / WIDTH)))
    return row.resize(canvas.SIZE)


def _tower(image: Image.Image, x: float, floor: float) -> Image.Image:
    top, bottom = floor - 460, floor + 60
    body = [(x - 42, top), (x + 34, top), (x + 72, bottom), (x - 80, bottom)]
    shade = Image.merge(
        "RGB", [_sideways_between(x - 80, x + 80, a, b) for a, b in ((236, 120), (228, 122), (224, 140))]
    )
    image = patch(image, body, shade)
    for band in range(3):
        share = (band * 2 + 1) / 7
        nearer = (band * 2 + 2) / 7
        y1, y2 = top + (bottom - top) * share, top + (bottom - top) * nearer
        stripe = [
            (x - 42 - 38 * share, y1),
            (x + 34 + 38 * share, y1),
            (x + 34 + 38 * nearer, y2),
            (x - 42 - 38 * nearer, y2),
        ]
        red = Image.merge(
            "RGB", [_sideways_between(x - 80, x + 80, a, b) for a, b in ((178, 84), (58, 34), (52, 44))]
        )
        image = patch(image, stripe, red)
    for left, right, high, low in ((-58, 50, top - 12, top + 4), (-34, 26, top - 78, top - 70)):
        image = patch(
            image,
            [(x + left, high), (x + right, high), (x + right, low), (x + left, low)],
            (40, 44, 58),
        )
    lamp = [(x - 28, top - 70), (x + 20, top - 70), (x + 20, top - 12), (x - 28, top - 12)]
    image = patch(image, lamp, (255, 246, 214))
    return patch(image, [(x - 36, top - 76), (x - 4, top - 116), (x + 28, top - 76)], (120, 44, 44))


def _sideways_between(start: float, end: float, left: int, right: int) -> Image.Image:
    row = Image.new("L", (WIDTH, 1))
    for x in range(WIDTH):
        share = min(1.0, max(0.0, (x - start) / (end - start)))
        row.putpixel((x, 0), round(left + (right - left) * share))
    return row.resize(canvas.SIZE)


def _surf(image: Image.Image, random: Random, height: float) -> Image.Image:
    def paint(pen: Pen, s: float) -> None:
        for _ in range(900):
            x = random.gauss(520, 330)
            y = height + sin(x / 120) * 16 + random.gauss(0, 22) + (x - 300) * -0.05
            r = random.uniform(1, 9)
            pen.ellipse(
                [(x - r * 2) * s, (y - r / 2) * s, (x + r * 2) * s, (y + r / 2) * s],
                fill=random.randint(40, 200),
            )

    return fill(image, shape(paint).filter(ImageFilter.GaussianBlur(2.2)), (236, 236, 240), 0.7)


def tide(random: Random) -> Image.Image:
    """The autumn tide comes in under a full moon."""
    horizon = 640
    image = canvas.gradient([(0, (8, 16, 40)), (0.5, (24, 44, 82)), (1, (92, 116, 146))], 0, horizon)
    image = canvas.stars(image, random, horizon - 60, 340)
    moon = (1180, 300)
    image = canvas.glow(image, moon, 640, (150, 178, 214), 0.7)
    image = canvas.disc(image, moon, 118, (250, 246, 226))
    face = canvas.times(
        canvas.stretch(canvas.noise(random, 14, 10, 4), 120, 190, 0.35),
        shape(
            lambda pen, s: pen.ellipse(
                [(moon[0] - 118) * s, (moon[1] - 118) * s, (moon[0] + 118) * s, (moon[1] + 118) * s], fill=255
            )
        ),
    )
    image = fill(image, face, (176, 172, 166))
    image = canvas.clouds(
        image, random, (104, 124, 158), across=2, down=16, reach=(160, 640), density=(132, 210), strength=0.7
    )
    image = fill(image, below(ridge(random, horizon - 24, horizon - 66, 36), horizon), (20, 32, 58))
    image = canvas.water(image, random, horizon, (14, 30, 54), clarity=0.5, waves=20)
    image = canvas.glitter(image, random, moon[0], horizon, (220, 228, 236), 760, 96)
    for step, (y, tall) in enumerate(((742, 20), (850, 40), (1010, 74))):
        image = _breaker(image, random, y, tall, mix((34, 60, 88), (16, 34, 56), step / 2))
    return canvas.finish(image, random)


def _breaker(image: Image.Image, random: Random, y: float, tall: float, ink: Colour) -> Image.Image:
    phase = random.uniform(0, 2 * pi)
    crest = [
        (float(x), y + sin(x / 300 + phase) * tall * 0.4 + cos(x / 96 + phase) * tall * 0.14)
        for x in range(-20, WIDTH + 21, 20)
    ]
    front = [(x, top + tall * (1.0 + 0.2 * sin(x / 60))) for x, top in crest]
    image = fill(image, area([*crest, *reversed(front)]).filter(ImageFilter.GaussianBlur(tall / 14)), ink)

    def foam(pen: Pen, s: float) -> None:
        for _ in range(2600):
            x, top = random.choice(crest)
            x += random.uniform(-14, 14)
            drop = random.random() ** 2.6
            r = random.uniform(0.4, 1.0) * tall / 11
            at = top + drop * tall * 1.1 - tall * 0.06
            pen.ellipse(
                [(x - r * 2.6) * s, (at - r) * s, (x + r * 2.6) * s, (at + r) * s],
                fill=round(235 * (1 - drop * 0.85)),
            )

    return fill(image, shape(foam).filter(ImageFilter.GaussianBlur(1.3)), (226, 236, 242), 0.85)
