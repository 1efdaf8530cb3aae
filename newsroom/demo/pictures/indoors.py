"""A scene indoors: the reading room."""

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageFilter

from newsroom.demo.pictures import canvas
from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Colour, Pen, Point, area, fill, mix, patch, shape


def reading_room(random: Random) -> Image.Image:
    """The library's reading room in the afternoon: tall windows, light on the floor, readers at the tables."""
    image = canvas.gradient(
        [(0, (96, 72, 56)), (0.62, (150, 112, 80)), (0.63, (112, 78, 56)), (1, (66, 46, 38))]
    )
    floor = 800
    panes: list[list[Point]] = []
    for place in range(5):
        left = 140.0 + place * 345
        top = [
            (left + 110 + 110 * cos(pi + pi * step / 20), 210 + 110 * sin(pi + pi * step / 20))
            for step in range(21)
        ]
        panes.append([(left, 660), *top, (left + 220, 660)])
    view = canvas.gradient(
        [(0, (176, 214, 226)), (0.4, (236, 236, 212)), (0.5, (150, 184, 150)), (1, (96, 146, 120))], 100, 700
    )
    view = canvas.clouds(view, random, (255, 255, 250), across=4, down=6, reach=(100, 500), strength=0.8)
    for pane in panes:
        frame = area(
            [(x + (16 if x > pane[0][0] + 110 else -16), y - (14 if y < 600 else -14)) for x, y in pane]
        )
        image = fill(image, frame, (74, 50, 40))
        image = patch(image, pane, view)
        left = pane[0][0]

        def bars(pen: Pen, s: float, left: float = left) -> None:
            pen.line([(left + 110) * s, 100 * s, (left + 110) * s, 660 * s], fill=255, width=round(7 * s))
            for y in (230, 340, 450, 560):
                pen.line([left * s, y * s, (left + 220) * s, y * s], fill=255, width=round(6 * s))

        image = fill(image, canvas.times(shape(bars), area(pane)), (74, 50, 40))
    image = _shelves(image, random, floor)
    for pane in panes:
        left = pane[0][0]
        shaft = area([(left, 640), (left + 220, 640), (left - 60, HEIGHT), (left - 420, HEIGHT)]).filter(
            ImageFilter.GaussianBlur(10)
        )
        image = fill(image, canvas.times(shaft, canvas.fade(0.42, 0.2, 640, HEIGHT)), (255, 232, 184))
        image = canvas.glow(image, (left + 110, 380), 330, (255, 240, 206), 0.4)
    for y, size, count in ((930, 0.85, 5), (1130, 1.25, 3)):
        image = _table(image, random, y, size, count)
    return canvas.finish(image, random, vignette=0.5)


def _shelves(image: Image.Image, random: Random, floor: float) -> Image.Image:
    spines: list[Colour] = [
        (128, 56, 44),
        (58, 84, 88),
        (164, 124, 70),
        (84, 66, 84),
        (190, 170, 130),
        (60, 94, 70),
    ]
    image = patch(image, [(0, 680), (WIDTH, 680), (WIDTH, floor), (0, floor)], (66, 44, 36))
    for colour in spines:

        def books(pen: Pen, s: float) -> None:
            for row in range(2):
                for place in range(0, WIDTH, 15):
                    if random.random() < 0.19:
                        tall = random.uniform(36, 48)
                        base = 738 + row * 58
                        pen.rectangle([place * s, (base - tall) * s, (place + 12) * s, base * s], fill=255)

        image = fill(image, shape(books), colour)
    return image


def _table(image: Image.Image, random: Random, y: float, size: float, count: int) -> Image.Image:
    step = WIDTH / count
    for i in range(count):
        x = step * (i + 0.5) + random.uniform(-70, 70)
        image = fill(image, _reader(x, y + 6, size), mix((44, 34, 40), (70, 52, 52), random.random()))
    top = [(0, y), (WIDTH, y), (WIDTH, y + 26 * size), (0, y + 26 * size)]
    image = patch(image, top, (128, 84, 54))
    image = patch(
        image,
        [(0, y + 26 * size), (WIDTH, y + 26 * size), (WIDTH, y + 44 * size), (0, y + 44 * size)],
        (72, 46, 34),
    )
    for i in range(count):
        x = step * (i + 0.5) + 120 * size
        lamp = [
            (x - 46 * size, y - 96 * size),
            (x - 30 * size, y - 126 * size),
            (x + 30 * size, y - 126 * size),
            (x + 46 * size, y - 96 * size),
        ]
        image = patch(
            image,
            [(x - 4, y), (x - 4, y - 100 * size), (x + 4, y - 100 * size), (x + 4, y)],
            (150, 116, 60),
        )
        image = canvas.glow(image, (x, y - 70 * size), 150 * size, (255, 216, 140), 0.8)
        image = patch(image, lamp, (42, 104, 80))
    return image


def _reader(x: float, y: float, size: float) -> Image.Image:
    def paint(pen: Pen, s: float) -> None:
        head = 30 * size
        cx, cy = x + 6 * size, y - 150 * size
        pen.ellipse(
            [(cx - head) * s, (cy - head * 1.15) * s, (cx + head) * s, (cy + head * 1.15) * s], fill=255
        )
        body = [(-78, 0), (-74, -70), (-46, -104), (-12, -116), (24, -114), (58, -96), (80, -60), (92, 0)]
        pen.polygon([((x + dx * size) * s, (y + dy * size) * s) for dx, dy in body], fill=255)

    return shape(paint)
