"""The drawn scenes as photos of the library: labelled as a camera and a picture desk label them, with public files."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from media_library import renditions
from media_library.models import Photo
from media_library.uploads import store_photo
from newsroom.demo import content, pictures
from newsroom.demo.pictures import Label


class NotRendered(Exception):
    """A photo's public files could not be made; the message says which and why."""


@dataclass(frozen=True)
class Negative:
    """A scene that stories use: what its file says, and what a screen reader is told."""

    scene: str
    label: Label
    alt: str


# Where the scenes are, finest place last, as the town's own people would say it.
PLACES = {
    "harbour": "三号码头", "lighthouse": "青螺角", "bridge": "潮生大桥", "boats": "白沙岙渔港", "tide": "青螺角",
    "windfarm": "鹭屿海上风电场", "ferry": "老码头", "market": "灯塔路菜市场", "tea": "云脊山", "skyline": "老码头",
    "oldtown": "橹声里", "library": "望潮图书馆", "storm": "南堤", "girder": "潮生大桥", "stair": "青螺角灯塔",
    "reef": "鹭屿海上风电场", "auction": "白沙岙鱼市", "welder": "望潮船厂", "nets": "白沙岙渔港",
    "kitchen": "橹声小学", "nightbus": "船厂生活区", "umbrellas": "橹声里", "queue": "老码头", "football": "市体育场",
    "regatta": "鹭屿外海", "runners": "东堤", "theatre": "望潮老剧院", "classroom": "白沙岙小学", "mudflat": "白沙岙",
    "saltpans": "白沙岙盐田", "egrets": "鹭屿", "promenade": "东堤", "startrail": "青螺角", "lanterns": "橹声里",
}  # fmt: skip


def negatives() -> list[Negative]:
    """The scenes that stories use, each once with the words of its first use, in the order of the files."""
    found: dict[str, Negative] = {}
    # Captions hold no date that is counted from a day: the same bytes come out on whichever day they are drawn.
    for name in (*content.ISSUES, content.DESK):
        for story in content.load(name, date.min.replace(year=2000)):
            for use in story.photos:
                scene = use["photo"]
                credit = use["credit"].removesuffix(" 摄").removesuffix(" 供图")
                label = Label(use["caption"], credit, "望潮", PLACES[scene], "望潮日报社")
                found.setdefault(scene, Negative(scene, label, use["alt"]))
    return list(found.values())


def hang(negatives: Sequence[Negative], cache: Path) -> dict[str, Photo]:
    """Draw, store and render these scenes. Every photo is committed for itself.

    A run that was interrupted left some behind; the same bytes come out again, so they are found and used, and no
    file is ever without its row. `cache` keeps what was drawn.
    """
    cache.mkdir(parents=True, exist_ok=True)
    photos = {}
    # Pillow works without the interpreter's lock: while one is stored, the next is drawn.
    with ThreadPoolExecutor(max_workers=2) as painters:
        drawn = painters.map(lambda negative: _develop(negative, cache), negatives)
        for negative, data in zip(negatives, drawn, strict=True):
            photos[negative.scene] = _hang(negative, data)
    return photos


def _develop(negative: Negative, cache: Path) -> bytes:
    """The scene's JPEG, from the cache where this very recipe was drawn before."""
    recipe = hashlib.sha256(f"{pictures.recipe()}{negative.label}".encode()).hexdigest()[:16]
    path = cache / f"{negative.scene}-{recipe}.jpg"
    if path.exists():
        return path.read_bytes()
    data = pictures.jpeg(negative.scene, negative.label)
    draft = path.with_suffix(".part")
    draft.write_bytes(data)
    # Whole or not at all: an interrupted run leaves no half picture.
    draft.replace(path)
    return data


def _hang(negative: Negative, data: bytes) -> Photo:
    digest = hashlib.sha256(data).hexdigest()
    photo = Photo.objects.filter(sha256=digest, uploaded_by=None).first()
    if photo is None:
        photo = store_photo(BytesIO(data), alt=negative.alt, filename=f"{negative.scene}.jpg")
    if renditions.render(photo.pk) not in (renditions.Outcome.RENDERED, renditions.Outcome.COMPLETE):
        photo.refresh_from_db()
        raise NotRendered(f"{negative.scene}.jpg: {photo.render_error or 'busy'}")
    photo.refresh_from_db()
    return photo
