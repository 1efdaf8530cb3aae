"""Scenes of weather and of the deep: the storm at the dyke, the girder at night, the stair in the lighthouse, fish."""

import itertools
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageFilter

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, below, fill, mix, ridge
from newsroom.demo.pictures.figures import REACH, STAND, person
from newsroom.demo.pictures.labour import fish
from newsroom.demo.pictures.streets import upright


def storm(random: Random) -> Image.Image:
    """The sea comes over the south dyke; two people of the watch stand under its lamp."""
    horizon = 620
    image = canvas.gradient([(0, (30, 40, 50)), (0.5, (78, 92, 100)), (1, (136, 148, 146))], 0, horizon)
    image = canvas.clouds(
        image, random, (20, 28, 38), across=2, down=7, reach=(100, 700), density=(110, 190), strength=0.85
    )
    image = canvas.clouds(
        image, random, (168, 176, 172), across=3, down=12, reach=(200, 640), density=(140, 210), strength=0.5
    )
    image = canvas.water(image, random, horizon, (52, 78, 84), clarity=0.3, waves=30)
    brush = Brush(image)
    for step in range(6):
        level, tall = 650 + step * 66, 18 + step * 13
        phase = random.uniform(0, 6)
        crest = [
            (float(x), level + tall * sin(x / (150 + step * 40) + phase) + tall * 0.4 * sin(x / 61 + phase))
            for x in range(-20, WIDTH + 21, 20)
        ]
        tint = mix((82, 108, 110), (38, 62, 70), step / 5)
        brush.shape([*crest, (WIDTH, level + 220), (0, level + 220)], (tint, mix(tint, (20, 36, 44), 0.6)))
        for _ in range(90 + step * 20):
            x, y = random.choice(crest)
            brush.oval(
                (x + random.uniform(-12, 12), y + random.uniform(-3, tall)),
                5 + step * 3,
                2 + step,
                (232, 238, 236),
                strength=0.4,
            )
    wall = [(0.0, 1040.0), (900.0, 1000.0), (WIDTH, 900.0)]
    image = fill(image, below(wall), canvas.gradient([(0, (112, 112, 110)), (1, (44, 46, 52))], 900, HEIGHT))
    seams = canvas.stretch(canvas.noise(random, 18, 22, 4), 126, 180, 0.4)
    image = fill(image, canvas.times(seams, below(wall)), (36, 38, 44))
    brush = Brush(image)
    brush.line([(0, 1040), (900, 1000), (WIDTH, 900)], 12, (160, 162, 158))
    for burst, (x, y, size) in enumerate(((620, 990, 1.0), (1080, 980, 0.62), (240, 1030, 0.55))):
        for _ in range(520 if burst == 0 else 260):
            angle = random.gauss(-pi / 2, 0.5)
            reach = random.random() ** 0.6 * 640 * size
            r = random.uniform(2, 15) * size * (1.2 - reach / (800 * size))
            brush.oval(
                (x + cos(angle) * reach * 0.7, y + sin(angle) * reach),
                max(1.5, r),
                max(1.5, r * 1.2),
                (236, 242, 240),
                strength=random.uniform(0.15, 0.6),
                soft=random.choice((0, 0, 3)),
            )
        brush.oval((x, y - 120 * size), 170 * size, 190 * size, (226, 234, 232), strength=0.28, soft=36)
    brush.line([(1500, 960), (1500, 420), (1420, 400)], 13, (36, 40, 46))
    brush.light((1414, 414), 420, (255, 222, 160), 0.85)
    brush.oval((1414, 410), 28, 12, (255, 246, 222))
    person(
        brush, 1330, 1090, 290, (222, 150, 50), pose=STAND, way=-1, hat=(222, 150, 50), light=(255, 226, 170)
    )
    person(
        brush, 1440, 1110, 300, (206, 84, 50), pose=REACH, way=-1, hat=(206, 84, 50), light=(255, 226, 170)
    )
    for _ in range(420):
        x, y, long = random.uniform(0, WIDTH + 200), random.uniform(-40, HEIGHT), random.uniform(30, 90)
        brush.line(
            [(x, y), (x - long * 0.6, y + long)], 1.5, (226, 234, 236), strength=random.uniform(0.1, 0.4)
        )
    return canvas.finish(image, random, vignette=0.45)


