"""The drawn scenes as photos of the library, with their public files."""

import hashlib
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from media_library import renditions
from media_library.models import Photo
from media_library.uploads import store_photo
from newsroom.demo import pictures


class NotRendered(Exception):
    """A photo's public files could not be made; the message says which and why."""


def hang(names: Collection[str]) -> dict[str, Photo]:
    """Draw, store and render these scenes. Every photo is committed for itself.

    A run that was interrupted left some behind; the same bytes come out again, so they are found and used, and no
    file is ever without its row.
    """
    photos = {}
    # Pillow works without the interpreter's lock: while one is stored, the next is drawn.
    with ThreadPoolExecutor(max_workers=2) as painters:
        for name, data in zip(names, painters.map(pictures.jpeg, names), strict=True):
            photos[name] = _hang(name, data)
    return photos


def _hang(name: str, data: bytes) -> Photo:
    digest = hashlib.sha256(data).hexdigest()
    photo = Photo.objects.filter(sha256=digest, uploaded_by=None).first()
    if photo is None:
        photo = store_photo(BytesIO(data), filename=f"{name}.jpg")
    if renditions.render(photo.pk) not in (renditions.Outcome.RENDERED, renditions.Outcome.COMPLETE):
        photo.refresh_from_db()
        raise NotRendered(f"{name}.jpg: {photo.render_error or 'busy'}")
    photo.refresh_from_db()
    return photo
