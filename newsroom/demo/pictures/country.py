"""Scenes of the country: tea hills, the old canal town."""

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageFilter

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.canvas import (
    HEIGHT,
    WIDTH,
    Colour,
    Pen,
    Point,
    area,
    below,
    fill,
    mix,
    patch,
    ridge,
    shape,
)


def tea_hills(random: Random) -> Image.Image:
    """Tea in terraces, hill behind hill, the mist not yet gone."""
    image = canvas.gradient(
        [(0, (150, 196, 204)), (0.3, (214, 228, 214)), (0.5, (246, 236, 204)), (1, (246, 236, 204))]
    )
    image = canvas.glow(image, (1430, 260), 620, (255, 240, 190), 0.8)
    image = canvas.clouds(image, random, (255, 253, 244), across=3, down=8, reach=(0, 520), strength=0.6)
    for height, rough, ink in ((330, 150, (168, 200, 192)), (400, 130, (136, 178, 168))):
        image = fill(image, below(ridge(random, height, height + 40, rough)), ink)
        image = canvas.haze(image, (246, 242, 222), height, height + 380, 0.7)
    hills: list[tuple[float, float, float, Colour]] = [
        (480, 90, 0.3, (104, 158, 112)),
        (600, 120, 1.9, (78, 140, 84)),
        (760, 130, 3.6, (58, 122, 62)),
        (940, 140, 5.1, (40, 100, 48)),
    ]
    for step, (rise, swing, phase, ink) in enumerate(hills):
        crest = [
            (float(x), rise + swing * sin(x / (360 + step * 60) + phase) + 24 * sin(x / 130 + phase * 2))
            for x in range(-20, WIDTH + 21, 20)
        ]
        image = fill(image, below(crest), ink)
        image = _terraces(image, random, crest, 14 + step * 12, ink, step)
        if step < 3:
            image = canvas.haze(
                image, (240, 242, 220), round(rise + 60), round(rise + 330), 0.5 - step * 0.12
            )
    for x, y, size in ((1250, 880, 1.0), (1330, 905, 1.06), (560, 1000, 1.3), (700, 1075, 1.5)):
        image = _picker(image, x, y, size)
    return canvas.finish(image, random, vignette=0.28)


def _terraces(
    image: Image.Image, random: Random, crest: list[Point], gap: float, ink: Colour, step: int
) -> Image.Image:
    """Rows of bushes that follow the crest and spread further apart towards us: light on top, shade below."""
    hill = below(crest)

    def rows(offset: float, wide: float) -> Image.Image:
        def paint(pen: Pen, s: float) -> None:
            drop, space = 8.0, gap
            while drop < 640:
                line = [(x * s, (y + drop + offset + 5 * sin(x / 70 + drop)) * s) for x, y in crest]
                pen.line(line, fill=255, width=max(2, round(wide * space * s)), joint="curve")
                drop += space
                space *= 1.09

        return shape(paint)

    image = fill(image, canvas.times(rows(gap * 0.3, 0.3), hill), mix(ink, (12, 40, 26), 0.55), 0.85)
    image = fill(image, canvas.times(rows(0, 0.36), hill), mix(ink, (196, 220, 96), 0.42), 0.9)
    leaves = canvas.times(
        canvas.stretch(canvas.noise(random, 60 - step * 8, 60 - step * 8, 3), 118, 168, 0.4), hill
    )
    return fill(image, leaves, mix(ink, (10, 36, 20), 0.5))


def _picker(image: Image.Image, x: float, y: float, size: float) -> Image.Image:
    def at(*points: Point) -> list[Point]:
        return [(x + dx * size, y + dy * size) for dx, dy in points]

    image = patch(image, at((-16, 0), (-20, -44), (-8, -62), (10, -62), (20, -42), (16, 0)), (52, 74, 128))
    image = patch(image, at((12, -6), (10, -46), (34, -44), (30, -6)), (176, 132, 78))
    return patch(image, at((-32, -60), (0, -92), (32, -60), (0, -54)), (232, 210, 156))


def old_town(random: Random) -> Image.Image:
    """White walls and grey tiles along the canal, lanterns lit, after rain."""
    floor = 830
    image = canvas.gradient([(0, (96, 118, 140)), (0.6, (176, 186, 190)), (1, (222, 212, 198))], 0, floor)
    image = canvas.clouds(image, random, (206, 214, 216), across=3, down=7, reach=(0, 700), strength=0.8)
    for height, ink in ((420, (158, 174, 180)), (500, (132, 152, 160))):
        image = fill(image, below(ridge(random, height, height - 40, 110), floor), ink)
        image = canvas.haze(image, (214, 214, 208), height, floor, 0.6)
    image = _houses(image, random, floor - 40, 0.62, 0.5)
    image = canvas.haze(image, (216, 212, 204), 520, floor, 0.4)
    image = _arch(image, 960, floor)
    image = _houses(image, random, floor, 1.25, 0.0, gap=(640, 1290))
    image = canvas.water(image, random, floor, (70, 92, 98), clarity=0.68, waves=10)

    def rain(pen: Pen, s: float) -> None:
        for _ in range(520):
            x, y, long = random.uniform(0, WIDTH + 80), random.uniform(-40, HEIGHT), random.uniform(18, 52)
            pen.line(
                [x * s, y * s, (x - long * 0.16) * s, (y + long) * s], fill=random.randint(30, 120), width=2
            )

    image = fill(image, shape(rain), (240, 244, 246), 0.5)
    return canvas.finish(image, random, vignette=0.3)


