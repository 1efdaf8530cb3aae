"""Scenes of what people do when they do not work: football, the regatta, the run."""

from math import pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, below, fill, mix, ridge
from newsroom.demo.pictures.figures import COATS, KICK, RAISE, RUN, person


def football(random: Random) -> Image.Image:
    """A school match under floodlights: the shot, the keeper, the stand behind."""
    image = canvas.gradient(
        [(0, (26, 36, 74)), (0.4, (104, 96, 132)), (0.52, (206, 150, 130)), (1, (206, 150, 130))]
    )
    image = canvas.clouds(image, random, (236, 160, 140), across=2, down=10, reach=(60, 560), strength=0.5)
    brush = Brush(image)
    brush.shape([(0, 430), (WIDTH, 470), (WIDTH, 720), (0, 740)], ((60, 62, 84), (40, 42, 58)))
    for row in range(7):
        for place in range(64):
            x, y = place * 31 + (row % 2) * 15, 462 + row * 36 + place * 0.6
            coat = mix(random.choice(COATS), (50, 50, 70), 0.3)
            brush.oval((x, y + 16), 13, 15, coat)
            brush.oval((x, y), 7, 9, (206, 164, 138))
    for x in (170, 1740):
        brush.line([(x, 720), (x, 110)], 12, (36, 40, 56))
        brush.box((x - 76, 70), (x + 76, 130), ((60, 64, 80), (40, 44, 60)))
        for lamp in range(-2, 3):
            brush.light((x + lamp * 30, 100), 150, (240, 246, 255), 0.9)
    grass = canvas.gradient([(0, (70, 128, 70)), (1, (28, 84, 46))], 720, HEIGHT)
    image = fill(image, below([(0, 730), (WIDTH, 710)]), grass)
    blades = canvas.stretch(canvas.noise(random, 60, 70, 3), 120, 170, 0.3)
    image = fill(image, canvas.times(blades, below([(0, 730), (WIDTH, 710)])), (20, 60, 34))
    brush = Brush(image)
    for step in range(6):
        if step % 2:
            left = step * 340 - 100
            brush.shape(
                [(left, 730), (left + 200, 730), (left + 120, HEIGHT), (left - 300, HEIGHT)],
                (120, 176, 96),
                strength=0.18,
                soft=4,
            )
    brush.line([(0, 900), (WIDTH, 860)], 7, (236, 242, 232), strength=0.85)
    brush.line([(1180, 876), (1560, HEIGHT)], 9, (236, 242, 232), strength=0.85)
    goal: list[tuple[tuple[float, float], tuple[float, float]]] = [
        ((1330, 868), (1330, 560)),
        ((1330, 560), (1840, 540)),
        ((1840, 540), (1840, 850)),
    ]
    for i in range(18):
        brush.line([(1340 + i * 30, 560), (1340 + i * 30, 856)], 1.6, (220, 226, 232), strength=0.4)
        brush.line([(1332, 570 + i * 17), (1838, 552 + i * 17)], 1.6, (220, 226, 232), strength=0.4)
    for a, b in goal:
        brush.line([a, b], 13, (248, 250, 250))
    red, blue = (196, 52, 48), (52, 88, 160)
    person(brush, 1590, 880, 330, (226, 190, 70), pose=RAISE, way=-1, trousers=(30, 34, 40))
    person(brush, 420, 960, 380, blue, pose=RUN, way=1, trousers=(240, 240, 244))
    person(brush, 1180, 930, 350, blue, pose=RUN, way=-1, trousers=(240, 240, 244))
    person(brush, 150, 1010, 400, red, pose=RUN, way=1, trousers=(30, 34, 52))
    person(brush, 800, 1140, 580, red, pose=KICK, way=1, trousers=(30, 34, 52))
    brush.oval((1095, 1062), 34, 34, ((252, 252, 250), (176, 182, 186)))
    brush.oval((1100, 1056), 12, 12, (36, 38, 44))
    for _ in range(60):
        brush.oval((1000 + random.gauss(0, 60), 1120 + random.gauss(0, 14)), 5, 3, (70, 110, 50))
    return canvas.finish(image, random, vignette=0.35)


def regatta(random: Random) -> Image.Image:
    """Sails leaning in a fresh breeze off the islands."""
    horizon = 700
    image = canvas.gradient([(0, (40, 110, 172)), (0.6, (136, 188, 216)), (1, (230, 234, 222))], 0, horizon)
    image = canvas.clouds(
        image, random, (255, 255, 252), across=3, down=6, reach=(20, 640), density=(128, 186), strength=0.95
    )
    for height, tint in ((600, (150, 182, 192)), (640, (96, 142, 150))):
        image = fill(image, below(ridge(random, height, height + 70, 60), horizon), tint)
    image = canvas.water(image, random, horizon, (22, 92, 132), clarity=0.35, waves=34)
    image = canvas.ripples(image, random, horizon, (226, 242, 246), 0.55, 560)
    image = canvas.glitter(image, random, 620, horizon, (255, 250, 230), 420, 150)
    brush = Brush(image)
    tints: list[Colour] = [(250, 250, 246), (246, 236, 214), (226, 76, 60), (250, 250, 246), (56, 112, 160)]
    boats = [
        (250, 742, 0.34),
        (620, 738, 0.3),
        (980, 746, 0.36),
        (1330, 740, 0.32),
        (1640, 752, 0.4),
        (420, 800, 0.58),
        (1480, 830, 0.7),
        (940, 940, 1.2),
    ]
    for step, (x, y, size) in enumerate(boats):
        _sail(brush, random, x, y, size, tints[step % len(tints)])
    return canvas.finish(image, random, vignette=0.25)


