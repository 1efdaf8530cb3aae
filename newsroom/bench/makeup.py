"""Pages of three to twelve stories from brief to proof: seconds of each step, what stays empty, the peak of memory."""

import resource
import tempfile
from pathlib import Path

from articles.makeup import fonts
from articles.makeup.composer import Composer
from articles.makeup.grid import Grid
from articles.makeup.makeup import Maker
from articles.makeup.material import Folio, Item, PageBrief, Piece, Story
from newsroom.bench.table import Table
from newsroom.bench.words import texts

SIZES, QUICK_SIZES = (3, 5, 8, 12), (3,)
# Characters on a broadsheet without pictures.
PAGE = 9_000
MOST_SECONDS = {3: 2.0, 5: 2.0, 8: 5.0, 12: 5.0}
MOST_MB = 700
STEPS = ("galley", "solver", "pictures", "composer", "reading back")
BROADSHEET = Grid.of(
    width_mm=390,
    height_mm=550,
    columns=8,
    column_characters=13,
    gutter=10,
    body_size=9,
    pitch=12.6,
    lines=116,
    masthead_lines=12,
)


def measure(quick: bool) -> Table:
    table = Table(
        "A broadsheet page is made up",
        ["stories", *STEPS, "together", "target", "blank", "peak MB", "target"],
        notes=["Seconds, the second of two times: fonts and dictionary are loaded once in a worker's life."],
    )
    try:
        found = fonts.find()
    except fonts.FontsMissing as missing:
        table.notes.append(f"Not measured: {missing} is not installed.")
        return table
    for number in QUICK_SIZES if quick else SIZES:
        for _ in range(2):
            with tempfile.TemporaryDirectory() as folder:
                composer = Composer(Path(folder), found, BROADSHEET, Path(tempfile.gettempdir()) / "nr-fonts")
                made = Maker(_page(number), BROADSHEET, composer).make()
        seconds = sum(made.timings.values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        most = MOST_SECONDS[number]
        table.add(
            number,
            *(f"{made.timings.get(step, 0.0):.2f}" for step in STEPS),
            f"{seconds:.2f}",
            table.hold(f"{number} stories", f"≤ {most:g} s", seconds <= most),
            f"{made.blank:.1%}",
            f"{peak:.0f}",
            table.hold(f"{number} stories", f"≤ {MOST_MB} MB", peak <= MOST_MB),
        )
    return table


def _page(number: int) -> PageBrief:
    weights = [2 * number - rank for rank in range(number)]
    stories = []
    for rank, weight in enumerate(weights, start=1):
        headline, paragraphs = next(texts(1, PAGE * weight // sum(weights), seed=rank))
        stories.append(Story(f"s{rank}", rank, headline, pieces=[Piece("text", text) for text in paragraphs]))
    folio = Folio("02", "要闻", "2026年11月25日　星期三", "望潮日报")
    notice = Item("house", "望潮日报", 2, 8, corner="bottom", text="0000-0000000", filler=True)
    return PageBrief("02", "02", stories, folio=folio, house_notice=notice)
