"""Scenes of the shore: the mud flats at low water, the salt pans, egrets on their way home."""

from math import pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, Point, below, fill, mix, ridge
from newsroom.demo.pictures.figures import COATS, CROUCH, REACH, WALK, person


def mudflat(random: Random) -> Image.Image:
    """Low water towards evening: creeks full of light, people with buckets."""
    horizon = 470
    image = canvas.gradient([(0, (92, 104, 150)), (0.55, (232, 158, 128)), (1, (255, 214, 150))], 0, horizon)
    image = canvas.clouds(image, random, (255, 196, 160), across=2, down=12, reach=(20, 460), strength=0.6)
    image = canvas.glow(image, (1350, horizon), 620, (255, 226, 160), 0.85)
    image = canvas.disc(image, (1350, horizon - 40), 44, (255, 250, 226))
    image = fill(image, below(ridge(random, 450, 420, 26), horizon), (140, 104, 116))
    mud = canvas.gradient([(0, (176, 130, 116)), (0.4, (112, 86, 88)), (1, (54, 44, 54))], horizon, HEIGHT)
    image = fill(image, below([(0, horizon), (WIDTH, horizon)]), mud)
    waves = canvas.stretch(canvas.noise(random, 12, 60, 3), 122, 170, 0.5)
    image = fill(image, canvas.times(waves, below([(0, horizon), (WIDTH, horizon)])), (46, 38, 48))
    brush = Brush(image)
    light: tuple[Colour, Colour] = ((255, 222, 160), (206, 150, 130))
    for start, spread, phase in ((1330, 24, 0.0), (700, 14, 2.0), (1700, 14, 4.0), (250, 10, 1.0)):
        left: list[Point] = []
        right: list[Point] = []
        for step in range(26):
            share = step / 25
            y = horizon + 4 + share**1.6 * (HEIGHT - horizon)
            x = start + (start - 960) * share * 0.8 + sin(share * 9 + phase) * 150 * share
            wide = 3 + spread * share * 5
            left.append((x - wide, y))
            right.append((x + wide * 1.3, y))
        brush.shape([*left, *reversed(right)], light, strength=0.85, soft=3)
    for _ in range(520):
        near = random.random() ** 1.6
        x, y = random.uniform(0, WIDTH), horizon + 8 + near * (HEIGHT - horizon)
        brush.oval(
            (x, y),
            4 + near * random.uniform(8, 46),
            1 + near * 5,
            (255, 214, 160),
            strength=random.uniform(0.1, 0.5),
        )
    for x, feet, tall, pose, way in (
        (420, 640, 120, WALK, 1), (560, 655, 126, CROUCH, 1), (1120, 690, 150, WALK, -1), (1560, 720, 160, CROUCH, -1),
        (820, 820, 250, WALK, 1), (1480, 1010, 380, CROUCH, -1), (520, 1130, 470, WALK, 1),
    ):  # fmt: skip
        ink = mix(random.choice(COATS), (40, 30, 44), 0.5)
        person(
            brush,
            x,
            feet,
            tall,
            ink,
            pose=pose,
            way=way,
            hat=(196, 168, 116),
            trousers=(44, 38, 52),
            air=(230, 170, 140),
            far=0.3 * (1 - tall / 470),
            light=(255, 206, 140),
        )
        pail = x + way * tall * 0.2, feet - (tall * 0.36 if pose is WALK else tall * 0.1)
        brush.line([(pail[0], pail[1] - tall * 0.12), pail], tall * 0.012, (40, 36, 44))
        brush.shape(
            [
                (pail[0] - tall * 0.08, pail[1]),
                (pail[0] + tall * 0.08, pail[1]),
                (pail[0] + tall * 0.06, pail[1] + tall * 0.14),
                (pail[0] - tall * 0.06, pail[1] + tall * 0.14),
            ],
            ((120, 150, 170), (50, 66, 84)),
        )
    return canvas.finish(image, random, vignette=0.4)


