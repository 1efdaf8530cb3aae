"""People, as one sees them across a street: a head with hair, a coat with light on it, arms and legs that do something.

Sizes are in shares of the person's height; `x` and `feet` say where they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import Colour, Point, mix

Joints = tuple[Point, ...]

COATS: list[Colour] = [
    (58, 84, 122),
    (150, 62, 54),
    (196, 148, 72),
    (70, 104, 92),
    (112, 98, 118),
    (204, 196, 182),
    (44, 54, 70),
    (128, 92, 70),
    (92, 128, 148),
    (178, 106, 96),
]
SKIN: Colour = (222, 176, 144)
HAIR: Colour = (36, 30, 32)


@dataclass(frozen=True)
class Pose:
    """Where the joints are: hand over elbow from the shoulder, foot over knee from the hip; x is to the front."""

    front_arm: Joints = ((0.09, 0.8), (0.12, 0.63), (0.11, 0.47))
    back_arm: Joints = ((-0.09, 0.8), (-0.13, 0.63), (-0.11, 0.47))
    front_leg: Joints = ((0.045, 0.48), (0.05, 0.25), (0.05, 0.02))
    back_leg: Joints = ((-0.045, 0.48), (-0.05, 0.25), (-0.06, 0.02))
    head: Point = (0.0, 0.925)
    lean: float = 0.0


STAND = Pose()
WALK = Pose(
    front_arm=((0.08, 0.8), (0.0, 0.64), (0.09, 0.5)),
    back_arm=((-0.08, 0.8), (-0.12, 0.64), (-0.05, 0.49)),
    front_leg=((0.04, 0.48), (0.11, 0.26), (0.13, 0.02)),
    back_leg=((-0.03, 0.48), (-0.05, 0.25), (-0.16, 0.04)),
)
RUN = Pose(
    front_arm=((0.08, 0.79), (0.0, 0.66), (0.13, 0.68)),
    back_arm=((-0.06, 0.79), (-0.18, 0.68), (-0.12, 0.55)),
    front_leg=((0.04, 0.47), (0.2, 0.36), (0.16, 0.14)),
    back_leg=((-0.04, 0.47), (-0.08, 0.25), (-0.27, 0.2)),
    head=(0.05, 0.92),
    lean=0.05,
)
KICK = Pose(
    front_arm=((0.08, 0.79), (0.2, 0.7), (0.3, 0.76)),
    back_arm=((-0.08, 0.79), (-0.22, 0.74), (-0.34, 0.68)),
    front_leg=((0.04, 0.47), (0.2, 0.34), (0.36, 0.16)),
    back_leg=((-0.04, 0.47), (-0.06, 0.24), (-0.12, 0.02)),
    head=(-0.02, 0.92),
    lean=-0.04,
)
REACH = Pose(
    front_arm=((0.09, 0.8), (0.2, 0.68), (0.33, 0.62)),
    back_arm=((-0.06, 0.8), (0.08, 0.66), (0.24, 0.58)),
    head=(0.03, 0.92),
    lean=0.03,
)
RAISE = Pose(
    front_arm=((0.09, 0.8), (0.17, 0.93), (0.15, 1.1)),
    back_arm=((-0.09, 0.8), (-0.13, 0.63), (-0.11, 0.47)),
)
CROUCH = Pose(
    front_arm=((0.12, 0.56), (0.22, 0.44), (0.33, 0.36)),
    back_arm=((0.02, 0.56), (0.16, 0.4), (0.3, 0.32)),
    front_leg=((0.0, 0.26), (0.2, 0.3), (0.16, 0.02)),
    back_leg=((-0.06, 0.26), (0.06, 0.14), (-0.12, 0.03)),
    head=(0.14, 0.7),
    lean=0.1,
)


def person(
    brush: Brush,
    x: float,
    feet: float,
    tall: float,
    coat: Colour,
    *,
    pose: Pose = STAND,
    way: int = 1,
    trousers: Colour = (48, 50, 60),
    air: Colour = (0, 0, 0),
    far: float = 0.0,
    light: Colour = (255, 236, 206),
    hat: Colour | None = None,
    long_hair: bool = False,
    shadow: float = 0.35,
) -> None:
    """One person; `way` -1 looks left; `far` (0…1) sinks the colours into `air`."""

    def ink(colour: Colour, lit: float = 0.0) -> Colour:
        return mix(mix(colour, light, lit), air, far)

    def at(*points: Point) -> list[Point]:
        return [(x + way * dx * tall, feet - dy * tall) for dx, dy in points]

    if shadow:
        brush.oval((x, feet), tall * 0.2, tall * 0.028, (10, 10, 16), strength=shadow, soft=tall * 0.012)
    dark = mix(coat, (0, 0, 0), 0.35)
    hip, bend = pose.front_leg[0][1], pose.lean
    shoulder = pose.front_arm[0][1]
    _limb(brush, at(*pose.back_arm), tall, (ink(dark), ink(dark)), ink(mix(SKIN, (0, 0, 0), 0.3)))
    for leg, shade in ((pose.back_leg, 0.3), (pose.front_leg, 0.0)):
        cloth = ink(mix(trousers, (0, 0, 0), shade))
        brush.line(at(*leg), tall * 0.085, cloth)
        foot = leg[-1]
        brush.line(
            at((foot[0] - 0.02, foot[1] - 0.005), (foot[0] + 0.06, foot[1] - 0.005)), tall * 0.035, ink(HAIR)
        )
    body = at(
        (bend - 0.085, shoulder + 0.035),
        (bend + 0.085, shoulder + 0.035),
        (bend * 0.6 + 0.115, shoulder - 0.06),
        (0.1, hip - 0.03),
        (-0.1, hip - 0.03),
        (bend * 0.6 - 0.115, shoulder - 0.06),
    )
    brush.shape(body, (ink(coat, 0.22), ink(mix(coat, (0, 0, 0), 0.18))))
    brush.line(
        at((bend * 0.5 + 0.08, shoulder), (0.075, hip)),
        tall * 0.03,
        ink(coat, 0.4),
        strength=0.5,
        soft=tall * 0.01,
    )
    cx, cy = at(pose.head)[0]
    r = tall * 0.058
    brush.line([at((bend, shoulder + 0.02))[0], (cx, cy)], tall * 0.05, ink(mix(SKIN, (0, 0, 0), 0.15)))
    if long_hair:
        brush.oval((cx - way * r * 0.75, cy + r * 0.35), r * 0.6, r * 1.35, ink(HAIR))
    brush.oval((cx, cy), r, r * 1.22, (ink(SKIN, 0.15), ink(mix(SKIN, (90, 50, 40), 0.25))))
    cap = ink(hat or HAIR, 0.08)
    brush.oval((cx - way * r * 0.22, cy - r * 0.5), r * 1.04, r * 0.86, cap)
    if hat:
        # A straw hat has a brim; a helmet or a cook's cap has next to none.
        brim = 1.9 if hat[0] > hat[2] + 40 and hat[1] > 150 else 1.2
        brush.line([(cx - r * brim, cy - r * 0.35), (cx + r * brim, cy - r * 0.35)], r * 0.3, cap)
    _limb(brush, at(*pose.front_arm), tall, (ink(coat, 0.25), ink(coat)), ink(SKIN))


def _limb(brush: Brush, path: list[Point], tall: float, cloth: tuple[Colour, Colour], skin: Colour) -> None:
    brush.line(path, tall * 0.062, cloth)
    brush.oval(path[-1], tall * 0.03, tall * 0.032, skin)


def seated(
    brush: Brush,
    x: float,
    seat: float,
    tall: float,
    coat: Colour,
    *,
    light: Colour = (255, 236, 206),
    hair: Colour = HAIR,
) -> None:
    """Somebody seen from behind, from the seat up: `tall` is from the seat to the top of the head."""
    brush.shape(
        [
            (x - tall * 0.34, seat),
            (x - tall * 0.33, seat - tall * 0.46),
            (x - tall * 0.2, seat - tall * 0.6),
            (x + tall * 0.2, seat - tall * 0.6),
            (x + tall * 0.33, seat - tall * 0.46),
            (x + tall * 0.34, seat),
        ],
        (mix(coat, light, 0.2), mix(coat, (0, 0, 0), 0.3)),
    )
    brush.oval((x, seat - tall * 0.6), tall * 0.22, tall * 0.07, mix(coat, light, 0.2))
    brush.line([(x, seat - tall * 0.58), (x, seat - tall * 0.72)], tall * 0.12, mix(SKIN, (60, 30, 30), 0.3))
    brush.oval((x, seat - tall * 0.82), tall * 0.135, tall * 0.17, (mix(hair, light, 0.2), hair))


def crowd(
    brush: Brush,
    random: Random,
    places: Sequence[tuple[float, float, float]],
    *,
    pose: Pose = WALK,
    air: Colour = (0, 0, 0),
    fading: float = 0.0,
    light: Colour = (255, 236, 206),
) -> None:
    """Different people at (x, feet, height), the farthest first; the smaller the more of `air` is before them."""
    tallest = max(tall for _, _, tall in places)
    for x, feet, tall in sorted(places, key=lambda place: place[1]):
        person(
            brush,
            x,
            feet,
            tall * random.uniform(0.9, 1.05),
            random.choice(COATS),
            pose=pose if random.random() < 0.7 else STAND,
            way=random.choice((-1, 1)),
            trousers=mix((48, 50, 60), random.choice(COATS), 0.25),
            air=air,
            far=fading * (1 - tall / tallest),
            light=light,
            long_hair=random.random() < 0.45,
        )
