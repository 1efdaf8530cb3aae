"""Every scene by name, and its JPEG."""

from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random

from PIL import Image

from newsroom.demo.pictures import boats, country, evening, harbour, indoors, labour, leisure, sea, streets, town, weather

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
    "theatre": leisure.theatre,
    "classroom": leisure.classroom,
    "mudflat": evening.mudflat,
    "saltpans": evening.saltpans,
    "egrets": evening.egrets,
    "promenade": evening.promenade,
    "startrail": evening.star_trails,
    "lanterns": evening.lanterns,
}


def draw(name: str) -> Image.Image:
    """The scene as an RGB picture of 1920 × 1280. KeyError for a name that is not in SCENES."""
    # A string seeds the same everywhere; hash() of one would not.
    return SCENES[name](Random(f"wangchao/{name}"))  # noqa: S311 - a picture, not a secret


def jpeg(name: str) -> bytes:
    """The scene as a JPEG file."""
    file = BytesIO()
    draw(name).save(file, "JPEG", quality=90)
    return file.getvalue()
