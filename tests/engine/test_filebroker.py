"""The try-out's broker: a message that is being written is not there yet."""

from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from newsroom import filebroker
from newsroom.celery import app

pytestmark = pytest.mark.once

MANY = 1500


def connection(folder: Path, transport: Any = filebroker.Transport) -> Connection:
    for name in ("queue", "control"):
        (folder / name).mkdir(exist_ok=True)
    options = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
    }
    return Connection(transport=transport, transport_options=options)


def test_celery_uses_it() -> None:
    with app.connection_for_write("filesystem://localhost//") as broker:
        assert isinstance(broker.transport, filebroker.Transport)


def test_a_reader_beside_a_writer_takes_every_message_whole(tmp_path: Path) -> None:
    with connection(tmp_path) as writing, connection(tmp_path) as reading:
        writer = writing.channel()
        reader = reading.channel()
        thread = Thread(
            target=lambda: [writer._put("urgent", {"number": number}) for number in range(MANY)], daemon=True
        )
        thread.start()
        taken: list[int] = []
        while thread.is_alive() or reader._size("urgent"):
            try:
                taken.append(reader._get("urgent")["number"])
            except filesystem.Empty:
                continue
        thread.join()
    assert sorted(taken) == list(range(MANY))
    assert list((tmp_path / "queue").iterdir()) == []


def test_a_message_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with connection(tmp_path) as writing:
        channel = writing.channel()
        (tmp_path / "queue").rmdir()
        with pytest.raises(filesystem.ChannelError):
            channel._put("urgent", {"number": 1})
