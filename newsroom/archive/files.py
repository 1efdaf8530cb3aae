"""The files of both photo storages, wherever they are kept."""

import logging
from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, storages

log = logging.getLogger(__name__)

# In the archive: which storage each folder is.
STORAGES = {"public": "default", "private": "private"}


def storage_of(folder: str) -> Storage:
    """The storage behind an archive's folder. KeyError where there is none of that name."""
    return storages[STORAGES[folder]]


def names(folder: str) -> Iterator[str]:
    """Every finished file of a storage. What a dot begins is still being written."""
    yield from _below(storage_of(folder), "")


def put(folder: str, name: str, content: IO[bytes]) -> None:
    """Write a file under its own name. FileExistsError where another has it already."""
    storage = storage_of(folder)
    if not is_safe(name) or storage.exists(name):
        raise FileExistsError(name)
    stored = storage.save(name, File(content))
    if stored != name:
        storage.delete(stored)
        raise FileExistsError(name)


def remove(folder: str, name: str) -> None:
    """Take back what `put` wrote."""
    try:
        storage_of(folder).delete(name)
    except OSError:
        log.warning("left behind: %s/%s", folder, name)


def is_safe(name: str) -> bool:
    """Whether a name in an archive is one that this program could have written there."""
    parts = name.split("/")
    return (
        bool(name)
        and "\\" not in name
        and not any(part in {"", ".", ".."} or part[0] == "." for part in parts)
    )


def _below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, found = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(found):
        if not name.startswith("."):
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if name and not name.startswith("."):
            yield from _below(storage, f"{folder}/{name}" if folder else name)
