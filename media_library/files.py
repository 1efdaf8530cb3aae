"""Files put in place whole or not at all, under names nobody can guess. No database here."""

import contextlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage

# Beside the finished files, since a rename is atomic only within one file system. The dot keeps it out of what
# web servers serve; the names are as unguessable as the finished ones.
INCOMING = ".incoming"


def random_name(folder: str, suffix: str) -> str:
    """`p/ab/<32 hex digits>-480.webp`: 128 random bits; `folder` "p", `suffix` "-480.webp"."""
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}{suffix}"


def same_kind_of_name(name: str) -> str:
    """Another random name with the same folder and ending."""
    path = Path(name)
    return random_name(path.parts[0], path.name[32:])


@contextlib.contextmanager
def incoming(storage: Storage) -> Iterator[Path]:
    """A place to write a file that will be placed in `storage`; removed at the end if it still lies there."""
    folder = _incoming_folder(storage)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def place(storage: Storage, path: Path, name: str) -> None:
    """Move the finished file at `path` to `name` in `storage`. Readers see nothing or all of it, power cuts included.

    Raises OSError (disk full, no rights) with nothing under `name`. On storages that are not the local file system
    the storage's own save is used: object stores show an object only when it is complete.
    """
    if not isinstance(storage, FileSystemStorage):
        with path.open("rb") as source:
            stored = storage.save(name, File(source))
        if stored != name:
            raise OSError(f"the storage renamed {name} to {stored}")
        return
    with path.open("rb") as source:
        os.fsync(source.fileno())
    if storage.file_permissions_mode is not None:
        path.chmod(storage.file_permissions_mode)
    target = Path(storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    _sync_folder(target.parent)


def duplicate(storage: Storage, name: str, new_name: str) -> None:
    """The same bytes under a second name. Raises FileNotFoundError when there is no `name`."""
    if isinstance(storage, FileSystemStorage):
        target = Path(storage.path(new_name))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(storage.path(name))
        except FileNotFoundError:
            raise
        except OSError:
            # No hard links on this file system: copy below.
            pass
        else:
            _sync_folder(target.parent)
            return
    with incoming(storage) as path:
        with storage.open(name) as source, path.open("wb") as copy:
            shutil.copyfileobj(cast(IO[bytes], source), copy, 1 << 20)
        place(storage, path, new_name)


def remove_stale_incoming(storage: Storage, older_than_seconds: float) -> int:
    """Delete what killed workers left half written. How many files went."""
    oldest = time.time() - older_than_seconds
    removed = 0
    folder = _incoming_folder(storage)
    for path in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
                removed += 1
    return removed


def _incoming_folder(storage: Storage) -> Path:
    if isinstance(storage, FileSystemStorage):
        return Path(storage.location) / INCOMING
    return Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir()) / "newsroom-incoming"


def _sync_folder(folder: Path) -> None:
    """A rename is safe from a power cut once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
