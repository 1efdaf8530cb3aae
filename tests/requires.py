"""What a test may want and a machine may lack: then it says so and is skipped, or fails where nothing may lack.

    requires.require("nginx", requires.nginx_path())

REQUIRE_ALL=1, which CI sets, turns every such skip into a failure.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}


def require(name: str, found: object) -> None:
    """Go on when `found` is true; else skip the test, or fail it under REQUIRE_ALL=1."""
    if found:
        return
    if ALL:
        pytest.fail(f"{name} is missing, and REQUIRE_ALL=1 forbids that", pytrace=False)
    pytest.skip(f"{name} is missing here")


def chromium_path() -> str | None:
    """A Chromium or Chrome of the machine; Playwright's own download is never used."""
    named = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return named or next(filter(None, map(shutil.which, names)), None)


def nginx_path() -> str | None:
    """nginx is in sbin, which is not on everybody's PATH."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin:/usr/local/sbin")


def cjk_font() -> str | None:
    """The file of a font that has Chinese, as fontconfig answers."""
    if not shutil.which("fc-list"):
        return None
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True).stdout.split(
        "\n"
    )
    return next((line.strip(": \t") for line in listed if line.strip()), None)


def shared_pages() -> Path | None:
    """The folder with real page texts beside a checkout (`../shared/pages`); never a part of the project."""
    folder = ROOT.parent / "shared" / "pages"
    return folder if folder.is_dir() and any(folder.iterdir()) else None