def _houses(
    image: Image.Image,
    random: Random,
    floor: float,
    size: float,
    far: float,
    gap: tuple[float, float] | None = None,
) -> Image.Image:
    veil: Colour = (206, 208, 204)
    damp = canvas.stretch(canvas.noise(random, 12, 6, 3), 130, 190, 0.3)
    x = -60.0
    while x < WIDTH:
        wide, tall = random.uniform(190, 320) * size, random.uniform(170, 300) * size
        if gap and x + wide > gap[0] and x < gap[1]:
            x = gap[1] if x >= gap[0] - 60 else x + 20
            if x < gap[1]:
                wide = gap[0] - x
                if wide < 120:
                    x = gap[1]
                    continue
        wall = mix((238, 234, 224), veil, far)
        tile = mix((58, 62, 70), veil, far)
        image = patch(
            image, [(x, floor), (x, floor - tall), (x + wide, floor - tall), (x + wide, floor)], wall
        )
        stain = canvas.times(
            damp,
            area([(x, floor), (x, floor - tall), (x + wide, floor - tall), (x + wide, floor)]),
        )
        image = fill(image, stain, mix((150, 152, 150), veil, far))
        roof = [
            (x - 22 * size, floor - tall + 6),
            (x + 12, floor - tall - 58 * size),
            (x + wide - 12, floor - tall - 58 * size),
            (x + wide + 22 * size, floor - tall + 6),
        ]
        image = patch(image, roof, tile)

        def grooves(
            pen: Pen, s: float, left: float = x, right: float = x + wide, top: float = floor - tall
        ) -> None:
            at = left
            while at < right:
                pen.line(
                    [at * s, (top - 56 * size) * s, at * s, (top + 4) * s],
                    fill=130,
                    width=max(1, round(3 * size * s)),
                )
                at += 13 * size

        image = fill(image, canvas.times(shape(grooves), area(roof)), mix((30, 32, 40), veil, far), 0.8)
        for place in range(2):
            left = x + wide * (0.2 + 0.4 * place)
            window = [
                (left, floor - tall * 0.62),
                (left + 46 * size, floor - tall * 0.62),
                (left + 46 * size, floor - tall * 0.28),
                (left, floor - tall * 0.28),
            ]
            image = patch(
                image,
                window,
                mix((96, 60, 44) if random.random() < 0.5 else (232, 178, 106), veil, far),
            )
        if far < 0.3:
            for place in range(3):
                lamp = (x + wide * (0.16 + 0.34 * place), floor - tall + 36 * size)
                image = canvas.glow(image, lamp, 74, (255, 150, 90), 0.7)
                image = canvas.disc(image, lamp, 13 * size, (214, 56, 40))
        x += wide + random.uniform(2, 24) * size
    bank = [(0, floor - 14), (WIDTH, floor - 14), (WIDTH, floor), (0, floor)]
    return patch(image, bank, mix((104, 106, 106), veil, far)) if gap is None else image


def _arch(image: Image.Image, x: float, floor: float) -> Image.Image:
    """A stone bridge with one round arch."""
    back = [
        (x + 360 * cos(pi * step / 40), floor - 40 - 210 * sin(pi * step / 40) ** 1.3) for step in range(41)
    ]
    hole = [(x + 190 * cos(pi * step / 40), floor - 176 * sin(pi * step / 40)) for step in range(41)]
    body = area([(x + 380, floor), *back, (x - 380, floor)])
    opening = area(hole)
    through = image.filter(ImageFilter.GaussianBlur(3))
    stone = canvas.gradient([(0, (196, 192, 182)), (1, (124, 124, 122))], round(floor - 260), round(floor))
    image = fill(image, body, stone)
    image = fill(image, opening, through)

    def rail(pen: Pen, s: float) -> None:
        pen.line([(px * s, (py - 26) * s) for px, py in back], fill=255, width=round(7 * s), joint="curve")
        for px, py in back[1:-1:2]:
            pen.line([px * s, py * s, px * s, (py - 40) * s], fill=255, width=round(8 * s))

    return fill(image, shape(rail), (150, 148, 142))
