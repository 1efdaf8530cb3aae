"""A PDF is opened in a process of its own, under limits of time and memory, and killed hard when it goes beyond. Pure.

What a child writes lies in a folder that is gone when the `with` ends.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.press.opening import Refused

ROOT = Path(__file__).resolve().parents[2]
# Address space, not what is really used: Python and its libraries reserve a third of it before they begin.
MEMORY = 1_400 * 1024 * 1024
CPU_SECONDS = 60
WALL_SECONDS = 90
# Of the child's answer: a page's lines are some 100 KB.
LONGEST_ANSWER = 32 * 1024 * 1024


@contextlib.contextmanager
def reading(
    task: str,
    path: Path,
    *,
    memory: int = MEMORY,
    cpu_seconds: int = CPU_SECONDS,
    wall_seconds: float = WALL_SECONDS,
    **request: Any,
) -> Iterator[tuple[dict[str, Any], Path]]:
    """The child's answer and the folder with what it wrote. `task` and `request` as `articles.press.child` has them.

    Raises Refused: what the child refused, "too_slow", "too_heavy" (it ran out of memory or crashed).
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-press-") as folder:
        asked = {
            "task": task,
            "path": str(path),
            "folder": folder,
            "memory": memory,
            "seconds": cpu_seconds,
            **request,
        }
        answer = _run(json.dumps(asked), folder, wall_seconds)
        if "refused" in answer:
            raise Refused(answer["refused"], **answer["values"])
        yield answer, Path(folder)


def _run(asked: str, folder: str, seconds: float) -> dict[str, Any]:
    said, errors = Path(folder) / "answer.json", Path(folder) / "errors.txt"
    with said.open("wb") as out, errors.open("wb") as err:
        child = subprocess.Popen(
            [sys.executable, "-m", "articles.press.child"],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            cwd=ROOT,
            # Nothing of ours: no database address, no secret key.
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TMPDIR": folder},
            start_new_session=True,
        )
        try:
            child.communicate(asked.encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Refused("too_slow", seconds=round(seconds)) from None
        finally:
            _end(child)
    if child.returncode == -signal.SIGXCPU:
        raise Refused("too_slow", seconds=round(seconds))
    if child.returncode != 0 or said.stat().st_size > LONGEST_ANSWER:
        raise Refused("too_heavy", trace=errors.read_text(errors="replace")[-300:])
    try:
        answer = json.loads(said.read_bytes())
    except ValueError:
        raise Refused("too_heavy") from None
    return answer if isinstance(answer, dict) else {}


def _end(child: subprocess.Popen[bytes]) -> None:
    """Whatever happened, no process of the child's is left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
