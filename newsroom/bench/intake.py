"""Reading the raw text of a page: a real one where there is one, and a megabyte of invented text."""

import time
from collections.abc import Callable
from random import Random
from statistics import median

from articles.intake.importer import import_page
from articles.intake.parser import parse_page
from newsroom.bench.paper import NAMES, found_paper
from newsroom.bench.table import Table
from newsroom.env import ROOT

# A folder beside the checkout, never a part of the project.
REAL_PAGE = ROOT.parent / "shared" / "pages" / "port-zone-page.txt"
MEGABYTE = 1_000_000
MOST_SECONDS = 5.0


def measure(quick: bool) -> Table:
    table = Table("Intake of raw page text", ["text", "characters", "stories", "seconds", "target"])
    if REAL_PAGE.exists():
        text = REAL_PAGE.read_text(encoding="utf-8")
        page = parse_page(text)
        table.add(
            "a real page, read",
            f"{len(text):,}",
            len(page.stories),
            f"{_seconds(lambda: parse_page(text)):.4f}",
            "",
        )
        paper = found_paper()
        begin = time.perf_counter()
        import_page(page, publication=paper.publication, user=paper.chief, raw_text=text)
        table.add(
            "the same, made drafts",
            f"{len(text):,}",
            len(page.stories),
            f"{time.perf_counter() - begin:.4f}",
            "",
        )
    else:
        table.notes.append("The real page (`../shared/pages`) is not on this machine.")
    text = invented(MEGABYTE // 50 if quick else MEGABYTE)
    size = f"{len(text.encode()) / MEGABYTE:.2f} MB, invented"
    begin = time.perf_counter()
    page = parse_page(text)
    seconds = time.perf_counter() - begin
    target = table.hold("intake of 1 MB", f"≤ {MOST_SECONDS:g} (“within seconds”)", seconds <= MOST_SECONDS)
    table.add(size, f"{len(text):,}", len(page.stories), f"{seconds:.2f}", target)
    return table


def _seconds(do: Callable[[], object], rounds: int = 5) -> float:
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        do()
        found.append(time.perf_counter() - begin)
    return median(found)


def invented(size: int) -> str:
    """Stories of an invented town, one after another, with the breaks and marks raw page text has; `size` bytes."""
    random = Random(1)  # noqa: S311 - words, not secrets
    pieces: list[str] = []
    length = 0
    number = 0
    while length < size:
        number += 1
        first, second = random.sample(NAMES, 2)
        story = [
            f"望潮港第{number}条夜航航线开通",
            f"■本报记者 {first} 通讯员 {second}",
            f"本报讯 渡轮夜航试运行首日,望潮港的灯一直亮到{random.randint(8, 11)}点。",
            "码头上排队的大多是下晚班的人,有人提着刚买的带鱼,",
            "有人抱着睡着的孩子。",
            "“以前错过末班船,就只能绕大桥。”一位乘客说。港务部门说,夜航船加装了两套照明,救生衣也换了新的。",
            f"试运行为期{random.randint(2, 9)}个月。航线全长6.2公里,单程约需18分钟,票价与白天相同。",
        ]
        pieces.append("\n\n".join(story))
        length += len(pieces[-1].encode()) + 2
    return "\n\n".join(pieces)
