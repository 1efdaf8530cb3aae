"""A 24-megapixel JPEG becomes six widths in WebP and JPEG: seconds, and the peak of a process that does just that."""

import json
import os
import re
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connections
from PIL import Image

from media_library.renditions import Outcome, render
from media_library.uploads import store_photo
from newsroom.bench.table import Table
from newsroom.demo.pictures import draw

SIDES, QUICK_SIDES = (6000, 4000), (1200, 800)
ROUNDS = 5
MOST_SECONDS, MOST_MB = 1.5, 150
ORIENTATION, TURNED = 0x0112, 6


class NotRendered(Exception):
    """There is nothing to measure."""


def measure(quick: bool) -> Table:
    sides = QUICK_SIDES if quick else SIDES
    table = Table(
        f"A JPEG of {sides[0] * sides[1] / 1e6:.0f} megapixels becomes its renditions",
        [
            "photo",
            "files",
            "seconds",
            "target",
            "of CPU",
            "peak MB of the process",
            "of which it had before",
            "target",
        ],
        notes=[
            "From the claim to the rows, in a forked child; its peak is VmHWM, reset before it begins. "
            f"The fastest of {ROUNDS} times, the highest of their peaks."
        ],
    )
    for name, orientation in (("landscape", 1), ("portrait, turned by its EXIF", TURNED)):
        path = Path(settings.VAR) / f"{orientation}.jpg"
        _in_fork(partial(_photo, sides, orientation, path))
        runs = []
        for _ in range(1 if quick else ROUNDS):
            with path.open("rb") as file:
                photo = store_photo(file, filename=path.name)
            runs.append(_in_fork(partial(_render, photo.pk)))
        seconds, peak = min(run["seconds"] for run in runs), max(run["peak"] for run in runs)
        table.add(
            name,
            photo.renditions.count(),
            f"{seconds:.2f}",
            table.hold(f"{name}: seconds", f"≤ {MOST_SECONDS:g}", seconds <= MOST_SECONDS),
            f"{min(run['cpu'] for run in runs):.2f}",
            f"{peak:.0f}" if peak else "unknown here",
            f"{median(run['before'] for run in runs):.0f}",
            table.hold(f"{name}: peak memory", f"≤ {MOST_MB} MB", peak <= MOST_MB),
        )
    return table


def _photo(sides: tuple[int, int], orientation: int, path: Path) -> dict[str, float]:
    """Draw a scene with grain, since a camera's file has it and it is what a decoder works on."""
    scene = draw("harbour").resize(sides, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(sides, 14).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    Image.blend(scene, grain, 0.08).save(path, "JPEG", quality=92, exif=exif)
    return {}


def _render(photo_id: int) -> dict[str, float]:
    before = _begin_anew()
    begin, worked = time.perf_counter(), time.process_time()
    outcome = render(photo_id)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - worked
    if outcome != Outcome.RENDERED:
        raise NotRendered(outcome)
    return {"seconds": seconds, "cpu": cpu, "before": before, "peak": _status("VmHWM")}


def _in_fork(do: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Do it in a forked child, so that this process keeps nothing of it. Raises NotRendered where it fails."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with os.fdopen(writing, "w") as out:
                json.dump(do(), out)
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise NotRendered(f"a child ended with {os.waitstatus_to_exitcode(status)}")
    found: dict[str, float] = json.loads(text)
    return found


def _begin_anew() -> float:
    """Let the kernel measure the peak from now on (Linux). Returns what the process has now, in MB."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return 0.0
    return _status("VmRSS")


def _status(name: str) -> float:
    """A line of this process's status in MB; 0 where there is none."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
