"""`manage.py intake_page` from the shell: what is printed, and what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.requires import ROOT

PAGE = """望潮港冷链航线开通

■记者 林海生

本报讯 昨日,望潮港首条冷链航线开通,每周一班,航程由9天缩短到5

天。

(下转第2版)
"""


def run(
    *arguments: str, tmp_path: Path, stdin: bytes = b"", language: str = "en"
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own whose database cannot exist."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "NEWSROOM_DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/news.sqlite3",
        "NEWSROOM_VAR": str(tmp_path / "var"),
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "intake_page", *arguments],
        input=stdin, capture_output=True, env=environment, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.encode())
    return path


def test_json_has_the_promised_shape_without_any_database(page_file: Path, tmp_path: Path) -> None:
    result = run(str(page_file), "--dry-run", "--json", tmp_path=tmp_path)
    assert result.returncode == 0, result.stderr.decode()
    printed = json.loads(result.stdout)
    assert set(printed) == {"stories", "remainder"}
    (story,) = printed["stories"]
    assert set(story) == {
        "kind", "kicker", "headline", "deck", "dateline", "bylines", "blocks", "notes", "spans",
    }  # fmt: skip
    assert story["kind"] == "news"
    assert story["headline"] == "望潮港冷链航线开通"
    assert story["dateline"] == "本报讯"
    assert story["bylines"] == [{"role": "", "title": "记者", "name": "林海生"}]
    (block,) = story["blocks"]
    assert set(block) == {"type", "text", "span", "joins"}
    assert block["text"] == "昨日，望潮港首条冷链航线开通，每周一班，航程由9天缩短到5天。"
    (join,) = block["joins"]
    assert PAGE[: join["at"]].endswith("缩短到5")
    assert join["reason"] == "a number spans the break"
    (jump,) = printed["remainder"]
    assert jump == {
        "span": [PAGE.index("(下转"), PAGE.index("(下转") + 7],
        "text": "(下转第2版)",
        "why": "jump line",
    }
    spans = [span for name, span in story["spans"].items() if name != "bylines"]
    spans += [*story["spans"]["bylines"], block["span"], jump["span"]]
    covered = sorted(position for start, end in spans for position in range(start, end))
    assert len(covered) == len(set(covered))
    assert {position for position, character in enumerate(PAGE) if not character.isspace()} <= set(covered)


def test_without_json_a_person_can_read_it(page_file: Path, tmp_path: Path) -> None:
    result = run(str(page_file), "--dry-run", tmp_path=tmp_path)
    printed = result.stdout.decode()
    assert result.returncode == 0, result.stderr.decode()
    assert "1. [news] 望潮港冷链航线开通" in printed
    assert "记者 林海生" in printed
    assert "5|天。" in printed


def test_standard_input_is_read_too(tmp_path: Path) -> None:
    result = run("-", "--dry-run", "--json", tmp_path=tmp_path, stdin=PAGE.encode())
    assert json.loads(result.stdout)["stories"][0]["headline"] == "望潮港冷链航线开通"


def test_crlf_and_bom_keep_the_offsets_of_the_file(tmp_path: Path) -> None:
    text = "\ufeff" + PAGE.replace("\n", "\r\n")
    path = tmp_path / "windows.txt"
    path.write_bytes(text.encode())
    story = json.loads(run(str(path), "--dry-run", "--json", tmp_path=tmp_path).stdout)["stories"][0]
    start, end = story["spans"]["dateline"]
    assert text[start:end] == "本报讯"
    assert story["headline"] == "望潮港冷链航线开通"


def test_gb18030_is_read_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(PAGE.encode("gb18030"))
    result = run(str(path), "--dry-run", "--json", tmp_path=tmp_path)
    assert json.loads(result.stdout)["stories"][0]["headline"] == "望潮港冷链航线开通"
    assert "GB18030" in result.stderr.decode()


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", b"\xff\xfe\x00", "好".encode() + b"\xff" * 9]
)
def test_what_is_no_text_is_refused_plainly(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(data)
    result = run(str(path), "--dry-run", tmp_path=tmp_path)
    assert result.returncode == 1
    assert "picture.txt" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
    assert result.stdout == b""


def test_a_missing_file_a_folder_and_a_wrong_date_are_refused_plainly(tmp_path: Path) -> None:
    for arguments in (
        [str(tmp_path / "nowhere.txt"), "--dry-run"],
        [str(tmp_path), "--dry-run"],
        [str(tmp_path), "--publication", "wangchao", "--date", "2026-13-40"],
        [str(tmp_path / "nowhere.txt")],
    ):
        result = run(*arguments, tmp_path=tmp_path)
        assert result.returncode != 0
        assert result.stderr
        assert "Traceback" not in result.stderr.decode()


def test_an_empty_file_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    result = run(str(path), "--dry-run", "--json", tmp_path=tmp_path)
    assert json.loads(result.stdout) == {"stories": [], "remainder": []}