def girder(random: Random) -> Image.Image:
    """The last girder of the bridge rises from its barge at night, in the light of a hundred lamps."""
    horizon = 900
    image = canvas.gradient([(0, (8, 12, 28)), (0.6, (20, 30, 62)), (1, (58, 62, 96))], 0, horizon)
    image = canvas.stars(image, random, 500, 180)
    image = fill(image, below(ridge(random, 860, 820, 40), horizon), (16, 20, 40))
    brush = Brush(image)
    for _ in range(50):
        brush.light(
            (random.uniform(0, WIDTH), horizon - random.uniform(6, 40)),
            random.uniform(6, 14),
            (255, 206, 140),
            0.9,
        )
    steel: Colour = (120, 130, 150)
    for side in (-1, 1):
        edge = 960 + side * 250
        out = 960 + side * 1000
        brush.shape(
            [(edge, 330), (out, 300), (out, 400), (edge, 410)],
            (mix(steel, (255, 255, 255), 0.2), (50, 56, 76)),
        )
        brush.shape([(edge, 410), (out, 400), (out, 440), (edge - side * -40, 424)], (30, 34, 52))
        for step in range(9):
            x = edge + side * step * 92
            brush.line([(x, 330), (x + side * 46, 408)], 5, (44, 50, 70))
            brush.line([(x + side * 92, 330), (x + side * 46, 408)], 5, (44, 50, 70))
        for cable in range(8):
            brush.line(
                [
                    (edge + side * (60 + cable * 90), 330),
                    (edge + side * (760 + cable * 4), -220 + cable * 30),
                ],
                3.4,
                (150, 160, 180),
                strength=0.8,
            )
        brush.shape(
            [
                (edge - side * 60, 250),
                (edge + side * 190, 250),
                (edge + side * 190, 330),
                (edge - side * 20, 330),
            ],
            ((226, 170, 60), (150, 100, 36)),
        )
        brush.line([(edge - side * 60, 258), (edge - side * 170, 262)], 16, (206, 150, 50))
        for lamp in range(5):
            at = edge + side * (30 + lamp * 160), 300
            brush.line([(at[0], 330), at], 4, (60, 64, 80))
            brush.light(at, 170, (236, 242, 255), 0.8)
        for x in (840, 1080):
            brush.line([(x, 270), (x, 560)], 4, (170, 176, 190))
    brush.shape([(700, 560), (1220, 560), (1180, 660), (740, 660)], ((210, 216, 228), (92, 100, 120)))
    brush.box((690, 540), (1230, 566), ((236, 240, 246), (150, 158, 174)))
    for step in range(11):
        brush.line([(740 + step * 44, 566), (760 + step * 40, 656)], 3, (70, 78, 98))
    brush.light((960, 600), 520, (220, 232, 255), 0.5)
    for x in (820, 900, 1010, 1100):
        person(brush, x, 542, 66, (232, 150, 50), hat=(246, 214, 80), light=(255, 246, 226), shadow=0.0)
    brush.shape([(560, 880), (1380, 880), (1330, 950), (610, 950)], ((70, 56, 58), (30, 26, 34)))
    brush.box((1180, 800), (1300, 884), ((214, 214, 206), (130, 132, 138)))
    for x in range(600, 1360, 76):
        brush.light((x, 872), 46, (255, 222, 160), 0.9)
    image = canvas.water(image, random, horizon + 44, (12, 18, 40), clarity=0.7, waves=18)
    image = canvas.glitter(image, random, 960, horizon + 44, (206, 220, 255), 420, 190)
    return canvas.finish(image, random, vignette=0.5)


def stair(random: Random) -> Image.Image:
    """Looking up the winding stair of the lighthouse to the light. Upright."""
    image = canvas.gradient([(0, (70, 62, 60)), (1, (40, 36, 40))])
    brush = Brush(image)
    centre = (960.0, 560.0)
    for ring in range(30, 0, -1):
        r = 30 * ring
        light = 1 - ring / 32
        brush.oval(centre, r, r * 1.06, mix((52, 44, 46), (226, 206, 170), light**1.6))
    rough = canvas.stretch(canvas.noise(random, 16, 14, 4), 124, 184, 0.3)
    image = fill(image, rough, (40, 30, 30))
    brush = Brush(image)
    turns, steps = 4.2, 108
    points: list[tuple[float, float, float]] = []
    for step in range(steps, -1, -1):
        share = step / steps
        r = 80 + 1100 * share**1.35
        points.append((-pi / 2 + turns * 2 * pi * share, r, share))
    for (a, outer, share), (b, q, _) in itertools.pairwise(points):
        inner = 0.62
        quad = [
            (centre[0] + cos(a) * outer, centre[1] + sin(a) * outer * 1.06),
            (centre[0] + cos(b) * q, centre[1] + sin(b) * q * 1.06),
            (centre[0] + cos(b) * q * inner, centre[1] + sin(b) * q * inner * 1.06),
            (centre[0] + cos(a) * outer * inner, centre[1] + sin(a) * outer * inner * 1.06),
        ]
        tone = mix((214, 190, 152), (74, 62, 64), share**0.6)
        tone = mix(tone, (255, 236, 196), 0.22 * (1 + sin(a)) / 2)
        brush.shape(quad, tone)
        brush.line([quad[0], quad[3]], 1.5 + 5 * share, mix(tone, (20, 16, 22), 0.6))
        brush.line([quad[3], quad[2]], 3 + 10 * share, (150, 52, 44))
        top = centre[0] + cos(a) * outer * inner * 0.9, centre[1] + sin(a) * outer * inner * 0.95
        brush.line([quad[3], top], 1 + 4 * share, (44, 38, 42))
    brush.light(centre, 420, (255, 236, 190), 0.9)
    brush.oval(centre, 60, 64, ((255, 252, 236), (255, 232, 176)), soft=4)
    for spoke in range(8):
        angle = spoke * pi / 4
        brush.line([centre, (centre[0] + cos(angle) * 64, centre[1] + sin(angle) * 68)], 4, (120, 90, 60))
    return upright(canvas.finish(image, random, vignette=0.5))


