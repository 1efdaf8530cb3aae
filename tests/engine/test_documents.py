"""What README and the guides point at is there: pictures, other documents, make targets and commands."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.requires import ROOT

pytestmark = pytest.mark.once

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        path = target.partition("#")[0]
        if path and "://" not in path and not path.startswith("mailto:"):
            assert (document.parent / path).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_that_are_named_can_be_run(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in re.findall(r"`make ([a-z]+)", text):
        assert name in targets, f"{document.name}: make {name}"
    for name in re.findall(r"manage\.py ([a-z_]+)", text):
        assert name in get_commands(), f"{document.name}: manage.py {name}"


def test_every_guide_is_there_in_both_languages() -> None:
    names = {path.name for path in (ROOT / "docs" / "guide").glob("*.md")}
    for who in ("reporter", "editor", "chief", "operator"):
        assert {f"{who}.zh.md", f"{who}.en.md"} <= names