def saltpans(random: Random) -> Image.Image:
    """Square after square of salt water with the sky in it, white heaps, men with rakes."""
    horizon = 420
    image = canvas.gradient([(0, (70, 138, 190)), (0.6, (170, 206, 220)), (1, (240, 236, 216))], 0, horizon)
    image = canvas.clouds(
        image, random, (255, 255, 252), across=3, down=7, reach=(10, 400), density=(126, 184), strength=0.95
    )
    image = fill(image, below(ridge(random, 390, 350, 50), horizon), (130, 160, 170))
    image = fill(
        image,
        below([(0, horizon), (WIDTH, horizon)]),
        canvas.gradient([(0, (190, 176, 152)), (1, (110, 94, 80))], horizon, HEIGHT),
    )
    sky = (
        image.crop((0, 0, WIDTH, horizon))
        .transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        .resize((WIDTH, HEIGHT - horizon))
    )
    mirror = image.copy()
    mirror.paste(sky, (0, horizon))
    vanish = (1000.0, horizon - 30.0)

    def ground(across: float, depth: float) -> Point:
        y = horizon + 14 + (HEIGHT + 120 - horizon) * depth**1.9
        return vanish[0] + across * (y - vanish[1]) * 1.25, y

    rows, columns = 7, 9
    for row in range(rows):
        far, near = row / rows + 0.02, (row + 1) / rows - 0.006
        for column in range(-columns, columns):
            a, b = column / 4 + 0.012, (column + 1) / 4 - 0.012
            pan = [ground(a, far), ground(b, far), ground(b, near), ground(a, near)]
            if min(x for x, _ in pan) > WIDTH or max(x for x, _ in pan) < 0:
                continue
            image = fill(image, canvas.area(pan), mirror)
            tint = random.choice([(226, 236, 240), (206, 160, 140), (120, 170, 190), (240, 240, 236)])
            Brush(image).shape(pan, tint, strength=random.uniform(0.08, 0.4))
    brush = Brush(image)
    for across, depth, size in (
        (-0.5, 0.28, 0.35),
        (0.25, 0.3, 0.4),
        (0.75, 0.42, 0.6),
        (-0.26, 0.57, 0.9),
        (0.5, 0.72, 1.5),
        (-0.74, 0.72, 1.4),
    ):
        x, y = ground(across, depth)
        heap = [
            (x - 120 * size, y),
            (x - 60 * size, y - 62 * size),
            (x, y - 96 * size),
            (x + 66 * size, y - 56 * size),
            (x + 126 * size, y),
        ]
        brush.shape(heap, ((255, 255, 253), (206, 212, 218)))
        brush.shape(
            [(x, y - 96 * size), (x + 66 * size, y - 56 * size), (x + 126 * size, y), (x + 20 * size, y)],
            (150, 164, 182),
            strength=0.5,
            soft=6 * size,
        )
    for across, depth, tall, way in ((-0.05, 0.36, 150, 1), (0.5, 0.48, 210, -1), (0.02, 0.74, 430, 1)):
        x, feet = ground(across, depth)
        person(
            brush,
            x,
            feet,
            tall,
            (66, 98, 140) if way > 0 else (176, 84, 66),
            pose=REACH,
            way=way,
            hat=(232, 214, 164),
            trousers=(66, 70, 82),
        )
        hand, blade = (x + way * tall * 0.26, feet - tall * 0.62), (x + way * tall * 0.85, feet - tall * 0.02)
        brush.line([hand, blade], tall * 0.02, (140, 104, 70))
        brush.line(
            [
                (blade[0] - tall * 0.05, blade[1] - tall * 0.08),
                (blade[0] + tall * 0.05, blade[1] + tall * 0.06),
            ],
            tall * 0.04,
            (110, 78, 54),
        )
    return canvas.finish(image, random, vignette=0.3)


def egrets(random: Random) -> Image.Image:
    """Egrets on their way home over the reeds."""
    horizon = 760
    image = canvas.gradient(
        [(0, (84, 78, 128)), (0.45, (206, 122, 122)), (0.85, (252, 190, 120)), (1, (255, 220, 160))],
        0,
        horizon,
    )
    image = canvas.clouds(image, random, (255, 170, 140), across=2, down=10, reach=(60, 700), strength=0.55)
    image = canvas.glow(image, (620, horizon), 760, (255, 220, 150), 0.7)
    for height, tint in ((650, (150, 96, 118)), (710, (104, 70, 96))):
        image = fill(image, below(ridge(random, height, height - 40, 50), horizon), tint)
    image = canvas.water(image, random, horizon, (110, 78, 100), clarity=0.72, waves=14)
    image = canvas.glitter(image, random, 620, horizon, (255, 220, 160), 420, 110)
    brush = Brush(image)
    for i in range(58):
        share = i / 57
        size = 16 + 74 * share**1.6
        x = 1500 - 1150 * share + random.gauss(0, 70 + 130 * share)
        y = 520 - 330 * sin(share * pi * 0.9) + random.gauss(0, 34 + 60 * share)
        _egret(brush, random, x, y, size)
    for _ in range(300):
        x = random.uniform(-20, WIDTH + 20)
        tall = random.uniform(120, 380) * (0.55 + 0.45 * abs(x - 960) / 960)
        lean = random.uniform(-40, 60)
        ink = mix((44, 34, 44), (96, 66, 62), random.random())
        brush.line(
            [(x, HEIGHT + 10), (x + lean * 0.4, HEIGHT - tall * 0.6), (x + lean, HEIGHT - tall)],
            random.uniform(2.5, 6),
            ink,
        )
        if random.random() < 0.3:
            brush.line(
                [(x + lean, HEIGHT - tall), (x + lean * 1.4, HEIGHT - tall - 46)],
                10,
                mix(ink, (190, 130, 90), 0.4),
                soft=1.5,
            )
    return canvas.finish(image, random, vignette=0.4)


def _egret(brush: Brush, random: Random, x: float, y: float, size: float) -> None:
    lift = random.uniform(-0.8, 0.9)
    white: tuple[Colour, Colour] = ((255, 250, 240), (226, 196, 196))
    for side in (-1, 1):
        tip = x + side * size * 0.9, y - size * lift
        bend = x + side * size * 0.42, y - size * (0.3 + lift * 0.4)
        brush.shape(
            [
                (x - size * 0.12, y),
                bend,
                tip,
                (x + side * size * 0.5, y - size * lift * 0.35 + size * 0.1),
                (x + size * 0.14, y + size * 0.08),
            ],
            white if side < 0 else (214, 184, 190),
        )
    brush.oval((x, y + size * 0.02), size * 0.34, size * 0.1, white)
    brush.line(
        [(x - size * 0.3, y), (x - size * 0.46, y - size * 0.1), (x - size * 0.6, y - size * 0.04)],
        size * 0.07,
        (255, 250, 240),
    )
    brush.line([(x - size * 0.6, y - size * 0.04), (x - size * 0.78, y)], size * 0.035, (236, 170, 80))
    brush.line(
        [(x + size * 0.3, y + size * 0.04), (x + size * 0.72, y + size * 0.12)], size * 0.035, (70, 60, 66)
    )