def reef(random: Random) -> Image.Image:
    """Under the wind farm: the leg of a turbine grown over, and black bream around it."""
    image = canvas.gradient([(0, (120, 200, 206)), (0.35, (36, 132, 156)), (1, (8, 40, 70))])
    veil = canvas.stretch(canvas.noise(random, 4, 8, 4), 120, 210, 0.3)
    image = fill(image, canvas.times(veil, canvas.fade(1.0, 0.0, 0, 800)), (206, 240, 232))
    brush = Brush(image)
    for step in range(9):
        x = 120 + step * 220 + random.uniform(-60, 60)
        brush.shape(
            [(x, -20), (x + 90, -20), (x + 10 + step * 30 - 120, 1000), (x - 240 + step * 10, 1000)],
            (206, 244, 236),
            strength=0.1,
            soft=22,
        )
    back: Colour = (30, 74, 96)
    for _ in range(90):
        x, y = random.gauss(700, 420), random.gauss(420, 130)
        fish(brush, x, y, random.uniform(10, 20), mix(back, (70, 150, 166), 0.5), random.uniform(-0.2, 0.1))
    brush.shape([(1290, -20), (1440, -20), (1620, HEIGHT), (1380, HEIGHT)], ((150, 170, 150), (36, 58, 66)))
    growth: list[Colour] = [(34, 48, 58), (96, 88, 74), (150, 116, 90), (70, 96, 76), (186, 150, 120)]
    for _ in range(620):
        share = random.random()
        left, right = 1285 + 100 * share, 1440 + 185 * share
        x, y = random.uniform(left - 26, right + 26), share * HEIGHT
        r = random.uniform(6, 24)
        tint = mix(random.choice(growth), (10, 50, 80), share * 0.5)
        brush.oval((x, y), r * 0.6, r, (mix(tint, (200, 230, 220), 0.25), tint))
    seabed = ridge(random, 1170, 1120, 30)
    image = fill(
        image, below(seabed), canvas.gradient([(0, (60, 100, 104)), (1, (14, 40, 56))], 1100, HEIGHT)
    )
    brush = Brush(image)
    for _ in range(70):
        x = random.uniform(0, WIDTH)
        y = 1160 + random.uniform(0, 90)
        sway = random.uniform(-30, 30)
        brush.line(
            [(x, y), (x + sway * 0.4, y - 60), (x + sway, y - random.uniform(90, 200))],
            random.uniform(4, 9),
            ((70, 140, 100), (24, 74, 66)),
            strength=0.8,
        )
    for x, y, long, turn in (
        (420, 520, 120, 0.05),
        (760, 660, 160, -0.08),
        (1090, 480, 110, 0.1),
        (300, 820, 140, -0.04),
        (980, 900, 190, 0.04),
        (1690, 600, 130, 0.1),
        (620, 330, 80, 0.0),
    ):
        tint = mix((58, 66, 84), (40, 120, 140), 0.25)
        fish(brush, x, y, long, tint, turn, 1 if x < 1300 else -1)
        for band in (-0.35, -0.1, 0.2):
            brush.line(
                [(x + band * long, y - long * 0.22), (x + band * long, y + long * 0.12)],
                long * 0.06,
                (30, 38, 52),
                strength=0.35,
                soft=2,
            )
    for _ in range(60):
        r = random.uniform(2, 9)
        brush.oval((random.gauss(1250, 90), random.uniform(60, 1100)), r, r, (220, 246, 244), strength=0.4)
    image = Image.blend(image, image.filter(ImageFilter.GaussianBlur(3)), 0.35)
    return canvas.finish(image, random, vignette=0.5)
