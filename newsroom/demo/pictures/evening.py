"""Scenes of late hours: the promenade, star trails over the lighthouse, lanterns on the canal."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Point, below, fill, mix, ridge
from newsroom.demo.pictures.figures import REACH, WALK, crowd, person
from newsroom.demo.pictures.streets import upright


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
