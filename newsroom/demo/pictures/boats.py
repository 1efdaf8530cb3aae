"""Scenes with fishing boats: the fleet, the bridge, the wind farm."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import (
    WIDTH,
    Colour,
    Pen,
    Point,
    below,
    fill,
    mix,
    patch,
    ridge,
    shape,
)


def boat(image: Image.Image, x: float, y: float, size: float, ink: Colour, house: Colour) -> Image.Image:
    """A small fishing boat seen from its side, with the dark of its own mirror below."""

    def at(*points: Point) -> list[Point]:
        return [(x + dx * size, y + dy * size) for dx, dy in points]

    brush = Brush(image)
    brush.shape(
        at((-118, 0), (120, 0), (96, 46), (-104, 40)), mix(ink, (0, 0, 0), 0.3), strength=0.55, soft=7
    )
    image = patch(image, at((-60, -36), (-60, -84), (4, -84), (10, -36)), house)
    image = patch(image, at((-68, -84), (-68, -92), (14, -92), (12, -84)), mix(ink, (255, 255, 255), 0.12))
    image = patch(image, at((-50, -76), (-50, -58), (-6, -58), (-6, -76)), mix(ink, (120, 160, 190), 0.3))
    image = patch(image, at((-130, -44), (136, -58), (112, 2), (-112, 2)), ink)
    image = patch(image, at((-131, -44), (137, -58), (134, -50), (-130, -36)), mix(ink, (230, 90, 60), 0.55))

    for a, b, wide in (
        ((40, -50), (40, -196), 5),
        ((40, -190), (128, -60), 2),
        ((40, -190), (-60, -92), 2),
        ((40, -120), (104, -170), 4),
    ):
        brush.line(at(a, b), max(1, wide * size), mix(ink, (0, 0, 0), 0.2))
    return image


def fishing_boats(random: Random) -> Image.Image:
    """The fleet at its moorings on a bright morning."""
    horizon = 560
    image = canvas.gradient([(0, (74, 142, 186)), (0.6, (156, 204, 218)), (1, (232, 236, 220))], 0, horizon)
    image = canvas.clouds(
        image, random, (255, 255, 252), across=4, down=7, reach=(40, 560), density=(130, 185), strength=0.9
    )
    image = fill(image, below(ridge(random, 430, 470, 70), horizon), (126, 166, 172))
    image = fill(image, below(ridge(random, 520, 440, 60), horizon), (86, 132, 130))
    image = _quay_town(image, random, horizon)
    image = canvas.water(image, random, horizon, (40, 116, 132), clarity=0.5, waves=22)
    hulls: list[Colour] = [
        (36, 84, 128),
        (152, 52, 44),
        (40, 110, 104),
        (54, 62, 84),
        (28, 96, 140),
        (176, 104, 48),
    ]
    fleet: list[tuple[float, float, float]] = []
    for row, (level, size, count) in enumerate(
        ((640, 0.62, 8), (760, 0.95, 6), (930, 1.4, 4), (1160, 2.0, 3))
    ):
        step = WIDTH / count
        fleet += [
            (
                step * (i + 0.5 + 0.3 * (row % 2)) + random.uniform(-40, 40) - 60,
                level + random.uniform(-14, 14),
                size,
            )
            for i in range(count)
        ]
    for x, y, size in fleet:
        far = max(0.0, 1 - size / 1.3) * 0.5
        ink = mix(random.choice(hulls), (170, 206, 208), far)
        image = boat(image, x, y, size, ink, mix((244, 240, 228), (196, 216, 214), far))
        flag = [
            (x + 40 * size, y - 196 * size),
            (x + 78 * size, y - 184 * size),
            (x + 40 * size, y - 170 * size),
        ]
        image = patch(image, flag, mix((226, 74, 52), (200, 210, 210), far))
    image = canvas.ripples(image, random, horizon, (214, 240, 238), 0.4, 260)
    return canvas.finish(image, random, vignette=0.25)


def _quay_town(image: Image.Image, random: Random, floor: float) -> Image.Image:
    walls: list[Colour] = [(240, 232, 214), (226, 208, 182), (214, 222, 218), (236, 214, 196)]
    x = -10.0
    while x < WIDTH:
        wide, tall = random.uniform(50, 110), random.uniform(44, 104)
        image = patch(
            image,
            [(x, floor), (x, floor - tall), (x + wide, floor - tall), (x + wide, floor)],
            mix(random.choice(walls), (170, 200, 200), 0.25),
        )
        roof = [(x - 5, floor - tall), (x + wide * 0.5, floor - tall - 24), (x + wide + 5, floor - tall)]
        image = patch(image, roof, mix((110, 104, 112), (170, 200, 200), 0.25))
        x += wide + random.uniform(-4, 14)
    return patch(image, [(0, floor - 12), (WIDTH, floor - 12), (WIDTH, floor), (0, floor)], (112, 120, 118))


def bridge(random: Random) -> Image.Image:
    """A cable-stayed bridge that comes out of the morning mist."""
    horizon = 860
    image = canvas.gradient(
        [(0, (128, 168, 190)), (0.45, (190, 208, 210)), (0.8, (240, 226, 202)), (1, (250, 234, 208))],
        0,
        horizon,
    )
    image = canvas.clouds(image, random, (248, 246, 240), across=3, down=9, reach=(0, 640), strength=0.8)
    image = canvas.glow(image, (520, 560), 520, (255, 236, 190), 0.8)
    for height, rough, ink in (
        (560, 120, (176, 196, 200)),
        (650, 90, (146, 174, 182)),
        (730, 70, (112, 148, 160)),
    ):
        image = fill(
            image, below(ridge(random, height, height + random.uniform(-60, 60), rough), horizon), ink
        )
        image = canvas.haze(image, (244, 236, 220), height + 10, horizon + 60, 0.75)
    far, near = (96, 118, 134), (46, 62, 80)
    image = fill(image, _pylon(1440, horizon, 0.66), mix(far, (236, 232, 222), 0.25))
    image = fill(image, _pylon(560, horizon + 20, 1.0), near)
    deck = [(0, 742), (WIDTH, 776), (WIDTH, 788), (0, 764)]
    image = patch(image, deck, near)

    def traffic(pen: Pen, s: float) -> None:
        x = 30.0
        while x < WIDTH:
            wide, tall = random.choice(((30, 12), (26, 11), (64, 24), (34, 13)))
            y = 742 + 34 * x / WIDTH
            scale = 1 - 0.35 * x / WIDTH
            pen.rounded_rectangle([x * s, (y - tall * scale) * s, (x + wide * scale) * s, y * s], 5, fill=255)
            x += random.uniform(60, 230)

    image = fill(image, shape(traffic), (36, 48, 66))
    image = canvas.haze(image, (246, 236, 216), horizon - 90, horizon + 50, 0.8)
    image = canvas.water(image, random, horizon, (118, 150, 162), clarity=0.66, waves=12)
    image = canvas.haze(image, (246, 238, 222), horizon - 60, horizon + 120, 0.5)
    image = canvas.glitter(image, random, 520, horizon, (255, 240, 206), 300, 90)
    image = boat(image, 1180, 1040, 0.9, (52, 70, 88), (214, 206, 190))
    return canvas.finish(image, random, vignette=0.25)


def _pylon(x: float, floor: float, size: float) -> Image.Image:
    deck, top = floor - 110 * size, floor - 720 * size

    def paint(pen: Pen, s: float) -> None:
        def line(a: Point, b: Point, wide: float) -> None:
            pen.line([a[0] * s, a[1] * s, b[0] * s, b[1] * s], fill=255, width=max(1, round(wide * size * s)))

        for side in (-1, 1):
            line((x + side * 54 * size, floor), (x + side * 62 * size, deck), 24)
            line((x + side * 62 * size, deck), (x + side * 8 * size, top + 150 * size), 20)
        line((x, top + 160 * size), (x, top), 24)
        line((x - 60 * size, deck), (x + 60 * size, deck), 16)
        for cable in range(1, 15):
            high = top + 14 * size + (14 - cable) * 11 * size
            reach = cable * 44 * size + 40 * size
            for side in (-1, 1):
                line((x, high), (x + side * reach, deck + side * reach * 0.02), 2.2)

    return shape(paint)


def wind_farm(random: Random) -> Image.Image:
    """Turbines off the coast, row behind row."""
    horizon = 900
    image = canvas.gradient(
        [(0, (60, 120, 176)), (0.55, (140, 188, 212)), (0.9, (226, 228, 214)), (1, (240, 232, 212))],
        0,
        horizon,
    )
    image = canvas.clouds(
        image, random, (252, 250, 244), across=3, down=8, reach=(60, 860), density=(126, 190), strength=0.85
    )
    rows: list[tuple[float, float, int]] = [(0.3, 0.75, 11), (0.48, 0.5, 7), (0.78, 0.24, 5), (1.35, 0.0, 3)]
    for row, (size, far, count) in enumerate(rows):
        for i in range(count):
            x = WIDTH * (i + 0.5) / count + (row * 97) % 160 - 80
            floor = horizon + (size - 0.3) * 34
            image = fill(
                image,
                _turbine(x, floor, size, random.uniform(0, 2 * pi / 3)),
                mix((250, 250, 248), (198, 214, 216), far),
            )
        image = canvas.haze(image, (236, 232, 216), horizon - 240, horizon + 30, 0.16)
    image = canvas.water(image, random, horizon, (38, 104, 134), clarity=0.36, waves=30)
    image = canvas.ripples(image, random, horizon, (220, 238, 240), 0.5, 520)
    image = boat(image, 420, 1080, 1.15, (150, 60, 44), (244, 240, 230))
    return canvas.finish(image, random, vignette=0.25)


def _turbine(x: float, floor: float, size: float, turn: float) -> Image.Image:
    hub = floor - 520 * size

    def paint(pen: Pen, s: float) -> None:
        pen.polygon(
            [
                ((x - 5 * size) * s, hub * s),
                ((x + 5 * size) * s, hub * s),
                ((x + 10 * size) * s, floor * s),
                ((x - 10 * size) * s, floor * s),
            ],
            fill=235,
        )
        for blade in range(3):
            angle = turn + blade * 2 * pi / 3
            points = [(0, -5), (60, -13), (300, -2), (302, 2), (60, 7), (0, 5)]
            pen.polygon(
                [
                    (
                        (x + (px * cos(angle) - py * sin(angle)) * size) * s,
                        (hub + (px * sin(angle) + py * cos(angle)) * size) * s,
                    )
                    for px, py in points
                ],
                fill=255,
            )
        pen.ellipse(
            [(x - 12 * size) * s, (hub - 12 * size) * s, (x + 12 * size) * s, (hub + 12 * size) * s], fill=255
        )

    return shape(paint)
