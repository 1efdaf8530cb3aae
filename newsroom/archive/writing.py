"""Write an archive."""

import gzip
import hashlib
import io
import json
import tarfile
import tempfile
import time
from dataclasses import dataclass
from typing import IO, Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from newsroom.archive import files, rows

FORMAT = 1
# Smaller tables are packed in memory.
IN_MEMORY = 16 * 1024 * 1024
BLOCK = 1 << 20


@dataclass
class Written:
    """What an archive holds. `vanished`: files that were renamed or discarded while it was being written."""

    rows: int = 0
    files: int = 0
    vanished: int = 0


def write(target: IO[bytes], clock: float | None = None) -> Written:
    """Write everything to `target`, which need not be seekable. Rows first: a photo without a row is harmless, a row
    without its photo is not."""
    written = Written()
    clock = clock if clock is not None else time.time()
    manifest: dict[str, dict[str, Any]] = {"rows": {}, "files": {}}
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, "about.json", io.BytesIO(_json(about())), clock)
        with rows.one_moment():
            for name, model in rows.tables().items():
                manifest["rows"][name] = _add_rows(tar, name, model, clock)
                written.rows += manifest["rows"][name]["count"]
        for folder in files.STORAGES:
            for name in files.names(folder):
                about_file = _add_file(tar, folder, name, clock)
                if about_file is None:
                    written.vanished += 1
                    continue
                manifest["files"][f"{folder}/{name}"] = about_file
                written.files += 1
        _add(tar, "manifest.json", io.BytesIO(_json(manifest)), clock)
    return written


def about() -> dict[str, Any]:
    """What an archive must agree with to be restored: its format, and the shape of the tables."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {"format": FORMAT, "database": connection.vendor, "migrations": sorted(map(list, applied))}


def _add_rows(tar: tarfile.TarFile, name: str, model: rows.Model, clock: float) -> dict[str, Any]:
    sha, count = hashlib.sha256(), 0
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as packed:
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=int(clock)) as lines:
            for line, compared in rows.lines(model):
                sha.update(compared)
                lines.write(line)
                count += 1
        _add(tar, f"rows/{name}.jsonl.gz", packed, clock)
    return {"count": count, "sha256": sha.hexdigest()}


def _add_file(tar: tarfile.TarFile, folder: str, name: str, clock: float) -> dict[str, Any] | None:
    # Copied first: a tar says how long a file is before it comes, and a storage far away may not know.
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
        sha = hashlib.sha256()
        try:
            with files.storage_of(folder).open(name) as source:
                while block := source.read(BLOCK):
                    sha.update(block)
                    copy.write(block)
        except FileNotFoundError:
            return None
        size = copy.tell()
        _add(tar, f"{folder}/{name}", copy, clock)
    return {"size": size, "sha256": sha.hexdigest()}


def _add(tar: tarfile.TarFile, name: str, content: Any, clock: float) -> None:
    member = tarfile.TarInfo(name)
    content.seek(0, io.SEEK_END)
    member.size, member.mtime, member.mode = content.tell(), int(clock), 0o600
    content.seek(0)
    tar.addfile(member, content)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
