"""Scenes of streets and quays in the dark and the wet: the night bus, umbrellas, the queue for the ferry."""

from random import Random

from PIL import Image, ImageFilter

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, mix
from newsroom.demo.pictures.figures import COATS, STAND, WALK, crowd, person


def night_bus(random: Random) -> Image.Image:
    """The night bus at its stop after rain, men from the yard getting in."""
    image = canvas.gradient([(0, (10, 16, 34)), (0.6, (30, 36, 66)), (1, (20, 24, 42))])
    brush = Brush(image)
    for x in range(-60, WIDTH, 250):
        tall = random.uniform(330, 620)
        brush.box((x, 760 - tall), (x + random.uniform(190, 250), 800), ((18, 22, 44), (30, 34, 58)))
        for wy in range(int(790 - tall), 720, 62):
            for wx in range(x + 22, x + 180, 54):
                if random.random() < 0.35:
                    brush.box(
                        (wx, wy),
                        (wx + 26, wy + 34),
                        ((250, 206, 132), (214, 150, 90)),
                        strength=random.uniform(0.4, 0.95),
                    )
    brush.box((0, 780), (WIDTH, 812), ((70, 72, 92), (48, 50, 68)))
    for x in (150, 1010, 1800):
        brush.line([(x, 800), (x, 250), (x + 70, 224)], 11, (34, 38, 54))
        brush.light((x + 80, 232), 360, (255, 206, 140), 0.85)
        brush.oval((x + 80, 232), 26, 10, (255, 244, 214))
    brush.box((330, 420), (1520, 850), ((232, 236, 236), (148, 160, 170)), round_by=34)
    brush.box((330, 700), (1520, 850), ((34, 110, 132), (20, 62, 84)), round_by=20)
    brush.box((360, 470), (1490, 660), ((255, 236, 190), (240, 206, 150)), round_by=16)
    for x in range(400, 1380, 120):
        coat = random.choice(COATS)
        brush.oval((x + 46, 590), 24, 30, (70, 50, 46))
        brush.oval((x + 46, 676), 58, 62, mix(coat, (60, 40, 40), 0.3))
    brush.box((330, 660), (1520, 704), ((214, 222, 224), (150, 162, 170)))
    for x in range(360, 1500, 188):
        brush.line([(x, 470), (x, 660)], 9, (60, 70, 80))
    brush.box((560, 478), (740, 846), ((255, 240, 204), (236, 196, 134)))
    brush.line([(650, 478), (650, 846)], 6, (60, 70, 80))
    brush.box((900, 432), (1340, 464), ((24, 26, 32), (24, 26, 32)))
    for x in range(920, 1320, 20):
        if random.random() < 0.75:
            brush.box((x, 440), (x + 12, 456), (255, 170, 60))
    for x in (520, 1290):
        brush.oval((x, 858), 66, 66, (20, 22, 28))
        brush.oval((x, 858), 32, 32, (120, 128, 136))
    brush.light((1530, 760), 190, (255, 250, 226), 0.9)
    brush.light((1530, 770), 620, (255, 240, 200), 0.35, 0.4)
    brush.light((650, 660), 420, (255, 220, 160), 0.5)
    mirror = image.crop((0, 500, WIDTH, 890)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.filter(ImageFilter.GaussianBlur(7)).resize((WIDTH, 390))
    wet = Image.blend(Image.new("RGB", (WIDTH, 390), (18, 20, 34)), mirror, 0.6)
    image.paste(wet, (0, 890))
    image = canvas.ripples(image, random, 890, (10, 12, 24), 0.4, 260)
    brush = Brush(image)
    brush.box((0, 882), (WIDTH, 900), (64, 66, 84))
    crowd(
        brush,
        random,
        [(610, 940, 400), (520, 980, 420), (420, 1010, 430), (290, 1050, 450), (150, 1090, 470)],
        pose=STAND,
        light=(255, 216, 150),
    )
    person(brush, 1700, 1060, 450, (44, 60, 92), pose=WALK, way=-1, light=(255, 216, 150), hat=(190, 150, 60))
    return canvas.finish(image, random, vignette=0.5)


def umbrellas(random: Random) -> Image.Image:
    """A lane in the old town in the rain, seen along its wet stones: umbrellas going up it. Upright."""
    image = canvas.gradient([(0, (150, 166, 178)), (0.45, (206, 208, 204)), (1, (92, 98, 106))])
    brush = Brush(image)
    vanish = (960.0, 520.0)
    for step in range(9):
        near, size = step / 8, 0.12 + (step / 8) ** 1.7 * 1.3
        veil = 0.75 * (1 - near)
        for side in (-1, 1):
            inner = vanish[0] + side * (70 + 430 * size)
            outer = vanish[0] + side * 980
            top, floor = vanish[1] - 470 * size, vanish[1] + 640 * size
            air: Colour = (204, 208, 206)
            wall = mix((228, 222, 208) if (step + side) % 3 else (150, 110, 84), air, veil)
            left, right = min(inner, outer), max(inner, outer)
            brush.box((left, top), (right, floor), (wall, mix(wall, (70, 70, 74), 0.45)))
            eaves = [(inner - side * 46 * size, top + 44 * size), (inner + side * 60 * size, top - 60 * size),
                     (outer, top - 60 * size), (outer, top + 44 * size)]  # fmt: skip
            brush.shape(eaves, mix((56, 60, 68), air, veil))
            door = inner + side * 150 * size
            brush.box(
                (min(door, door + side * 110 * size), floor - 330 * size),
                (max(door, door + side * 110 * size), floor),
                mix((92, 54, 40), air, veil),
            )
            lamp = inner - side * 26 * size, top + 130 * size
            brush.light(lamp, 190 * size, (255, 150, 80), 0.75)
            brush.oval(
                lamp,
                24 * size,
                30 * size,
                (mix((236, 84, 52), air, veil * 0.6), mix((170, 34, 30), air, veil * 0.6)),
            )
    floor = canvas.gradient([(0, (190, 192, 190)), (1, (70, 76, 86))], 540, HEIGHT)
    image = canvas.fill(image, canvas.area([(890, 560), (1030, 560), (1560, HEIGHT), (360, HEIGHT)]), floor)
    brush = Brush(image)
    for step in range(24):
        y = 570 + (step / 23) ** 1.8 * 710
        half = 70 + (y - 560) * 0.74
        brush.line([(960 - half, y), (960 + half, y)], 1.5 + (y - 560) / 220, (60, 64, 72), strength=0.45)
        shift = (step % 2) * 0.5
        for joint in range(-5, 6):
            x = 960 + (joint + shift) * half / 5
            brush.line(
                [(x, y), (960 + (x - 960) * 1.1, y + 10 + (y - 560) * 0.07)],
                1.5 + (y - 560) / 300,
                (60, 64, 72),
                strength=0.35,
            )
    for x in (560, 1330):
        brush.shape(
            [(x, 800), (x + 90, 800), (x + 150, HEIGHT), (x - 60, HEIGHT)],
            (255, 176, 110),
            strength=0.28,
            soft=30,
        )
    tints: list[Colour] = [(196, 62, 56), (228, 176, 70), (50, 104, 128), (88, 128, 94), (220, 214, 200)]
    walkers = [
        (905, 660, 150),
        (1010, 700, 180),
        (930, 780, 240),
        (1080, 850, 300),
        (820, 960, 380),
        (1040, 1160, 560),
    ]
    for step, (x, feet, tall) in enumerate(walkers):
        veil = 0.6 * (1 - tall / 560)
        person(
            brush,
            x,
            feet,
            tall,
            COATS[step % len(COATS)],
            pose=WALK,
            way=1 if step % 2 else -1,
            air=(200, 204, 204),
            far=veil,
            long_hair=bool(step % 2),
        )
        tint = mix(tints[step % len(tints)], (204, 208, 206), veil)
        rim = ((-0.36, 0.9), (-0.27, 1.06), (0, 1.2), (0.27, 1.06), (0.36, 0.9), (0, 0.95))
        dome = [(x + dx * tall, feet - dy * tall) for dx, dy in rim]
        brush.shape(dome, (mix(tint, (255, 255, 255), 0.18), mix(tint, (0, 0, 0), 0.25)))
        for rib in (-0.17, 0.17):
            brush.line(
                [(x + rib * tall, feet - tall * 0.92), (x, feet - tall * 1.2)],
                max(1.2, tall * 0.008),
                mix(tint, (0, 0, 0), 0.4),
                strength=0.6,
            )
    for _ in range(430):
        x, y, long = random.uniform(440, 1500), random.uniform(0, HEIGHT), random.uniform(20, 60)
        brush.line(
            [(x, y), (x - long * 0.14, y + long)], 1.4, (244, 248, 250), strength=random.uniform(0.15, 0.5)
        )
    return upright(canvas.finish(image, random, vignette=0.3))


def queue(random: Random) -> Image.Image:
    """The gangway of the night ferry: people with bags going up into the light. Upright."""
    image = canvas.gradient([(0, (14, 22, 52)), (0.5, (44, 54, 100)), (1, (20, 26, 50))])
    image = canvas.stars(image, random, 500, 120)
    brush = Brush(image)
    brush.shape([(480, 560), (1500, 380), (1500, 980), (480, 940)], ((236, 238, 240), (150, 160, 180)))
    brush.shape([(480, 800), (1500, 720), (1500, 1010), (480, 960)], ((40, 64, 118), (18, 30, 66)))
    brush.shape([(560, 330), (1500, 170), (1500, 390), (560, 560)], ((226, 228, 234), (170, 178, 194)))
    for deck, y in ((0, 400), (1, 640)):
        for step in range(11):
            x = 520 + step * 92
            lift = (x - 480) * (0.17 if deck == 0 else 0.12)
            brush.box((x, y - lift), (x + 56, y - lift + 62), ((255, 238, 190), (246, 200, 130)), round_by=10)
    brush.light((1000, 600), 620, (255, 200, 130), 0.4)
    brush.box((1010, 640), (1190, 950), ((255, 246, 214), (246, 196, 120)))
    brush.light((1100, 780), 380, (255, 220, 150), 0.8)
    quay = canvas.gradient([(0, (120, 106, 112)), (1, (44, 42, 60))], 980, HEIGHT)
    image = canvas.fill(image, canvas.area([(400, 1010), (1520, 985), (1520, HEIGHT), (400, HEIGHT)]), quay)
    brush = Brush(image)
    brush.shape([(1030, 930), (1180, 930), (1010, 1200), (760, 1200)], ((206, 190, 170), (110, 100, 108)))
    for step in range(11):
        share = step / 10
        tread = 930 + 270 * share
        brush.line([(1030 - 270 * share, tread), (1180 - 170 * share, tread)], 3 + share * 2, (80, 72, 82))
    for side in ((1030, 930, 760, 1200), (1180, 930, 1010, 1200)):
        brush.line([(side[0], side[1] - 90), (side[2], side[3] - 150)], 8, (236, 226, 206))
        for step in range(6):
            share = step / 5
            post, foot = side[0] + (side[2] - side[0]) * share, side[1] + (side[3] - side[1]) * share
            brush.line([(post, foot), (post, foot - 90 - 60 * share)], 6, (190, 180, 170))
    crowd(
        brush,
        random,
        [
            (1095, 950, 190),
            (1060, 1010, 215),
            (1020, 1060, 240),
            (960, 1120, 280),
            (900, 1180, 320),
            (830, 1240, 370),
            (660, 1262, 390),
            (1240, 1230, 340),
        ],
        light=(255, 214, 150),
    )
    for x in (560, 1400):
        brush.line([(x, 1100), (x, 470)], 12, (34, 38, 60))
        brush.light((x, 460), 300, (255, 214, 150), 0.8)
        brush.oval((x, 460), 26, 20, (255, 246, 220))
    return upright(canvas.finish(image, random, vignette=0.5))


def upright(image: Image.Image) -> Image.Image:
    """The middle of a wide picture as a portrait of three by four."""
    return image.crop((480, 0, 1440, HEIGHT))
