"""Scenes of the shore and of late hours: the mud flats, the salt pans, egrets, the promenade, star trails, lanterns."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, Point, below, fill, mix, ridge
from newsroom.demo.pictures.figures import COATS, CROUCH, REACH, WALK, crowd, person
from newsroom.demo.pictures.streets import upright


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


def promenade(random: Random) -> Image.Image:
    """A summer-like night on the eastern quay: lamps, benches, people, the far lights."""
    horizon = 640
    image = canvas.gradient([(0, (12, 18, 46)), (0.6, (40, 46, 92)), (1, (104, 84, 120))], 0, horizon)
    image = canvas.stars(image, random, 420, 150)
    brush = Brush(image)
    for x in range(-20, WIDTH, 46):
        tall = random.uniform(30, 170) * (0.5 + 0.5 * sin(x / 420) ** 2)
        brush.box((x, horizon - tall), (x + random.uniform(26, 46), horizon), (26, 28, 58))
        for _ in range(int(tall / 12)):
            at = x + random.uniform(2, 34), horizon - random.uniform(6, tall)
            brush.box(at, (at[0] + 5, at[1] + 6), (255, 210, 140), strength=random.uniform(0.4, 1.0))
    image = canvas.water(image, random, horizon, (20, 24, 56), clarity=0.75, waves=22)
    stone = canvas.gradient([(0, (150, 118, 108)), (1, (58, 48, 62))], 860, HEIGHT)
    image = fill(image, below([(0, 905), (WIDTH, 860)]), stone)
    brush = Brush(image)
    for step in range(9):
        y = 900 + (step / 8) ** 1.7 * 380
        brush.line([(0, y + 30), (WIDTH, y - 14)], 2 + step * 0.5, (60, 50, 62), strength=0.5)
    for x in range(-300, WIDTH + 500, 150):
        brush.line([(x, 880), (x - (960 - x) * 0.9, HEIGHT + 60)], 2.5, (60, 50, 62), strength=0.35)
    brush.line([(0, 828), (WIDTH, 784)], 9, (190, 180, 176))
    for x in range(20, WIDTH, 86):
        level = 828 - x * 0.0229
        brush.line([(x, level), (x, level + 84)], 7, (120, 112, 120))
    for x, foot, tall in ((260, 930, 560), (960, 918, 540), (1640, 900, 520)):
        brush.line([(x, foot), (x, foot - tall)], 13, ((60, 62, 84), (34, 34, 50)))
        brush.light((x, foot - tall), 420, (255, 214, 150), 0.95)
        brush.light((x, foot + 30), 380, (255, 206, 140), 0.55, 0.32)
        brush.oval((x, foot - tall), 30, 34, ((255, 252, 230), (255, 226, 160)))
    for x, coat in ((500, (204, 196, 182)), (610, (150, 62, 54)), (1300, (58, 84, 122))):
        brush.oval((x, 894), 44, 66, (mix(coat, (255, 220, 160), 0.3), mix(coat, (0, 0, 0), 0.35)))
        brush.oval((x, 806), 25, 31, ((60, 50, 56), (30, 26, 34)))
        brush.line([(x - 34, 868), (x - 62, 926)], 22, mix(coat, (0, 0, 0), 0.2))
    for x in (560, 1330):
        brush.box((x - 150, 930), (x + 150, 952), ((170, 120, 84), (104, 72, 56)))
        brush.box((x - 150, 880), (x + 150, 902), ((170, 120, 84), (104, 72, 56)))
        for leg in (-130, 130):
            brush.line([(x + leg, 952), (x + leg, 1010)], 12, (44, 42, 54))
    crowd(
        brush,
        random,
        [
            (830, 1060, 330),
            (1120, 1030, 300),
            (1190, 1034, 300),
            (1780, 1090, 380),
            (180, 1180, 470),
            (1500, 1220, 510),
            (760, 990, 150),
        ],
        light=(255, 214, 150),
    )
    return canvas.finish(image, random, vignette=0.45)


def star_trails(random: Random) -> Image.Image:
    """Two hours of the night sky over the lighthouse: every star a ring around the pole. Upright."""
    image = canvas.gradient([(0, (8, 14, 38)), (0.6, (22, 38, 80)), (1, (92, 92, 124))], 0, 1100)
    image = canvas.glow(image, (620, 1120), 700, (236, 170, 130), 0.45, 0.5)
    brush = Brush(image)
    pole = (1010.0, 470.0)
    for _ in range(240):
        r, start = 12 + random.random() ** 0.75 * 900, random.uniform(0, 2 * pi)
        sweep = pi / 6 * random.uniform(0.94, 1.0)
        path = [
            (pole[0] + cos(start + sweep * i / 14) * r, pole[1] + sin(start + sweep * i / 14) * r)
            for i in range(15)
        ]
        tint = random.choice([(255, 250, 240), (206, 222, 255), (255, 226, 190)])
        brush.line(path, random.uniform(1.0, 2.6), tint, strength=random.uniform(0.2, 0.85))
    image = fill(image, below(ridge(random, 1080, 1050, 22)), (26, 36, 62))
    brush = Brush(image)
    beam = [(1162, 706), (480, 600), (480, 760)]
    brush.shape(beam, (255, 240, 206), strength=0.28, soft=16)
    headland = [
        (480.0, 1240.0),
        (700.0, 1190.0),
        (900.0, 1120.0),
        (1080.0, 1050.0),
        (1290.0, 1040.0),
        (1440.0, 1080.0),
    ]
    brush.shape([(1128, 1070), (1142, 730), (1184, 730), (1200, 1070)], ((60, 54, 66), (24, 24, 36)))
    for band in (790, 910):
        brush.shape([(1139, band), (1188, band), (1192, band + 60), (1135, band + 60)], (112, 40, 44))
    brush.box((1134, 716), (1192, 732), (20, 20, 30))
    brush.box((1146, 686), (1180, 718), (255, 246, 214))
    brush.shape([(1140, 688), (1163, 656), (1186, 688)], (40, 26, 34))
    brush.light((1163, 702), 260, (255, 236, 190), 1.0)
    brush.shape([*headland, (1440, HEIGHT), (480, HEIGHT)], ((26, 26, 38), (10, 12, 20)))
    person(brush, 880, 1136, 84, (40, 44, 60), pose=WALK, light=(255, 220, 170), shadow=0.0)
    brush.line([(930, 1122), (944, 1076), (958, 1122)], 3, (20, 20, 28))
    brush.box((936, 1064), (956, 1080), (24, 24, 32))
    return upright(canvas.finish(image, random, vignette=0.4))


def lanterns(random: Random) -> Image.Image:
    """The canal after dark, lanterns on both sides, one boat. Upright."""
    floor = 640
    image = canvas.gradient([(0, (18, 26, 56)), (0.7, (70, 64, 98)), (1, (150, 104, 104))], 0, floor)
    brush = Brush(image)
    vanish = (960.0, 590.0)
    lamps: list[tuple[Point, float]] = []
    for step in range(8):
        size = 0.14 + (step / 7) ** 1.6 * 1.1
        veil = 0.5 * (1 - step / 7)
        for side in (-1, 1):
            inner = vanish[0] + side * (70 + 400 * size)
            outer = vanish[0] + side * 980
            top = vanish[1] - 430 * size
            wall = mix((150, 140, 146), (120, 90, 104), veil)
            left, right = min(inner, outer), max(inner, outer)
            brush.box(
                (left, top),
                (right, floor + 40 * size),
                (mix(wall, (30, 26, 48), 0.35), mix(wall, (255, 170, 110), 0.25)),
            )
            brush.shape(
                [
                    (inner - side * 50 * size, top + 46 * size),
                    (inner + side * 60 * size, top - 66 * size),
                    (outer, top - 66 * size),
                    (outer, top + 46 * size),
                ],
                mix((26, 28, 42), (110, 84, 100), veil),
            )
            for pane in range(2):
                x = inner + side * (60 + pane * 130) * size
                brush.box(
                    (min(x, x + side * 80 * size), top + 190 * size),
                    (max(x, x + side * 80 * size), top + 330 * size),
                    ((255, 214, 140), (236, 150, 84)),
                    strength=0.9 if (step + pane) % 3 else 0.25,
                )
            lamps.append(((inner - side * 30 * size, top + 120 * size), size))
            lamps.append(((inner - side * 30 * size, top + 210 * size), size))
    for at, size in lamps:
        brush.light(at, 170 * size, (255, 130, 70), 0.9)
        brush.oval(at, 26 * size, 32 * size, ((255, 120, 80), (196, 36, 34)))
        brush.line([(at[0], at[1] + 32 * size), (at[0], at[1] + 58 * size)], 4 * size, (230, 170, 80))
    image = canvas.water(image, random, floor, (26, 24, 50), clarity=0.82, waves=16)
    brush = Brush(image)
    for at, size in lamps:
        brush.light((at[0], floor + (floor - at[1]) * 0.8), 120 * size, (255, 140, 80), 0.5, 1.7)
    x, y = 930, 1010
    brush.oval((x, y + 20), 190, 22, (10, 8, 18), strength=0.6, soft=8)
    brush.shape(
        [
            (x - 220, y - 34),
            (x - 150, y - 18),
            (x + 150, y - 18),
            (x + 230, y - 40),
            (x + 160, y + 26),
            (x - 160, y + 26),
        ],
        ((70, 48, 44), (24, 18, 24)),
    )
    hood = [(x - 90 + 180 * i / 12, y - 20 - 96 * sin(pi * i / 12)) for i in range(13)]
    brush.shape(hood, ((90, 74, 62), (40, 32, 36)))
    brush.light((x + 120, y - 70), 150, (255, 200, 120), 0.9)
    brush.oval((x + 120, y - 66), 13, 17, (255, 236, 180))
    person(
        brush,
        x - 150,
        y - 10,
        210,
        (60, 70, 100),
        pose=REACH,
        way=-1,
        hat=(190, 160, 110),
        light=(255, 180, 120),
        shadow=0.0,
    )
    brush.line([(x - 210, y - 150), (x - 330, y + 60)], 8, (96, 70, 52))
    return upright(canvas.finish(image, random, vignette=0.45))
