"""Scenes of the harbour: cranes, the container ship, the ferry."""

from random import Random

from PIL import Image, ImageFilter

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.canvas import (
    WIDTH,
    Colour,
    Pen,
    Point,
    below,
    fill,
    mix,
    patch,
    ridge,
    shape,
)


def harbour_dusk(random: Random) -> Image.Image:
    """Gantry cranes and stacked containers before the evening sky, mirrored in the basin."""
    horizon = 800
    image = canvas.gradient(
        [
            (0, (32, 44, 86)),
            (0.35, (96, 78, 122)),
            (0.62, (214, 118, 104)),
            (0.85, (250, 178, 108)),
            (1, (255, 214, 150)),
        ],
        0,
        horizon,
    )
    image = canvas.clouds(image, random, (255, 160, 130), across=2, down=14, reach=(60, 640), strength=0.55)
    image = canvas.clouds(
        image, random, (60, 48, 92), across=3, down=18, reach=(0, 520), density=(135, 215), strength=0.6
    )
    image = canvas.glow(image, (1280, horizon - 30), 760, (255, 190, 110), 0.75, 0.75)
    image = canvas.disc(image, (1280, horizon - 62), 46, (255, 240, 206))
    image = fill(image, below(ridge(random, horizon - 60, horizon - 110, 60), horizon), (150, 92, 110))
    image = fill(image, below(ridge(random, horizon - 30, horizon - 50, 30), horizon), (112, 68, 96))
    for x, size, ink in ((260, 0.62, (96, 58, 88)), (560, 0.7, (86, 52, 82)), (1660, 0.66, (92, 56, 84))):
        image = fill(image, _crane(x, horizon, size), ink)
    image = canvas.haze(image, (255, 184, 120), horizon - 210, horizon + 20, 0.42)
    for x, size, flip in ((420, 1.15, False), (860, 1.22, False), (1560, 1.12, True)):
        image = fill(image, _crane(x, horizon + 6, size, flip=flip), (38, 28, 54))
    image = _ship(image, random, 640, horizon + 4)
    image = patch(
        image, [(0, horizon - 16), (WIDTH, horizon - 16), (WIDTH, horizon), (0, horizon)], (30, 24, 46)
    )
    for x in range(40, WIDTH, 128):
        image = canvas.glow(image, (x, horizon - 24), 26, (255, 214, 150), 0.9)
    image = canvas.water(image, random, horizon, (58, 46, 84), clarity=0.72)
    image = canvas.glitter(image, random, 1280, horizon, (255, 196, 120), 640, 74)
    return canvas.finish(image, random)


def _crane(x: float, floor: float, size: float, *, flip: bool = False) -> Image.Image:
    """A ship-to-shore gantry crane; its boom points right unless flipped."""
    way = -1 if flip else 1

    def at(dx: float, dy: float) -> Point:
        return x + way * dx * size, floor - dy * size

    def paint(pen: Pen, s: float) -> None:
        def line(a: Point, b: Point, wide: float) -> None:
            pen.line(
                [(v * s) for p in (at(*a), at(*b)) for v in p], fill=255, width=max(1, round(wide * size * s))
            )

        for leg in (-70, 70):
            line((leg, 0), (leg * 0.86, 330), 13)
            line((leg - 22, 0), (leg + 22, 0), 18)
        line((-64, 120), (64, 120), 10)
        line((-64, 122), (58, 320), 5)
        line((64, 122), (-58, 320), 5)
        line((-190, 322), (420, 322), 12)
        line((-190, 338), (420, 338), 4)
        for step in range(-190, 420, 26):
            line((step, 322), (step + 13, 338), 3)
            line((step + 13, 338), (step + 26, 322), 3)
        line((0, 330), (10, 470), 11)
        line((-60, 330), (10, 470), 7)
        line((10, 468), (400, 336), 3.5)
        line((10, 468), (220, 336), 3.5)
        line((10, 468), (-180, 336), 4)
        box = [*at(-170, 366), *at(-86, 326)]
        pen.rectangle([min(box[0], box[2]) * s, box[1] * s, max(box[0], box[2]) * s, box[3] * s], fill=255)
        cab = [*at(214, 318), *at(244, 288)]
        pen.rectangle([min(cab[0], cab[2]) * s, cab[1] * s, max(cab[0], cab[2]) * s, cab[3] * s], fill=255)
        line((228, 290), (218, 190), 2)
        line((228, 290), (238, 190), 2)
        line((196, 186), (260, 186), 8)

    return shape(paint)


BOXES: list[Colour] = [
    (150, 62, 58),
    (52, 88, 124),
    (188, 112, 62),
    (70, 108, 98),
    (118, 112, 122),
    (160, 90, 84),
]


