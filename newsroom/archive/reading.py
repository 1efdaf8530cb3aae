"""Restore an archive into an empty installation: all of it or nothing."""

import gzip
import hashlib
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.management import call_command, get_commands
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from newsroom.archive import files, rows
from newsroom.archive.writing import BLOCK, FORMAT, IN_MEMORY, Written, about


class NotRestored(Exception):
    """Why nothing was restored; the message is for the operator."""


# What a damaged or foreign file makes of the readers of tar, gzip, JSON, fields and tables.
UNREADABLE = (
    NotRestored,
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    ValidationError,
    DatabaseError,
)


def restore(source: IO[bytes]) -> Written:
    """Read an archive from `source`, which need not be seekable. Raises NotRestored, with the database as it was and
    without the files, unless every row and every file is there with the hash it was written with."""
    refuse_unless_empty()
    put: list[tuple[str, str]] = []
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar, _loading():
            written = _take_in(tar, put)
    except UNREADABLE as problem:
        for folder, name in put:
            files.remove(folder, name)
        if isinstance(problem, NotRestored):
            raise
        raise NotRestored(_("The archive cannot be read: %(problem)s.") % {"problem": problem}) from problem
    for command in rows.REBUILD:
        if command in get_commands():
            call_command(command)
    return written


def refuse_unless_empty() -> None:
    """Raise NotRestored where anybody has worked already."""
    for name, model in rows.tables().items():
        if name not in rows.WRITTEN_BY_MIGRATE and model._base_manager.exists():
            raise NotRestored(
                _(
                    "There is content here already (%(table)s). An archive is only restored into an empty "
                    "installation: one that was migrated and never used."
                )
                % {"table": name}
            )
    for folder in files.STORAGES:
        if next(files.names(folder), None) is not None:
            raise NotRestored(
                _("There are photos here already (%(folder)s). Restore into empty folders.")
                % {"folder": folder}
            )


@contextmanager
def _loading() -> Iterator[None]:
    """One transaction, in which rows may name others that come later."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        yield


def _take_in(tar: tarfile.TarFile, put: list[tuple[str, str]]) -> Written:
    tables = rows.tables()
    seen: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    first = True
    for member in tar:
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or manifest is not None:
            raise NotRestored(
                _("The archive holds something that no backup writes: %(name)s.") % {"name": member.name}
            )
        folder, _slash, name = member.name.partition("/")
        if first:
            _agree(member.name, content)
            first = False
            _clear()
        elif member.name == "manifest.json":
            manifest = json.load(content)
        elif folder == "rows":
            rows.load(tables[name.removesuffix(".jsonl.gz")], gzip.GzipFile(fileobj=content))
        else:
            seen[member.name] = _put(folder, name, content, put)
    if manifest is None:
        raise NotRestored(_("The archive is cut off: its end is missing."))
    return _compare(manifest, seen)


def _agree(name: str, content: IO[bytes]) -> None:
    """Raises NotRestored for an archive of another shape."""
    theirs = json.load(content) if name == "about.json" else {}
    if not isinstance(theirs, dict) or theirs.get("format") != FORMAT:
        raise NotRestored(_("This is no backup that this version can read."))
    ours = {tuple(each) for each in about()["migrations"]}
    made = {tuple(each) for each in theirs["migrations"]}
    if made != ours:
        odd = ", ".join(sorted(".".join(each) for each in made ^ ours)[:3])
        raise NotRestored(
            _(
                "The backup was made by another version (%(migrations)s). Restore it with the version that made it, "
                "then upgrade."
            )
            % {"migrations": odd}
        )


def _clear() -> None:
    """What migrating wrote goes: the archive has it, with the keys that other rows name."""
    for name, model in reversed(rows.tables().items()):
        if name in rows.WRITTEN_BY_MIGRATE:
            model._base_manager.all()._raw_delete(connection.alias)


def _put(folder: str, name: str, content: IO[bytes], put: list[tuple[str, str]]) -> dict[str, Any]:
    if folder not in files.STORAGES:
        raise NotRestored(
            _("The archive holds something that no backup writes: %(name)s.") % {"name": folder}
        )
    sha, size = hashlib.sha256(), 0
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
        while block := content.read(BLOCK):
            sha.update(block)
            size += len(block)
            copy.write(block)
        copy.seek(0)
        files.put(folder, name, copy)
    put.append((folder, name))
    return {"size": size, "sha256": sha.hexdigest()}


def _compare(manifest: dict[str, Any], seen: dict[str, dict[str, Any]]) -> Written:
    """Read everything again as it now stands, and hold it against what was written down."""
    rows.continue_counting()
    connection.check_constraints()
    found: dict[str, dict[str, Any]] = {}
    read = 0
    for name, model in rows.tables().items():
        count, sha = rows.digest(model)
        found[name] = {"count": count, "sha256": sha}
        read += count
    wrong = [name for name in found | manifest["rows"] if found.get(name) != manifest["rows"].get(name)]
    wrong += [name for name in seen | manifest["files"] if seen.get(name) != manifest["files"].get(name)]
    if wrong:
        raise NotRestored(
            _("The archive is damaged (%(names)s). Nothing was restored.")
            % {"names": ", ".join(sorted(wrong)[:3])}
        )
    return Written(rows=read, files=len(seen))
