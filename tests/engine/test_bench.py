"""The benchmark runs, says everything it should, and touches nobody's own database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.bench import runner
from tests.requires import ROOT

PUBLIC_PAGES = [
    "front page",
    "section",
    "story",
    "printed story",
    "issue page",
    "archive",
    "reporter",
    "feed",
]


def bench(var: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")},
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
        "NEWSROOM_VAR": str(var),
    }
    argv = [sys.executable, "manage.py", "bench", *options]
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of an installation from which the quick bench was run, and the page it wrote."""
    var = tmp_path_factory.mktemp("installation")
    page = tmp_path_factory.mktemp("page") / "benchmarks.md"
    done = bench(var, "--quick", "--output", str(page))
    assert done.returncode == 0, done.stdout + done.stderr
    return var, page.read_text(encoding="utf-8")


def rows(page: str, title: str) -> list[dict[str, str]]:
    """The table below the heading that begins with `title`, each row by its columns' names."""
    part = next(part for part in page.split("\n## ")[1:] if part.startswith(title))
    lines = [line.strip("| ").split(" | ") for line in part.split("\n") if line.startswith("|")]
    return [dict(zip(lines[0], line, strict=False)) for line in lines[2:]]


@pytest.mark.once
def test_the_quick_bench_writes_every_table(written: tuple[Path, str]) -> None:
    page = written[1]
    assert page.count("\n## ") == len(runner.MEASUREMENTS)
    assert [row["page"] for row in rows(page, "Public pages")] == PUBLIC_PAGES
    assert [row["what"] for row in rows(page, "12 scheduled issues, 3 sweepers killed")][:2] == [
        "lost",
        "doubled",
    ]
    assert len(rows(page, "A JPEG of")) == 2
    assert rows(page, "Intake of raw page text")
    found = rows(page, "Search among")
    assert [row["asked"] for row in found] == ["3"] * (len(found) - 1) + [str(3 * (len(found) - 1))]
    assert all("MISSED" not in row["target"] for row in found)
    assert {"seconds", "transactions", "queries"} <= {row["what"] for row in rows(page, "An issue of")}


@pytest.mark.once
def test_a_public_page_costs_as_many_queries_in_a_paper_of_any_size(written: tuple[Path, str]) -> None:
    for row in rows(written[1], "Public pages"):
        assert row["queries at 50"] == row["queries at 500"], row["page"]
        assert "MISSED" not in row["target"], row["page"]


@pytest.mark.once
def test_a_list_of_the_desk_costs_no_more_with_more_stories(written: tuple[Path, str]) -> None:
    lists = rows(written[1], "The desk's lists")
    assert {"words of one headline", "a word of every headline", "issues"} <= {row["list"] for row in lists}
    for row in lists:
        assert "MISSED" not in row["target"], row["list"]


@pytest.mark.once
def test_no_page_weighs_more_than_it_may(written: tuple[Path, str]) -> None:
    weights = rows(written[1], "Weight of a page")
    assert {"front page", "story", "search"} <= {row["page"] for row in weights}
    for row in weights:
        assert "MISSED" not in row["target"], row["page"]
        assert int(row["style sheets"]) > 0


@pytest.mark.once
def test_no_issue_was_lost_doubled_or_half_out(written: tuple[Path, str]) -> None:
    assert [row["measured"] for row in rows(written[1], "12 scheduled issues")][:4] == ["0", "0", "0", "0"]
    out = {row["what"].split(",")[0]: row["measured"] for row in rows(written[1], "An issue of")}
    assert out["transactions"] == "1"
    assert out["moments with half an issue"] == "0"


@pytest.mark.once
def test_the_page_names_no_machine_and_no_path(written: tuple[Path, str]) -> None:
    assert os.uname().nodename not in written[1]
    assert str(written[0]) not in written[1]
    assert "/tmp" not in written[1]


@pytest.mark.once
def test_the_bench_leaves_the_installation_it_was_called_from_alone(written: tuple[Path, str]) -> None:
    assert not list(written[0].rglob("*.sqlite3"))


@pytest.mark.once
def test_a_measurement_refuses_to_run_on_a_real_installation(tmp_path: Path) -> None:
    refused = bench(tmp_path, "--inside", "pages")
    assert refused.returncode == 1
    assert "not a throw-away installation" in refused.stderr
    assert not list(tmp_path.rglob("*.sqlite3"))


@pytest.mark.once
def test_an_unknown_measurement_is_named(tmp_path: Path) -> None:
    refused = bench(tmp_path, "tides")
    assert refused.returncode == 1
    assert "tides" in refused.stderr