def _ship(image: Image.Image, random: Random, x: float, floor: float) -> Image.Image:
    hull = [
        (x - 60, floor - 92),
        (x + 800, floor - 92),
        (x + 860, floor - 128),
        (x + 812, floor),
        (x - 20, floor),
    ]
    dusk: Colour = (40, 30, 56)
    for column in range(13):
        tall = random.choice((2, 3, 3, 4, 4))
        for row in range(tall):
            left, top = x + 70 + column * 52, floor - 92 - (row + 1) * 27
            box = [(left, top), (left + 50, top), (left + 50, top + 26), (left, top + 26)]
            image = patch(image, box, mix(random.choice(BOXES), dusk, 0.45))
    tower = [(x - 40, floor - 90), (x - 40, floor - 268), (x + 44, floor - 268), (x + 44, floor - 90)]
    image = patch(image, tower, (66, 50, 74))
    image = patch(
        image,
        [(x - 54, floor - 268), (x - 54, floor - 292), (x + 58, floor - 292), (x + 58, floor - 268)],
        (52, 40, 64),
    )

    def windows(pen: Pen, s: float) -> None:
        for row in range(5):
            for place in range(5):
                if random.random() < 0.72:
                    left, top = x - 30 + place * 15, floor - 252 + row * 30
                    pen.rectangle([left * s, top * s, (left + 8) * s, (top + 9) * s], fill=255)

    image = fill(image, shape(windows), (255, 220, 150))
    return patch(image, hull, (34, 26, 48))


def ferry(random: Random) -> Image.Image:
    """The last ferry of the evening, all its windows lit."""
    horizon = 700
    image = canvas.gradient(
        [(0, (26, 38, 78)), (0.5, (88, 92, 140)), (0.85, (224, 158, 148)), (1, (252, 204, 166))], 0, horizon
    )
    image = canvas.stars(image, random, 300, 120)
    image = canvas.clouds(image, random, (244, 170, 156), across=2, down=14, reach=(120, 660), strength=0.55)
    image = fill(image, below(ridge(random, horizon - 90, horizon - 20, 50), horizon), (110, 92, 128))
    image = fill(image, below(ridge(random, horizon - 10, horizon - 70, 34), horizon), (76, 66, 104))
    for _ in range(46):
        image = canvas.glow(
            image,
            (random.uniform(0, WIDTH), horizon - random.uniform(4, 34)),
            random.uniform(5, 12),
            (255, 216, 150),
            1.0,
        )
    image = patch(
        image,
        [(0, horizon), (WIDTH, horizon), (WIDTH, 820), (0, 820)],
        canvas.gradient([(0, (206, 150, 152)), (1, (104, 86, 124))], horizon, 820),
    )
    image = _ferry(image, random, 560, 800)
    image = canvas.water(image, random, 806, (44, 48, 88), clarity=0.64, waves=18)
    image = canvas.ripples(image, random, 806, (250, 196, 160), 0.35, 320)

    def wake(pen: Pen, s: float) -> None:
        for _ in range(700):
            x = 560 - random.random() ** 1.4 * 620
            y = 806 + random.random() * (30 + (560 - x) * 0.08)
            pen.ellipse(
                [(x - 16) * s, (y - 1.6) * s, (x + 16) * s, (y + 1.6) * s], fill=random.randint(50, 190)
            )

    image = fill(image, shape(wake).filter(ImageFilter.GaussianBlur(1.4)), (238, 230, 236), 0.8)
    return canvas.finish(image, random)


def _ferry(image: Image.Image, random: Random, x: float, floor: float) -> Image.Image:
    hull = [
        (x, floor - 96),
        (x + 900, floor - 104),
        (x + 990, floor - 138),
        (x + 912, floor + 8),
        (x + 26, floor + 8),
    ]
    decks = [
        (x + 40, x + 800, floor - 104, floor - 196),
        (x + 80, x + 700, floor - 200, floor - 270),
        (x + 470, x + 640, floor - 274, floor - 330),
    ]
    for left, right, low, high in decks:
        image = patch(image, [(left, low), (left, high), (right, high), (right + 36, low)], (222, 210, 214))
        image = patch(
            image,
            [(left - 10, high), (left - 10, high - 8), (right + 10, high - 8), (right + 10, high)],
            (168, 158, 176),
        )
    image = patch(
        image,
        [
            (x + 240, floor - 270),
            (x + 256, floor - 372),
            (x + 330, floor - 372),
            (x + 346, floor - 270),
        ],
        (178, 66, 58),
    )
    image = patch(image, hull, (40, 56, 98))
    image = patch(
        image,
        [(x + 4, floor - 66), (x + 938, floor - 78), (x + 930, floor - 62), (x + 10, floor - 50)],
        (226, 216, 216),
    )

    def windows(pen: Pen, s: float) -> None:
        for left, right, low, _ in decks:
            at = left + 18
            while at < right - 20:
                pen.rounded_rectangle([at * s, (low - 60) * s, (at + 24) * s, (low - 32) * s], 6, fill=255)
                at += 36

    lit = shape(windows)
    image = fill(image, lit, (255, 226, 156))
    return canvas.glow(image, (x + 420, floor - 170), 520, (255, 190, 120), 0.4, 0.45)
