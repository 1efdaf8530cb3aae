"""Every scene by name, and its JPEG."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from newsroom.demo.pictures import (
    boats,
    country,
    evening,
    halls,
    harbour,
    indoors,
    labour,
    leisure,
    sea,
    shore,
    streets,
    town,
    weather,
)
from newsroom.demo.pictures.labels import Label

SCENES: Mapping[str, Callable[[Random], Image.Image]] = {
    "harbour": harbour.harbour_dusk,
    "lighthouse": sea.lighthouse,
    "bridge": boats.bridge,
    "boats": boats.fishing_boats,
    "tide": sea.tide,
    "windfarm": boats.wind_farm,
    "ferry": harbour.ferry,
    "market": town.market,
    "tea": country.tea_hills,
    "skyline": town.skyline,
    "oldtown": country.old_town,
    "library": indoors.reading_room,
    "storm": weather.storm,
    "girder": weather.girder,
    "stair": weather.stair,
    "reef": weather.reef,
    "auction": labour.auction,
    "welder": labour.welder,
    "nets": labour.nets,
    "kitchen": labour.kitchen,
    "nightbus": streets.night_bus,
    "umbrellas": streets.umbrellas,
    "queue": streets.queue,
    "football": leisure.football,
    "regatta": leisure.regatta,
    "runners": leisure.runners,
    "theatre": halls.theatre,
    "classroom": halls.classroom,
    "mudflat": shore.mudflat,
    "saltpans": shore.saltpans,
    "egrets": shore.egrets,
    "promenade": evening.promenade,
    "startrail": evening.star_trails,
    "lanterns": evening.lanterns,
}


# Lead pictures are kept as large as they are drawn; the others are wide enough for a column at double density.
LEADS = frozenset({"harbour", "lighthouse", "bridge", "girder", "storm", "ferry"})
COLUMN = (1440, 960)


def draw(name: str) -> Image.Image:
    """The scene as an RGB picture of 1920 × 1280, or upright of 960 × 1280. KeyError for a name not in SCENES."""
    # A string seeds the same everywhere; hash() of one would not.
    return SCENES[name](Random(f"wangchao/{name}"))  # noqa: S311 - a picture, not a secret


def jpeg(name: str, label: Label) -> bytes:
    """The scene as a JPEG file that carries its label."""
    image = draw(name)
    if name not in LEADS and image.width > COLUMN[0]:
        image = image.resize(COLUMN, Image.Resampling.LANCZOS)
    file = BytesIO()
    image.save(file, "JPEG", quality=90, exif=label.exif(), extra=label.iptc())
    return file.getvalue()


@cache
def recipe() -> str:
    """A fingerprint of the code that draws: another one may draw other pictures."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()
