"""The desk is dressed by its own style sheets alone, and by nothing a page says inline."""

import re
from pathlib import Path

import pytest

from newsroom.env import ROOT
from tests.admin.desk import logged_in
from tests.cast import Cast

TEMPLATES = sorted((ROOT / "templates" / "admin").rglob("*.html"))
REPLACED = sorted((ROOT / "static" / "admin" / "css").glob("*.css"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_of_ours_links_djangos_styles(template: Path) -> None:
    assert not re.search(r"admin/css/", template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_says_anything_inline(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("file", REPLACED, ids=lambda path: path.name)
def test_what_djangos_templates_link_holds_no_style(file: Path) -> None:
    assert "{" not in file.read_text(encoding="utf-8")


def test_every_colour_has_its_name() -> None:
    for file in sorted((ROOT / "static" / "newsroom" / "desk").glob("*.css")):
        if file.name != "tokens.css":
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", file.read_text(encoding="utf-8")), (
                file.name
            )


def test_both_darks_are_the_same() -> None:
    """They stand there twice, for the choice and for the system."""
    text = (ROOT / "static" / "newsroom" / "desk" / "tokens.css").read_text(encoding="utf-8")
    chosen = text.split('html[data-theme="dark"] {')[1].split("}")[0]
    system = text.split('html:not([data-theme="light"]) {')[1].split("}")[0]
    assert chosen.split() == system.split()


def _light(colour: str) -> float:
    """Relative luminance as WCAG has it."""
    full = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _inks(text: str) -> dict[str, str]:
    return dict(re.findall(r"--desk-([a-z-]+): #([0-9a-f]{3,6});", text))


@pytest.mark.parametrize("theme", [":root {", 'html[data-theme="dark"] {'])
def test_every_ink_can_be_read_on_what_it_stands_on(theme: str) -> None:
    text = (ROOT / "static" / "newsroom" / "desk" / "tokens.css").read_text(encoding="utf-8")
    inks = _inks(text.split(theme)[1].split("}")[0])
    pairs = [(ink, f"{ink}-soft") for ink in ("grey", "blue", "amber", "green", "red")]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent", "accent-soft")]
    grounds = ("ground", "card", "sunk", "rail")
    pairs += [(ink, on) for ink in ("ink", "quiet-ink", "accent", "amber", "green", "red") for on in grounds]
    pairs += [("ink", f"{tint}-soft") for tint in ("blue", "amber", "green", "red", "accent")]
    for ink, ground in pairs:
        high, low = sorted((_light(inks[ink]), _light(inks[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{ink} on {ground}"


@pytest.mark.django_db
def test_the_pages_keep_the_strict_policy(cast: Cast) -> None:
    for path in (
        "/admin/",
        "/admin/settings/",
        "/admin/auth/user/",
        f"/admin/auth/user/{cast.chief.pk}/change/",
    ):
        policy = logged_in(cast.administrator).get(path)["Content-Security-Policy"]
        assert "unsafe" not in policy
