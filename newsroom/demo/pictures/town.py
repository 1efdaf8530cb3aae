"""Scenes of the town: market street, skyline."""

import itertools
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, Pen, Point, fill, mix, patch, shape
from newsroom.demo.pictures.figures import COATS, WALK, person


def market(random: Random) -> Image.Image:
    """The market street in the evening: awnings, lamps, and people on their way between the stalls."""
    vanish = (980.0, 560.0)
    image = canvas.gradient(
        [(0, (30, 40, 78)), (0.3, (92, 84, 124)), (0.46, (240, 168, 120)), (1, (70, 52, 60))]
    )
    image = canvas.glow(image, vanish, 620, (255, 196, 130), 0.9)

    def towards(point: Point, share: float) -> Point:
        return point[0] + (vanish[0] - point[0]) * share, point[1] + (vanish[1] - point[1]) * share

    street = canvas.gradient([(0, (196, 132, 100)), (0.35, (120, 86, 88)), (1, (52, 42, 58))], 600, HEIGHT)
    image = patch(image, [vanish, (-300, HEIGHT), (2300, HEIGHT)], street)
    depths = [0.95 - 0.95 * (step / 9) ** 1.15 for step in range(10)]
    cloth: list[Colour] = [
        (196, 66, 54),
        (44, 106, 122),
        (222, 154, 66),
        (72, 120, 88),
        (150, 70, 96),
        (56, 84, 140),
    ]
    for far, near in itertools.pairwise(depths):
        dim = max(0.0, far - 0.2) * 0.75
        warm: Colour = (246, 186, 130)
        for side, edge in ((-1, -420.0), (1, 2380.0)):
            inner = 260.0 if side < 0 else 1700.0
            house = [
                towards((edge, -500), far),
                towards((edge, -500), near),
                towards((edge, 1400), near),
                towards((edge, 1400), far),
            ]
            image = patch(image, house, mix((64, 54, 78), warm, dim))
            for storey in range(2):
                high, low = -380 + storey * 250, -240 + storey * 250
                left, right = far + (near - far) * 0.3, far + (near - far) * 0.7
                pane = [
                    towards((edge, high), left),
                    towards((edge, high), right),
                    towards((edge, low), right),
                    towards((edge, low), left),
                ]
                lit = random.random() < 0.6
                image = patch(image, pane, mix((244, 190, 110) if lit else (40, 36, 58), warm, dim))
            colour = mix(random.choice(cloth), warm, dim)
            top, front = 130.0, 400.0
            awning = [
                towards((edge, top), far),
                towards((inner, front), far),
                towards((inner, front), near),
                towards((edge, top), near),
            ]
            image = patch(image, awning, colour)
            for stripe in range(1, 6, 2):
                a, b = far + (near - far) * stripe / 6, far + (near - far) * (stripe + 1) / 6
                band = [
                    towards((edge, top), a),
                    towards((inner, front), a),
                    towards((inner, front), b),
                    towards((edge, top), b),
                ]
                image = patch(image, band, mix((246, 232, 208), warm, dim))
            frill = [
                towards((inner, front), far),
                towards((inner, front), near),
                towards((inner, front + 40), near),
                towards((inner, front + 40), far),
            ]
            image = patch(image, frill, mix(colour, (30, 20, 30), 0.25))
            stall = [
                towards((inner, 960), far),
                towards((inner, 960), near),
                towards((inner, 1300), near),
                towards((inner, 1300), far),
            ]
            image = patch(image, stall, mix((92, 60, 52), warm, dim * 0.8))
            image = _goods(
                image,
                random,
                towards((inner, 950), far),
                towards((inner, 950), near),
                30 * (1 - far) + 3,
                dim,
            )
            lamp = towards((inner, 520), (far + near) / 2)
            image = canvas.glow(image, lamp, 190 * (1 - far) + 20, (255, 206, 130), 0.85)
            image = canvas.disc(image, lamp, 17 * (1 - far) + 2, (255, 240, 200))
    image = _crowd(image, random, vanish)
    return canvas.finish(image, random, vignette=0.45)


def _goods(
    image: Image.Image, random: Random, far: Point, near: Point, size: float, dim: float
) -> Image.Image:
    fruit: list[Colour] = [(226, 120, 48), (200, 60, 50), (150, 170, 70), (232, 196, 90), (206, 214, 220)]
    brush = Brush(image)
    for layer in range(2):
        colour = mix(random.choice(fruit), (246, 186, 130), dim)
        rise = layer * size * 0.7
        for _ in range(26):
            share = random.random()
            x, y = far[0] + (near[0] - far[0]) * share, far[1] + (near[1] - far[1]) * share - rise
            r = size * (0.5 + share * 0.6)
            y -= random.uniform(0, r)
            brush.oval((x, y), r, r, (mix(colour, (255, 250, 230), 0.35), mix(colour, (60, 20, 20), 0.2)))
    return image


