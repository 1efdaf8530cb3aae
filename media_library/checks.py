"""Start-up checks: what would make photos fail or leak, with the mend."""

from pathlib import Path
from typing import Any

from django.core import checks
from django.core.files.storage import FileSystemStorage, InvalidStorageError, default_storage, storages
from PIL import features

from media_library.renditions import formats_in_use


@checks.register("media_library")
def check_codecs(**_: Any) -> list[checks.CheckMessage]:
    needed = {"littlecms2": "colour profiles"}
    needed |= {"jpg" if fmt.name == "jpeg" else fmt.name: f"{fmt.pillow} files" for fmt in formats_in_use()}
    return [
        checks.Error(
            f"Pillow was built without {name}: {what} cannot be handled.",
            hint="Install Pillow's wheel from the lock file instead of a build of your own.",
            id="media_library.E001",
        )
        for name, what in needed.items()
        if not features.check(name)
    ]


@checks.register("media_library")
def check_originals_are_private(**_: Any) -> list[checks.CheckMessage]:
    try:
        private = storages["private"]
    except InvalidStorageError:
        return [
            checks.Error(
                "There is no storage named “private” for original photos.",
                hint="Add STORAGES['private'], outside MEDIA_ROOT and without base_url.",
                id="media_library.E002",
            )
        ]
    if isinstance(private, FileSystemStorage) and isinstance(default_storage, FileSystemStorage):
        original, public = Path(private.location), Path(default_storage.location)
        if original == public or public in original.parents:
            return [
                checks.Error(
                    "Original photos lie inside MEDIA_ROOT, which the public can read.",
                    hint="Give STORAGES['private'] a location outside MEDIA_ROOT.",
                    id="media_library.E003",
                )
            ]
    return []
