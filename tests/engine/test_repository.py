"""What is committed: no address of a package index, no path of one machine, no secret, and locks that agree."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.requires import ROOT

pytestmark = pytest.mark.once

# Put together, so that this file does not find itself.
FORBIDDEN = {
    "a package index": re.compile(
        r"(?i)files\.python" + r"hosted\.org|\bpypi\." + r"(?:org|io)|--(?:extra-)?index" + r"-url[ =][^\s-]"
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.])/(?:wo" + r"rk/|roo" + r"t/\.|home/[a-z]+/|Users/[A-Za-z]+/)"
    ),
    "a private key": re.compile("-----BEGIN " + r"[A-Z ]*PRIVATE KEY"),
}


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_file_holds(what: str) -> None:
    found = []
    for path in committed():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if FORBIDDEN[what].search(line)
        ]
    assert found == []


def test_the_search_would_find_them() -> None:
    assert FORBIDDEN["a package index"].search("--index-" + "url https://example.org/simple")
    assert FORBIDDEN["a path of one machine"].search("cd /wo" + "rk/main")
    assert not FORBIDDEN["a path of one machine"].search("https://example.org/work/7/")


def test_nothing_of_an_installation_is_committed() -> None:
    names = [str(path.relative_to(ROOT)) for path in committed()]
    assert [
        name for name in names if name.startswith(("var/", ".venv/")) or name in {".env", "logins.txt"}
    ] == []


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==([^ ;\\]+)", text, re.MULTILINE))


def test_every_locked_package_has_a_hash() -> None:
    for name in ("runtime.txt", "dev.txt"):
        blocks = re.split(r"^(?=[a-z0-9])", (ROOT / "requirements" / name).read_text(), flags=re.MULTILINE)
        bare = [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
        assert bare == []


def test_what_is_tested_is_what_runs() -> None:
    runtime, dev = pins("runtime.txt"), pins("dev.txt")
    assert runtime
    assert {name: dev.get(name) for name in runtime} == runtime
