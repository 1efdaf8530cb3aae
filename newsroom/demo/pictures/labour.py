"""Scenes of work: the fish auction, the welder, the net menders, the school kitchen."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, below, fill, mix, ridge
from newsroom.demo.pictures.figures import CROUCH, REACH, STAND, crowd, person


def auction(random: Random) -> Image.Image:
    """Before dawn in the fish hall: lamps, wet floor, boxes of fish in rows, and the buyers between them."""
    image = canvas.gradient(
        [(0, (20, 30, 44)), (0.4, (46, 66, 80)), (0.42, (70, 92, 102)), (1, (34, 46, 58))]
    )
    brush = Brush(image)
    vanish = (960.0, 470.0)
    for step in range(7):
        share = step / 7
        y = 30 + (vanish[1] - 120) * share
        brush.box((0, y), (WIDTH, y + 16 * (1 - share) + 3), mix((16, 24, 34), (60, 84, 98), share))
        for lane in (-760, 0, 760):
            x = vanish[0] + lane * (1 - share) * 0.9
            brush.light((x, y + 34), 230 * (1 - share) + 40, (214, 232, 236), 0.75, 0.7)
            brush.box((x - 60 * (1 - share), y + 22), (x + 60 * (1 - share), y + 34), (246, 252, 250))
    brush.box((0, 330), (WIDTH, 540), ((58, 80, 94), (84, 104, 112)), strength=0.7, soft=30)
    for x in range(60, WIDTH, 300):
        brush.box((x, 320), (x + 150, 520), ((20, 34, 66), (70, 92, 128)))
        brush.line([(x, 420), (x + 150, 420)], 4, (40, 54, 66))
    for lane in (-760, 0, 760):
        brush.shape(
            [(vanish[0] + lane * 0.3 - 30, 560), (vanish[0] + lane * 0.3 + 30, 560),
             (vanish[0] + lane * 1.15 + 190, HEIGHT), (vanish[0] + lane * 1.15 - 190, HEIGHT)],
            (214, 230, 232), strength=0.16, soft=26,
        )  # fmt: skip
    crowd(brush, random, [(random.uniform(120, 1800), 600 + random.uniform(-20, 24), 190) for _ in range(15)],
          air=(70, 92, 104), fading=0.0, light=(220, 236, 240))  # fmt: skip
    for row, (y, size) in enumerate(((690, 0.62), (830, 0.86), (1040, 1.24))):
        count = (10, 8, 5)[row]
        for place in range(count):
            x = WIDTH * (place + 0.5) / count + (row % 2) * 40 - 20
            _crate(brush, random, x, y, size)
        if row < 2:
            line = 760 + row * 190
            people = [
                (random.uniform(150, 1780), line + random.uniform(-10, 20), 270 + row * 120) for _ in range(4)
            ]
            crowd(brush, random, people, pose=REACH, light=(220, 236, 240))
    return canvas.finish(image, random, vignette=0.5)


def _crate(brush: Brush, random: Random, x: float, y: float, size: float) -> None:
    wide, deep, tall = 150 * size, 46 * size, 62 * size
    rim: Colour = random.choice([(44, 98, 148), (190, 84, 52), (52, 122, 108)])
    brush.box(
        (x - wide, y), (x + wide, y + tall), (mix(rim, (255, 255, 255), 0.12), mix(rim, (0, 0, 0), 0.45))
    )
    brush.shape(
        [(x - wide, y), (x - wide * 0.84, y - deep), (x + wide * 0.84, y - deep), (x + wide, y)],
        mix(rim, (0, 0, 0), 0.3),
    )
    brush.shape(
        [
            (x - wide * 0.94, y - 3),
            (x - wide * 0.8, y - deep + 4),
            (x + wide * 0.8, y - deep + 4),
            (x + wide * 0.94, y - 3),
        ],
        (206, 224, 230),
    )
    back: Colour = random.choice([(84, 102, 122), (150, 110, 96), (102, 116, 104), (176, 142, 88)])
    for lane in range(3):
        for place in range(6):
            fx = x - wide * 0.74 + place * wide * 0.28 + random.uniform(-6, 6) * size
            fish(
                brush,
                fx,
                y - deep * 0.9 + (lane + 0.5) * deep * 0.34,
                30 * size,
                back,
                random.uniform(-0.25, 0.25),
            )
    for _ in range(14):
        bit = x + random.uniform(-0.85, 0.85) * wide, y - random.uniform(0.1, 0.9) * deep
        brush.oval(bit, 5 * size, 3 * size, (240, 248, 250), strength=0.8)


def fish(
    brush: Brush, x: float, y: float, long: float, back: Colour, turn: float = 0.0, way: int = 1
) -> None:
    """One fish from its side: dark back, pale belly, tail and eye."""

    def at(dx: float, dy: float) -> tuple[float, float]:
        dx *= way
        return x + (dx * cos(turn) - dy * sin(turn)) * long, y + (dx * sin(turn) + dy * cos(turn)) * long

    brush.shape([at(-0.7, 0), at(-1.15, -0.3), at(-1.02, 0), at(-1.15, 0.3)], mix(back, (0, 0, 0), 0.25))
    outline = [at(cos(step / 12 * pi * 2) * 0.85, sin(step / 12 * pi * 2) * 0.3) for step in range(12)]
    brush.shape(outline, (back, mix(back, (240, 244, 246), 0.75)))
    brush.shape([at(-0.1, -0.28), at(0.3, -0.26), at(0.0, -0.46)], mix(back, (0, 0, 0), 0.2))
    brush.oval(at(0.6, -0.06), long * 0.07, long * 0.07, (246, 246, 236))
    brush.oval(at(0.61, -0.06), long * 0.04, long * 0.04, (16, 18, 24))


def welder(random: Random) -> Image.Image:
    """In the yard at night: a welder under a hull, sparks on the ground."""
    image = canvas.gradient([(0, (14, 18, 30)), (0.7, (34, 38, 54)), (1, (22, 22, 30))])
    brush = Brush(image)
    for x in range(-40, WIDTH, 260):
        brush.box((x, 0), (x + 26, 900), ((20, 24, 36), (30, 34, 48)))
        brush.line([(x, 120), (x + 260, 430)], 8, (20, 24, 36))
    brush.shape([(0, 60), (1500, 190), (1780, 470), (1240, 760), (0, 860)], ((92, 44, 44), (44, 26, 34)))
    brush.shape([(0, 60), (1500, 190), (1560, 250), (0, 200)], ((36, 52, 78), (30, 40, 60)))
    for x in range(80, 1500, 190):
        brush.line([(x, 190 + x * 0.06), (x - 30, 850 - x * 0.05)], 3, (26, 20, 28), strength=0.7)
    for y in range(300, 800, 130):
        brush.line([(0, y), (1600, y + 60)], 2.5, (26, 20, 28), strength=0.6)
    rust = canvas.stretch(canvas.noise(random, 9, 8, 4), 130, 200, 0.4)
    image = fill(image, canvas.times(rust, below([(0, 180), (1500, 250), (1600, 480)], 830)), (130, 74, 48))
    image = fill(image, below([(0, 930), (WIDTH, 900)]), (30, 30, 38))
    brush = Brush(image)
    spot = (1150.0, 700.0)
    brush.light(spot, 900, (120, 170, 255), 0.55)
    brush.light(spot, 380, (190, 220, 255), 0.9)
    for x in (300, 620):
        brush.box((x, 700), (x + 90, 950), ((50, 46, 50), (26, 24, 30)))
    brush.shape([(700, 1010), (1240, 1000), (1330, 1080), (720, 1090)], ((60, 62, 72), (36, 36, 44)))
    person(
        brush,
        900,
        1060,
        560,
        (62, 74, 92),
        pose=CROUCH,
        light=(190, 220, 255),
        hat=(46, 50, 58),
        trousers=(40, 46, 60),
    )
    brush.box((975, 655), (1030, 735), ((30, 34, 44), (16, 18, 24)), round_by=10)
    brush.line([(1085, 858), (spot[0], spot[1] + 30)], 9, (24, 26, 32))
    for _ in range(420):
        angle, reach = random.uniform(-0.4, pi * 0.9), random.random() ** 1.8 * 520
        x = spot[0] + cos(angle) * reach
        y = spot[1] + 20 + sin(angle) * reach * 0.5 + (reach / 520) ** 2 * 330
        long = random.uniform(4, 26)
        tint = mix((255, 246, 214), (255, 140, 50), reach / 520)
        brush.line(
            [(x, y), (x + cos(angle) * long, y + long * 0.7)], random.uniform(1.2, 3.4), tint, strength=0.9
        )
    brush.light(spot, 150, (255, 255, 255), 1.0)
    brush.oval(spot, 15, 15, (255, 255, 255), soft=3)
    smoke = canvas.stretch(canvas.noise(random, 5, 5, 4), 122, 190, 0.35)
    image = fill(image, canvas.times(smoke, canvas.fade(0.9, 0.0, 100, 760)), (130, 150, 190))
    return canvas.finish(image, random, vignette=0.55)


def nets(random: Random) -> Image.Image:
    """The quay in the afternoon: nets hang from the poles, women mend them."""
    horizon = 520
    image = canvas.gradient([(0, (110, 168, 196)), (0.7, (206, 222, 214)), (1, (244, 230, 196))], 0, horizon)
    image = canvas.clouds(image, random, (255, 252, 244), across=3, down=6, reach=(0, 460), strength=0.85)
    image = fill(image, below(ridge(random, 430, 380, 60), horizon), (130, 164, 164))
    image = canvas.water(image, random, horizon, (64, 128, 140), clarity=0.45, waves=18)
    image = fill(
        image,
        below([(0, 720), (WIDTH, 660)]),
        canvas.gradient([(0, (206, 190, 164)), (1, (132, 112, 98))], 660),
    )
    stones = canvas.stretch(canvas.noise(random, 36, 40, 3), 124, 168, 0.28)
    image = fill(image, canvas.times(stones, below([(0, 720), (WIDTH, 660)])), (90, 76, 70))
    brush = Brush(image)
    for x, y, tall in ((200, 690, 150), (520, 640, 110), (1500, 650, 120), (1750, 640, 140)):
        brush.line([(x, y), (x + 6, y - tall)], 7, (84, 64, 54))
        brush.shape(
            [(x - 130, y - 12), (x + 150, y - 26), (x + 110, y + 34), (x - 100, y + 34)],
            ((60, 104, 140), (28, 50, 74)),
        )
    tints: list[Colour] = [(58, 118, 112), (66, 92, 136), (150, 92, 70)]
    for step, tint in enumerate(tints):
        left, right, top = 130 + step * 590, 700 + step * 590, 330 + step * 18
        for x in (left, right):
            brush.line([(x, top - 60), (x + 4, 960 + step * 10)], 14, ((128, 96, 70), (78, 56, 44)))
        sag = [(left + (right - left) * i / 16, top + 90 * sin(pi * i / 16)) for i in range(17)]
        foot = [(x + 10, 880 + 34 * sin(x / 60)) for x, _ in sag]
        brush.shape([*sag, *reversed(foot)], tint, strength=0.32)
        for drop in range(15):
            share = drop / 15
            path = [
                (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share + 6 * sin(i * 1.4))
                for i, (a, b) in enumerate(zip(sag, foot, strict=True))
            ]
            brush.line(path, 2.2, mix(tint, (20, 24, 30), 0.25), strength=0.75)
        for i in range(len(sag) - 1):
            for part in (0.0, 0.5):
                a, b = sag[i], foot[i]
                ax = a[0] + (sag[i + 1][0] - a[0]) * part
                brush.line(
                    [(ax, a[1]), (b[0] + (foot[i + 1][0] - b[0]) * part, b[1])],
                    1.8,
                    mix(tint, (20, 24, 30), 0.25),
                    strength=0.7,
                )
        brush.line(sag, 7, (228, 208, 160))
        for cork in sag[1::2]:
            brush.oval(cork, 11, 8, (222, 120, 56))
    for x, feet, tall, coat, way in (
        (470, 1090, 420, (188, 84, 74), 1),
        (820, 1130, 450, (74, 104, 140), -1),
        (1450, 1110, 440, (206, 164, 92), 1),
    ):
        brush.box((x - 90, feet - 86), (x + 50, feet - 4), ((150, 116, 82), (88, 66, 50)))
        person(
            brush,
            x,
            feet,
            tall,
            coat,
            pose=CROUCH,
            way=way,
            hat=(226, 206, 158),
            trousers=(70, 78, 92),
            long_hair=True,
        )
        heap = [
            (x + way * (60 + 240 * i / 10), feet - 10 - 76 * sin(pi * i / 10) - random.uniform(0, 12))
            for i in range(11)
        ]
        brush.shape(heap, ((70, 124, 118), (36, 74, 76)))
    return canvas.finish(image, random, vignette=0.3)


def kitchen(random: Random) -> Image.Image:
    """The school kitchen shortly before noon: woks, flames, steam, three cooks in white."""
    image = canvas.gradient(
        [(0, (196, 204, 200)), (0.55, (226, 226, 214)), (0.56, (150, 156, 160)), (1, (84, 88, 94))]
    )
    brush = Brush(image)
    for y in range(0, 700, 58):
        brush.line([(0, y), (WIDTH, y)], 2, (176, 186, 184), strength=0.8)
        for x in range((y // 58 % 2) * 45, WIDTH, 90):
            brush.line([(x, y), (x, y + 58)], 2, (176, 186, 184), strength=0.8)
    brush.box((1180, 90), (1720, 480), ((176, 214, 226), (232, 238, 222)))
    for x in (1180, 1360, 1540, 1720):
        brush.line([(x, 90), (x, 480)], 10, (246, 246, 240))
    brush.light((1450, 280), 620, (255, 246, 214), 0.5)
    _hood(brush)
    for x, tall, way, pose in ((330, 600, 1, REACH), (900, 640, 1, REACH), (1500, 610, -1, STAND)):
        person(
            brush,
            x,
            960,
            tall,
            (236, 238, 236),
            pose=pose,
            way=way,
            hat=(250, 250, 248),
            trousers=(120, 128, 140),
            shadow=0.0,
        )
        brush.oval(
            (x + way * 12, 960 - tall * 1.0), tall * 0.075, tall * 0.06, ((255, 255, 253), (222, 226, 226))
        )
    brush.box((0, 810), (WIDTH, 860), ((222, 228, 230), (168, 176, 182)))
    brush.box((0, 860), (WIDTH, HEIGHT), ((150, 158, 166), (88, 94, 102)))
    for x in range(0, WIDTH, 480):
        brush.box((x + 20, 900), (x + 460, 1250), ((168, 176, 182), (104, 112, 120)), round_by=8)
        brush.line([(x + 160, 940), (x + 320, 940)], 10, (226, 230, 232))
    for x, greens in ((560, (96, 150, 60)), (1120, (196, 92, 46))):
        for flame in range(15):
            fx = x + (flame - 7) * 24
            lick = random.uniform(22, 54)
            brush.shape(
                [(fx - 12, 822), (fx, 822 - lick), (fx + 12, 822)], ((255, 226, 140), (236, 108, 44)), soft=2
            )
        bowl = [(x + 215 * cos(pi * i / 24), 745 + 92 * sin(pi * i / 24)) for i in range(25)]
        brush.shape(bowl, ((72, 76, 84), (24, 26, 32)))
        brush.oval((x, 745), 215, 40, (40, 42, 48))
        for _ in range(150):
            at = x + random.gauss(0, 84), 735 + random.gauss(0, 12)
            brush.oval(
                at,
                random.uniform(8, 18),
                random.uniform(4, 9),
                mix(greens, (240, 236, 180), random.random() * 0.6),
            )
        brush.line([(x - 215, 742), (x - 330, 700)], 18, (60, 50, 46))
    for x, size in ((1380, 1.0), (1640, 1.15), (120, 0.9)):
        brush.box(
            (x - 100 * size, 810 - 150 * size),
            (x + 100 * size, 812),
            ((214, 220, 224), (128, 136, 144)),
            round_by=12,
        )
        brush.oval((x, 810 - 150 * size), 104 * size, 22 * size, ((236, 240, 242), (180, 188, 194)))
    _steam(brush, random)
    return canvas.finish(image, random, vignette=0.35)


def _hood(brush: Brush) -> None:
    brush.shape([(120, 0), (1060, 0), (960, 210), (220, 210)], ((150, 158, 164), (206, 212, 214)))
    brush.box((210, 200), (970, 232), ((120, 128, 134), (170, 178, 182)))
    brush.line([(60, 330), (1120, 330)], 8, (120, 126, 132))
    for x in range(110, 1110, 96):
        brush.line([(x, 330), (x, 378)], 4, (110, 116, 122))
        if x % 3:
            brush.oval((x, 420), 32, 42, ((150, 156, 162), (84, 90, 98)))
        else:
            brush.line([(x, 378), (x, 470)], 9, (128, 96, 72))
            brush.oval((x, 486), 22, 26, ((186, 190, 194), (110, 116, 122)))


def _steam(brush: Brush, random: Random) -> None:
    for _ in range(34):
        x, rise = random.choice((560, 1120, 1380, 1640)), random.random()
        brush.oval(
            (x + random.gauss(0, 60 + rise * 90), 700 - rise * 520),
            60 + rise * 90,
            44 + rise * 60,
            (250, 250, 246),
            strength=0.1,
            soft=24,
        )
