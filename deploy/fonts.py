"""`make fonts`: the fonts that pages are set in, from Debian's packages, unpacked without root into var/fonts.

Standard library alone. Says what it does, leaves nothing half done, and may be run again.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Package -> the files of it that are kept. The licences lie beside them.
PACKAGES = {
    "fonts-noto-cjk": (
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc",
    ),
    "fonts-noto-cjk-extra": ("NotoSerifCJK-Black.ttc",),
    "fonts-lxgw-wenkai": ("LXGWWenKai-Regular.ttf",),
}
TOOLS = ("apt-get", "dpkg")


def main() -> int:
    target = Path(os.environ.get("NEWSROOM_VAR") or ROOT / "var") / "fonts"
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing:
        print(
            f"{' and '.join(missing)} is not here: this is no Debian or Ubuntu. Install the Noto CJK fonts (serif and "
            "sans) and LXGW WenKai as your system does, or put their files into a folder and name it in "
            "NEWSROOM_FONTS:\n  " + "\n  ".join(name for names in PACKAGES.values() for name in names)
        )
        return 1
    try:
        target.mkdir(parents=True, exist_ok=True)
        for package, names in PACKAGES.items():
            wanted = [name for name in names if not (target / name).exists()]
            if wanted:
                print(f"{package}: fetching", flush=True)
                fetch(package, wanted, target)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"The fonts could not be fetched: {problem}. What is there already was kept; run it again.")
        return 1
    print(f"The fonts for pages are in {target}. Workers that run already find them at their next page.")
    return 0


def fetch(package: str, names: list[str], target: Path) -> None:
    """Download a package as whoever runs this, and keep these files of it; each appears whole or not at all."""
    # Beside the target: a rename is atomic only within one file system. apt's own helper user may not enter it, and
    # then says so; it downloads as us instead.
    with tempfile.TemporaryDirectory(dir=target, prefix=".fetching-") as folder:
        subprocess.run(["apt-get", "--quiet", "--quiet", "download", package], cwd=folder, check=True)
        archive = next(Path(folder).glob("*.deb"))
        unpacked = Path(folder) / "unpacked"
        subprocess.run(["dpkg", "-x", str(archive), str(unpacked)], check=True)
        for name in names:
            found = next(unpacked.rglob(name), None)
            if found is None:
                raise FileNotFoundError(f"{package} has no {name}")
            found.rename(target / name)
        for licence in unpacked.rglob("copyright"):
            licence.rename(target / f"{package}.copyright")


if __name__ == "__main__":
    sys.exit(main())
