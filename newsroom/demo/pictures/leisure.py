"""Scenes of what people do when they do not work: football, the regatta, the run, the theatre, the classroom."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, below, fill, mix, ridge
from newsroom.demo.pictures.figures import COATS, KICK, RAISE, RUN, person, seated


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


def theatre(random: Random) -> Image.Image:
    """The evening's last scene: two singers in the light, the curtain, the heads of the audience."""
    image = canvas.gradient([(0, (30, 12, 22)), (0.6, (64, 24, 34)), (1, (14, 8, 14))])
    brush = Brush(image)
    brush.box((330, 150), (1590, 890), ((34, 52, 96), (150, 110, 110)))
    brush.oval((1180, 360), 110, 110, ((255, 244, 206), (250, 220, 160)))
    brush.light((1180, 360), 420, (255, 226, 160), 0.7)
    peaks: list[tuple[int, Colour]] = [(560, (70, 84, 124)), (640, (52, 62, 98)), (720, (38, 44, 72))]
    for level, tint in peaks:
        line = [(x, y) for x, y in ridge(random, level, level - 30, 90) if 330 <= x <= 1590]
        brush.shape([(330, 890), (330, level), *line, (1590, level), (1590, 890)], tint)
    brush.shape([(300, 890), (1620, 890), (1760, 1010), (160, 1010)], ((150, 104, 72), (96, 62, 46)))
    for x in range(330, 1620, 92):
        brush.line([(x, 890), (960 + (x - 960) * 1.24, 1010)], 2, (70, 44, 34), strength=0.6)
    for side in (-1, 1):
        for fold in range(8):
            x = 960 + side * (690 + fold * 40)
            brush.shape(
                [(x - 30, 0), (x + 30, 0), (x + 34 + side * 20, 960), (x - 34 + side * 20, 960)],
                ((206, 44, 46) if fold % 2 else (130, 20, 30), (96, 12, 24) if fold % 2 else (60, 8, 18)),
            )
    for swag in range(7):
        cx = 180 + swag * 260
        brush.oval((cx, 60), 180, 130, ((214, 52, 50), (120, 18, 28)))
        brush.line(
            [(cx - 150 + 300 * i / 12, 132 + 50 * sin(pi * i / 12)) for i in range(13)], 9, (228, 184, 96)
        )
    brush.light((840, 880), 330, (255, 236, 190), 0.75, 0.3)
    for x, low in ((640, 420), (1010, 560)):
        brush.shape(
            [(x, 0), (x + 30, 0), (low + 660, 960), (low + 140, 960)], (255, 240, 206), strength=0.15, soft=24
        )
    for x, robe, sash, way in (
        (760, (226, 214, 196), (66, 118, 150), 1),
        (1060, (186, 48, 52), (236, 190, 90), -1),
    ):
        brush.oval((x, 952), 130, 18, (30, 16, 20), strength=0.5, soft=8)
        hem = [(x - 62, 640), (x + 62, 640), (x + 120, 945), (x - 120, 945)]
        brush.shape(hem, (mix(robe, (255, 255, 255), 0.2), mix(robe, (40, 20, 30), 0.35)))
        for fold in (-50, -10, 40):
            brush.line(
                [(x + fold * 0.5, 690), (x + fold * 1.5, 938)], 5, mix(robe, (60, 30, 40), 0.4), strength=0.6
            )
        brush.line(
            [(x + way * 40, 660), (x + way * 150, 610), (x + way * 210, 560)],
            40,
            mix(robe, (255, 255, 255), 0.1),
        )
        sleeve = [
            (x + way * 190, 560),
            (x + way * 300, 620),
            (x + way * 330, 740),
            (x + way * 250, 690),
            (x + way * 190, 610),
        ]
        brush.shape(sleeve, ((252, 250, 246), (214, 206, 200)))
        brush.line(
            [(x - way * 30, 660), (x - way * 90, 740), (x - way * 60, 800)], 36, mix(robe, (0, 0, 0), 0.12)
        )
        brush.box((x - 60, 752), (x + 60, 782), sash)
        brush.oval((x, 590), 38, 48, ((244, 214, 194), (216, 160, 140)))
        brush.oval((x - way * 6, 562), 44, 34, (24, 20, 28))
        for bead in range(-3, 4):
            brush.oval(
                (x + bead * 15, 540 - 10 * cos(bead * 0.45)),
                8,
                8,
                (240, 206, 110) if bead % 2 else (90, 190, 206),
            )
    for row, (y, size, count) in enumerate(((1060, 120, 13), (1150, 160, 10), (1260, 210, 8))):
        for seat in range(count):
            at = WIDTH * (seat + 0.5) / count + (row % 2) * 60 - 30
            seated(
                brush,
                at,
                y + size * 0.7,
                size,
                mix(random.choice(COATS), (20, 10, 18), 0.78),
                light=(214, 120, 96),
                hair=(18, 12, 18),
            )
    return canvas.finish(image, random, vignette=0.5)


