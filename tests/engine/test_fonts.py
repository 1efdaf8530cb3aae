"""`make fonts`, the image and the make-up name the same fonts."""

import importlib.util
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from articles.makeup.fonts import FACES

ROOT = Path(__file__).resolve().parent.parent.parent


def deploy_fonts() -> Any:
    spec = importlib.util.spec_from_file_location("deploy_fonts", ROOT / "deploy" / "fonts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.once
def test_what_is_fetched_is_what_pages_are_set_in() -> None:
    wanted = defaultdict(set)
    for face in FACES:
        wanted[face.package].add(face.file)
    assert {package: set(names) for package, names in deploy_fonts().PACKAGES.items()} == wanted


@pytest.mark.once
def test_the_image_has_them() -> None:
    image = (ROOT / "Dockerfile").read_text()
    assert all(f" {face.package}" in image for face in FACES)


@pytest.mark.once
def test_a_machine_without_debians_tools_is_told_which_files_to_get(
    capsys: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("NEWSROOM_VAR", str(tmp_path / "var"))
    assert deploy_fonts().main() == 1
    said = capsys.readouterr().out
    assert "NEWSROOM_FONTS" in said
    assert all(face.file in said for face in FACES)
    assert not (tmp_path / "var").exists()
