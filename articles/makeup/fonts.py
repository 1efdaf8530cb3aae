"""The fonts a page is set in: which files they are, where they lie, and which characters they have.

All are free (OFL) and come in Debian's packages. Only these files are used, never what else a machine has: the same
text breaks the same way everywhere.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Face:
    """A font file. `package` is Debian's; without a `needed` face a page cannot be set, others have a stand-in."""

    role: str
    file: str
    family: str
    package: str
    needed: bool = True


FACES = (
    Face("serif", "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "fonts-noto-cjk"),
    Face("serif bold", "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "fonts-noto-cjk"),
    Face("sans", "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "fonts-noto-cjk"),
    Face("sans bold", "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "fonts-noto-cjk"),
    Face("serif black", "NotoSerifCJK-Black.ttc", "Noto Serif CJK SC", "fonts-noto-cjk-extra", needed=False),
    Face("kai", "LXGWWenKai-Regular.ttf", "LXGW WenKai", "fonts-lxgw-wenkai", needed=False),
)
PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


class FontsMissing(Exception):
    """The needed fonts are not on this machine. `packages`: what to install."""

    def __init__(self, packages: Sequence[str]) -> None:
        super().__init__(", ".join(packages))
        self.packages = list(packages)


@dataclass(frozen=True)
class Fonts:
    """The files found, by role."""

    files: dict[str, Path]

    @property
    def has_black(self) -> bool:
        return "serif black" in self.files

    @property
    def families(self) -> dict[str, str]:
        """What the templates ask for by name."""
        return {
            "serif": "Noto Serif CJK SC",
            "sans": "Noto Sans CJK SC",
            "kai": "LXGW WenKai" if "kai" in self.files else "Noto Serif CJK SC",
        }

    def missing(self, text: str) -> set[str]:
        """The characters of `text` that no font here has; set, they would be boxes or nothing."""
        wanted = {character for character in text if not character.isspace()}
        for role in ("serif", "sans", "kai"):
            if wanted and role in self.files:
                wanted -= _characters(str(self.files[role]), _stamp(self.files[role]))
        return wanted

    def folder(self, parent: Path) -> Path:
        """A folder below `parent` with nothing but these files in it, made at first use."""
        names = "|".join(f"{path}:{_stamp(path)}" for path in sorted(self.files.values()))
        target = parent / f"fonts-{hashlib.sha256(names.encode()).hexdigest()[:12]}"
        target.mkdir(parents=True, exist_ok=True)
        for path in self.files.values():
            link = target / path.name
            if not link.exists():
                # Two workers may make the same link at once.
                spare = target / f".{os.getpid()}-{path.name}"
                spare.unlink(missing_ok=True)
                spare.symlink_to(path)
                spare.replace(link)
        return target


def find(places: Iterable[Path] = ()) -> Fonts:
    """The fonts of this machine; `places` are looked at first. Raises FontsMissing."""
    found = _find(tuple(places))
    packages = {face.package for face in FACES if face.needed and face.role not in found}
    if packages:
        raise FontsMissing(sorted(packages))
    return Fonts(dict(found))


@lru_cache(maxsize=4)
def _listing(place: Path, changed: float) -> dict[str, Path]:
    wanted = {face.file for face in FACES}
    found: dict[str, Path] = {}
    for folder, _, names in os.walk(place):
        for name in wanted.intersection(names):
            found.setdefault(name, Path(folder) / name)
    return found


def _find(places: tuple[Path, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place in (*places, *PLACES):
        if not place.is_dir():
            continue
        listing = _listing(place, place.stat().st_mtime)
        for face in FACES:
            if face.file in listing:
                found.setdefault(face.role, listing[face.file])
    return found


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns


@lru_cache(maxsize=8)
def _characters(path: str, stamp: int) -> frozenset[str]:
    """What a font can show. The cmap alone is read, of a collection's Simplified Chinese member."""
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415  # 0.2 s: for workers only

    if not path.endswith(".ttc"):
        with TTFont(path, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap()))
    with TTCollection(path, lazy=True) as collection:
        for font in collection:
            if "SC" in font["name"].getDebugName(1).split():
                return frozenset(map(chr, font.getBestCmap()))
        return frozenset(map(chr, collection[0].getBestCmap()))
