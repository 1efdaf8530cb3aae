"""Scenes in halls: the theatre's last scene, the lesson about the tides."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, mix, ridge
from newsroom.demo.pictures.figures import COATS, RAISE, person, seated


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