def _sail(brush: Brush, random: Random, x: float, y: float, size: float, tint: Colour) -> None:
    lean = 0.22

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + (dx + dy * lean) * size, y - (dy - dx * lean * 0.3) * size

    far = max(0.0, 0.5 - size * 0.5)
    pale = mix(tint, (190, 214, 222), far)
    brush.shape(
        [at(-190, -40), at(210, -40), at(150, -90), at(-150, -90)],
        (236, 246, 248),
        strength=0.55,
        soft=9 * size,
    )
    brush.shape(
        [at(-180, 22), at(220, 30), at(150, -42), at(-150, -42)],
        (mix((250, 250, 250), (190, 214, 222), far), (120, 140, 156)),
    )
    brush.line([at(-178, 4), at(205, 8)], 8 * size, mix((196, 52, 48), (190, 214, 222), far))
    brush.line([at(10, 20), at(10, 620)], 8 * size, (90, 96, 104))
    belly = [
        at(0, 600),
        *[at(-250 * (i / 10) ** 0.8 - 26 * sin(pi * i / 10), 600 - 540 * i / 10) for i in range(1, 11)],
        at(0, 62),
    ]
    brush.shape(belly, (pale, mix(pale, (120, 150, 176), 0.35)))
    jib = [
        at(22, 520),
        *[at(22 + 180 * i / 8 - 22 * sin(pi * i / 8), 520 - 470 * i / 8) for i in range(1, 9)],
        at(34, 84),
    ]
    brush.shape(jib, (mix(pale, (255, 255, 255), 0.3), mix(pale, (120, 150, 176), 0.2)))
    for seam in range(1, 6):
        brush.line(
            [at(0, 600 - seam * 90), at(-250 * (seam / 6) ** 0.8, 600 - seam * 90 - 8)],
            2.4 * size,
            mix(pale, (80, 100, 120), 0.35),
            strength=0.6,
        )
    if size > 0.3:
        for dx in (-110, -60, -20):
            brush.oval(at(dx, 66), 13 * size, 17 * size, (206, 160, 130))
            brush.oval(at(dx, 34), 20 * size, 26 * size, random.choice(COATS))


def runners(random: Random) -> Image.Image:
    """The run along the dyke at sunrise, the sea on the left."""
    horizon = 600
    image = canvas.gradient(
        [(0, (90, 120, 170)), (0.5, (240, 176, 140)), (0.9, (255, 220, 160)), (1, (255, 234, 190))],
        0,
        horizon,
    )
    image = canvas.clouds(image, random, (255, 206, 180), across=2, down=12, reach=(60, 560), strength=0.6)
    image = canvas.glow(image, (430, horizon - 10), 620, (255, 224, 160), 0.8)
    image = canvas.disc(image, (430, horizon - 60), 52, (255, 248, 224))
    image = fill(image, below(ridge(random, 590, 540, 26), horizon), (176, 140, 140))
    image = canvas.water(image, random, horizon, (120, 116, 140), clarity=0.66, waves=18)
    image = canvas.glitter(image, random, 430, horizon, (255, 226, 170), 460, 80)
    path = canvas.gradient([(0, (232, 190, 150)), (1, (120, 96, 96))], horizon, HEIGHT)
    image = fill(image, canvas.area([(1120, 600), (1180, 600), (2300, HEIGHT), (560, HEIGHT)]), path)
    image = fill(
        image,
        canvas.area([(1180, 600), (WIDTH, 560), (WIDTH, 1200), (2300, HEIGHT)]),
        canvas.gradient([(0, (140, 140, 96)), (1, (62, 78, 56))], 560, HEIGHT),
    )
    brush = Brush(image)
    brush.shape([(1106, 600), (1120, 600), (560, HEIGHT), (380, HEIGHT)], ((176, 150, 140), (92, 80, 88)))
    for step in range(12):
        share = (step / 11) ** 2.2
        x, y = 1112 - 640 * share, 596 + 650 * share
        brush.line([(x, y), (x, y - 16 - 150 * share)], 2 + 12 * share, (90, 76, 84))
    places = [
        (1160, 660, 90),
        (1190, 690, 116),
        (1150, 720, 140),
        (1250, 760, 176),
        (1140, 800, 208),
        (1330, 850, 256),
        (1120, 900, 300),
        (1260, 980, 360),
        (1500, 1060, 430),
        (1010, 1120, 480),
        (1300, 1220, 560),
    ]
    for step, (x, feet, tall) in enumerate(places):
        far = 0.5 * (1 - tall / 560)
        brush.shape(
            [
                (x - 10, feet),
                (x + 14, feet),
                (x + tall * 0.6, feet + tall * 0.12),
                (x + tall * 0.52, feet + tall * 0.14),
            ],
            (50, 34, 44),
            strength=0.4,
            soft=4,
        )
        person(
            brush,
            x,
            feet,
            tall,
            COATS[(step * 3) % len(COATS)],
            pose=RUN,
            way=-1 if step % 4 else 1,
            air=(250, 200, 156),
            far=far,
            light=(255, 214, 150),
            trousers=(40, 42, 60),
            long_hair=step % 3 == 0,
            shadow=0.0,
        )
        bib = x - tall * 0.04, feet - tall * 0.68
        brush.box(
            (bib[0] - tall * 0.05, bib[1] - tall * 0.04),
            (bib[0] + tall * 0.05, bib[1] + tall * 0.05),
            (246, 244, 236),
            strength=1 - far,
        )
    return canvas.finish(image, random, vignette=0.3)