def classroom(random: Random) -> Image.Image:
    """A lesson about the tides: the board, the teacher, the class from behind, morning light from the windows."""
    image = canvas.gradient(
        [(0, (232, 226, 206)), (0.66, (214, 206, 184)), (0.67, (150, 112, 80)), (1, (92, 66, 52))]
    )
    brush = Brush(image)
    for x in (40, 300):
        brush.box((x, 130), (x + 210, 640), ((168, 210, 230), (222, 236, 222)))
        brush.shape(
            [(x, 560), (x + 60, 510), (x + 140, 548), (x + 210, 500), (x + 210, 640), (x, 640)],
            (128, 164, 130),
        )
        brush.line([(x + 105, 130), (x + 105, 640)], 9, (248, 246, 238))
        brush.line([(x, 380), (x + 210, 380)], 9, (248, 246, 238))
        for corner in ((x, 130), (x + 210, 130)):
            brush.line([corner, (corner[0], 640)], 12, (248, 246, 238))
    brush.box((640, 160), (1700, 640), ((150, 112, 76), (110, 78, 54)))
    brush.box((664, 184), (1676, 616), ((46, 92, 80), (34, 70, 62)))
    chalk: Colour = (236, 240, 230)
    brush.oval((900, 400), 92, 92, chalk, strength=0.22)
    brush.oval((900, 400), 124, 98, chalk, strength=0.14)
    ring = [(1240 + 46 * cos(2 * pi * i / 30), 400 + 46 * sin(2 * pi * i / 30)) for i in range(31)]
    brush.line(ring, 4, chalk, strength=0.9)
    brush.line(
        [(900 + 92 * cos(2 * pi * i / 40), 400 + 92 * sin(2 * pi * i / 40)) for i in range(41)],
        4,
        chalk,
        strength=0.9,
    )
    brush.line([(1010, 400), (1180, 400)], 4, chalk, strength=0.9)
    brush.line([(1160, 386), (1182, 400), (1160, 414)], 4, chalk, strength=0.9)
    brush.line(
        [(730 + i * 12, 556 + 22 * sin(i * 0.42)) for i in range(42)], 4, (246, 214, 130), strength=0.9
    )
    for row in range(4):
        brush.line(
            [(1380, 260 + row * 62), (1380 + random.uniform(150, 250), 258 + row * 62)],
            5,
            chalk,
            strength=0.5,
        )
    person(
        brush,
        1480,
        850,
        520,
        (92, 116, 150),
        pose=RAISE,
        way=-1,
        long_hair=True,
        trousers=(52, 54, 66),
        shadow=0.0,
    )
    brush.box((1560, 690), (1830, 860), ((176, 130, 90), (120, 84, 58)))
    for x in (60, 320):
        brush.shape(
            [(x + 40, 700), (x + 250, 660), (x + 900, HEIGHT), (x + 480, HEIGHT)],
            (255, 238, 190),
            strength=0.2,
            soft=14,
        )
    brush.light((260, 380), 620, (255, 244, 210), 0.45)
    for y, size, count in ((850, 170, 6), (1010, 226, 5), (1220, 300, 4)):
        for seat in range(count):
            at = WIDTH * (seat + 0.5) / count + random.uniform(-14, 14)
            brush.box(
                (at - size * 0.72, y - size * 0.24),
                (at + size * 0.72, y - size * 0.12),
                ((222, 178, 122), (176, 130, 84)),
            )
            brush.shape(
                [
                    (at - size * 0.5, y - size * 0.3),
                    (at - size * 0.1, y - size * 0.3),
                    (at - size * 0.14, y - size * 0.2),
                    (at - size * 0.56, y - size * 0.2),
                ],
                (250, 248, 240),
            )
            seated(
                brush,
                at,
                y + size * 0.3,
                size,
                random.choice([(226, 230, 234), (66, 96, 140), (226, 230, 234), (190, 70, 64)]),
                light=(255, 240, 206),
            )
            if random.random() < 0.3:
                brush.line(
                    [(at + size * 0.28, y - size * 0.2), (at + size * 0.34, y - size * 0.62)],
                    size * 0.1,
                    (226, 180, 150),
                )
    return canvas.finish(image, random, vignette=0.35)