def _crowd(image: Image.Image, random: Random, vanish: Point) -> Image.Image:
    brush = Brush(image)
    for share in sorted((random.random() ** 0.8 * 0.9 for _ in range(34)), reverse=True):
        size = (1 - share) * 1.0
        x = vanish[0] + random.uniform(-560, 560) * size + 20 * size
        person(
            brush,
            x,
            vanish[1] + 660 * size + 20,
            330 * size,
            mix(random.choice(COATS), (40, 30, 46), 0.45),
            pose=WALK,
            way=random.choice((-1, 1)),
            air=(236, 170, 120),
            far=max(0.0, share - 0.2) * 0.8,
            light=(255, 206, 130),
            long_hair=random.random() < 0.4,
        )
    return image


def skyline(random: Random) -> Image.Image:
    """The new town across the bay at night."""
    horizon = 820
    image = canvas.gradient(
        [(0, (8, 12, 34)), (0.5, (24, 30, 70)), (0.85, (74, 60, 110)), (1, (126, 84, 118))], 0, horizon
    )
    image = canvas.stars(image, random, 420, 160)
    image = canvas.clouds(image, random, (96, 74, 120), across=3, down=10, reach=(100, 760), strength=0.6)
    image = canvas.glow(image, (960, horizon), 900, (240, 150, 110), 0.42, 0.4)
    for tall, wide, ink, lit in (
        (250, 56, (46, 42, 84), 0.3),
        (360, 84, (30, 30, 64), 0.42),
        (520, 118, (16, 18, 42), 0.5),
    ):
        image = _towers(image, random, horizon, tall, wide, ink, lit)
    image = fill(image, _spire(1180, horizon), (20, 22, 48))
    image = canvas.glow(image, (1180, horizon - 640), 22, (255, 90, 80), 1.0)
    for x in range(20, WIDTH, 74):
        image = canvas.glow(image, (x, horizon - 8), 24, (255, 208, 140), 0.9)
    image = canvas.water(image, random, horizon, (10, 14, 36), clarity=0.72, waves=20)
    image = canvas.ripples(image, random, horizon, (90, 96, 160), 0.3, 300)
    return canvas.finish(image, random)


def _towers(
    image: Image.Image, random: Random, floor: float, tall: float, wide: float, ink: Colour, lit: float
) -> Image.Image:
    blocks: list[tuple[float, float, float]] = []
    x = -30.0
    while x < WIDTH:
        across = wide * random.uniform(0.6, 1.25)
        centre = 1 - abs(x - WIDTH * 0.56) / WIDTH
        blocks.append((x, across, tall * random.uniform(0.35, 0.85) * (0.5 + centre * 0.7)))
        x += across + (random.uniform(6, 60) if tall > 300 else random.uniform(-8, 14))

    def walls(pen: Pen, s: float) -> None:
        for left, across, high in blocks:
            pen.rectangle([left * s, (floor - high) * s, (left + across) * s, floor * s], fill=255)

    def windows(warm: bool) -> Image.Image:
        def paint(pen: Pen, s: float) -> None:
            for left, across, high in blocks:
                for row in range(int(high / 15) - 1):
                    for column in range(int(across / 13) - 1):
                        if random.random() < lit * (0.75 if warm else 0.25):
                            wx, wy = left + 8 + column * 13, floor - high + 12 + row * 15
                            pen.rectangle(
                                [wx * s, wy * s, (wx + 6.5) * s, (wy + 8) * s], fill=random.randint(90, 255)
                            )

        return shape(paint)

    image = fill(image, shape(walls), ink)
    image = fill(image, windows(True), (255, 204, 128))
    image = fill(image, windows(False), (150, 210, 255))
    return image


def _spire(x: float, floor: float) -> Image.Image:
    def paint(pen: Pen, s: float) -> None:
        pen.polygon(
            [
                ((x - 26) * s, floor * s),
                ((x - 7) * s, (floor - 470) * s),
                ((x + 7) * s, (floor - 470) * s),
                ((x + 26) * s, floor * s),
            ],
            fill=255,
        )
        pen.ellipse([(x - 44) * s, (floor - 420) * s, (x + 44) * s, (floor - 356) * s], fill=255)
        pen.line([x * s, (floor - 460) * s, x * s, (floor - 640) * s], fill=255, width=round(5 * s))

    return shape(paint)
