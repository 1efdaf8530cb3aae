"""Printed pages to try the reader of PDF pages on: set by Typst from boxes of our own, and by a browser as it likes.

Every page knows where its stories stand. Texts are the demo's: an invented town.
"""

import base64
import io
import json
import random
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from articles.press.geometry import Box

ROOT = Path(__file__).resolve().parents[2]
MM = 72 / 25.4
WIDTH, HEIGHT = 390 * MM, 550 * MM
FONT_FOLDERS = ["/usr/share/fonts/opentype/noto"]
PITCH, SIZE, LINE, GUTTER = 12.6, 9.0, 19, 11.0
COLUMN = LINE * SIZE
COLUMNS, LEFT, TOP = 6, 12.0, 40.0

OTHER_WORDS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可"


@dataclass(frozen=True)
class Story:
    key: int
    headline: str
    deck: str
    byline: str
    paragraphs: tuple[str, ...]
    caption: str = ""

    @property
    def text(self) -> str:
        return "".join([self.headline, self.deck, self.byline, *self.paragraphs, self.caption])


@dataclass
class Printed:
    """A page: its PDF and, of each story on it, the boxes where it stands in points."""

    name: str
    pdf: bytes
    page: int
    places: dict[int, list[Box]] = field(default_factory=dict)


@cache
def stories() -> tuple[Story, ...]:
    found = []
    for path in sorted((ROOT / "newsroom" / "demo" / "stories").glob("*.toml")):
        for row in tomllib.loads(path.read_text())["story"]:
            body = row.get("body", "")
            # Subheads and places of photos are marked in the demo's own way.
            lines = (line.strip().removeprefix("## ") for line in body.split("\n"))
            paragraphs = tuple(line for line in lines if line and not line.startswith("!["))
            if sum(map(len, paragraphs)) < 250:
                continue
            names = " ".join(name for name, *_rest in row.get("bylines", []))
            photos = row.get("photos", [])
            found.append(
                Story(
                    len(found) + 1,
                    row["headline"],
                    row.get("deck", ""),
                    f"■记者 {names}" if names else "",
                    paragraphs,
                    photos[0]["caption"] if photos else "",
                )
            )
    return tuple(found)


def misread(text: str, share: float, seed: int) -> str:
    """The text with that share of its characters wrong: changed on the stone, or badly recognised."""
    chance = random.Random(seed)
    return "".join(chance.choice(OTHER_WORDS) if chance.random() < share else each for each in text)


# --- our own boxes, set by Typst -----------------------------------------------------------------------------------

SHEET = """
#let page-of = json(bytes(sys.inputs.page))
#set page(width: WIDTHpt, height: HEIGHTpt, margin: 0pt)
#set text(font: "Noto Serif CJK SC", lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#for (number, sheet) in page-of.enumerate() {
  if number > 0 { pagebreak() }
  for item in sheet {
    if item.at("fill", default: none) != none {
      place(dx: item.x * 1pt, dy: item.y * 1pt, rect(width: item.w * 1pt, height: item.h * 1pt, fill: luma(item.fill)))
    } else {
      place(dx: item.x * 1pt, dy: item.y * 1pt, box(text(size: item.size * 1pt, weight: item.weight, item.text)))
    }
  }
}
""".replace("WIDTH", f"{WIDTH:.2f}").replace("HEIGHT", f"{HEIGHT:.2f}")


def lines_of(paragraphs: tuple[str, ...], length: int = LINE) -> list[str]:
    lines = []
    for paragraph in paragraphs:
        rest = "　　" + paragraph
        while rest:
            lines.append(rest[:length])
            rest = rest[length:]
    return lines


@dataclass
class Sheet:
    """One page being filled with modules, column by column, from the top."""

    frames: list[dict[str, Any]] = field(default_factory=list)
    filled: list[float] = field(default_factory=lambda: [TOP + 5 * PITCH] * COLUMNS)
    places: dict[int, list[Box]] = field(default_factory=dict)

    def words(self, x: float, y: float, text: str, size: float = SIZE, weight: str = "regular") -> None:
        self.frames.append({"x": x, "y": y, "text": text, "size": size, "weight": weight})

    def module(
        self,
        story: Story,
        column: int,
        wide: int,
        lines: list[str],
        *,
        photo: bool = False,
        head: str | None = None,
    ) -> None:
        """A story `wide` columns wide below what stands there, its lines shared out evenly."""
        x = LEFT + column * (COLUMN + GUTTER)
        top = y = max(self.filled[column : column + wide])
        width = wide * COLUMN + (wide - 1) * GUTTER
        big = min(34.0, width / (len(head or story.headline) + 0.5))
        self.words(x, y, head or story.headline, big, "bold")
        y += PITCH * (int(big / PITCH) + 2)
        if head is None and story.deck and len(story.deck) * 12 < width:
            self.words(x, y, story.deck, 12)
            y += 2 * PITCH
        if head is None and story.byline:
            self.words(x, y, story.byline)
            y += PITCH
        rows = -(-len(lines) // wide)
        if photo and wide > 1:
            tall = 14
            self.frames.append(
                {
                    "x": x + COLUMN + GUTTER,
                    "y": y,
                    "w": COLUMN * (wide - 1) + GUTTER * (wide - 2),
                    "h": tall * PITCH - 20,
                    "fill": 190,
                }
            )
            self.words(x + COLUMN + GUTTER, y + tall * PITCH - 16, story.caption or "资料图片", 8)
            rows = -(-(len(lines) + (wide - 1) * tall) // wide)
        at = 0
        for number in range(wide):
            skipped = 14 if photo and wide > 1 and number > 0 else 0
            for row in range(skipped, rows):
                if at < len(lines):
                    self.words(x + number * (COLUMN + GUTTER), y + row * PITCH, lines[at])
                    at += 1
        assert at == len(lines)
        bottom = y + rows * PITCH
        self.places.setdefault(story.key, []).append(Box(x, top, x + width, bottom - (PITCH - SIZE)))
        self.filled[column : column + wide] = [bottom + 1.5 * PITCH] * wide


def own_pages(seed: int) -> list[Printed]:
    """Two pages of an issue with a jump from the first to the second, an advert, and a list of what is inside."""
    import typst

    chance = random.Random(seed)
    some = list(stories())
    chance.shuffle(some)
    first, second = Sheet(), Sheet()
    lead, jumping, *rest = some
    first.words(LEFT, TOP - 10, "望潮日报  第01版  要闻", 20, "bold")
    second.words(LEFT, TOP - 10, "望潮日报  第02版  民生", 12)
    # What is inside: heads of stories that stand elsewhere.
    first.words(LEFT + 4 * (COLUMN + GUTTER), TOP + 2 * PITCH, f"今日导读 {rest[8].headline}", 8)
    lead_lines = lines_of(lead.paragraphs)
    first.module(lead, 0, 4, lead_lines, photo=True)
    jump_lines = lines_of(jumping.paragraphs)
    cut = len(jump_lines) * chance.choice([4, 5, 6]) // 10
    first.module(jumping, 4, 2, [*jump_lines[:cut], "（下转第2版）"])
    second.module(jumping, 0, 3, ["（上接第1版）", *jump_lines[cut:]], head=jumping.headline)
    for number, (column, wide) in enumerate([(0, 2), (2, 2), (4, 2), (0, 3), (3, 3)]):
        first.module(rest[number], column, wide, lines_of(rest[number].paragraphs)[: 34 * wide])
    for number, (column, wide) in enumerate([(3, 3), (0, 2), (2, 1), (3, 3), (0, 3)], start=5):
        second.module(
            rest[number], column, wide, lines_of(rest[number].paragraphs)[: 40 * wide], photo=number == 8
        )
    foot = max(second.filled)
    second.frames.append({"x": LEFT, "y": foot, "w": 300, "h": 80, "fill": 225})
    second.words(LEFT + 10, foot + 20, "海味楼新张 全场九折", 22, "bold")
    pdf = typst.compile(
        SHEET.encode(),
        format="pdf",
        font_paths=FONT_FOLDERS,
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps([first.frames, second.frames])},
    )
    return [
        Printed(f"own {seed} page {number + 1}", pdf, number, sheet.places)
        for number, sheet in enumerate([first, second])
    ]


# --- pages that a browser sets ---------------------------------------------------------------------------------------

STYLES = {
    "plain": "body{font-family:'Noto Serif CJK SC'} article{column-gap:6mm}",
    "ruled": "body{font-family:'Noto Serif CJK SC'} article{column-rule:.3mm solid #000;column-gap:5mm}"
    " .row>div{border-right:.3mm solid #000;padding-right:3mm}",
    "sans": "body{font-family:'Noto Sans CJK SC';font-size:8.5pt;line-height:1.55} article{column-gap:4mm}"
    " h2{font-weight:900}",
    "boxed": "body{font-family:'Noto Serif CJK SC'} article{column-gap:5mm}"
    " .row>div:nth-child(2n){background:#eee;padding:2mm}",
}


@cache
def photo() -> str:
    """A grey wedge as an address: something that is a picture and not a drawing."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((300, 120)).save(out, "JPEG")
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def foreign_page(browser: Any, seed: int, style: str) -> Printed:
    """A page of rows of stories in columns as CSS breaks them."""
    chance = random.Random(seed)
    some = list(stories())
    chance.shuffle(some)
    rows = []
    for widths in chance.sample([(4, 2), (2, 2, 2), (3, 3), (2, 4), (1, 2, 3)], 3):
        cells = []
        for wide in widths:
            story = some.pop()
            budget, kept = 300 * wide, []
            for paragraph in story.paragraphs:
                if budget > 0:
                    kept.append(paragraph)
                    budget -= len(paragraph)
            picture = (
                f"<figure><img src='{photo()}'><figcaption>{story.caption}</figcaption></figure>"
                if story.caption
                else ""
            )
            cells.append(
                f"<div style='flex:{wide}'><section id='s{story.key}'><h2>{story.headline}</h2>"
                f"<h3>{story.deck}</h3>{picture}<address>{story.byline}</address>"
                f"<article style='columns:{wide}'>{''.join(f'<p>{each}</p>' for each in kept)}</article>"
                "</section></div>"
            )
        rows.append(f"<div class='row'>{''.join(cells)}</div>")
    html = (
        "<!doctype html><meta charset=utf-8><style>@page{size:390mm 550mm;margin:0}"
        "body{margin:0;width:366mm;padding:10mm 12mm;font-size:9pt;line-height:1.4;text-align:justify}"
        ".row{display:flex;gap:6mm;align-items:start;margin-bottom:5mm}.row>div{min-width:0}"
        "h1{font-size:20pt;margin:0 0 4mm}h2{font-size:20pt;margin:0 0 1mm;line-height:1.2}"
        "h3{font-size:12pt;font-weight:400;margin:0 0 1mm}address{font-style:normal}p{margin:0;text-indent:2em}"
        "figure{margin:0 0 2mm}figcaption{font-size:8pt}img{display:block;width:100%}"
        f"{STYLES[style]}</style><body lang=zh-Hans><h1>望潮日报 第03版 民生</h1>{''.join(rows)}"
        "<p style='font-size:18pt'>海味楼新张 全场九折</p>"
    )
    tab = browser.new_page(viewport={"width": 1474, "height": 2079})
    try:
        tab.set_content(html)
        tab.emulate_media(media="print")
        pdf = tab.pdf(prefer_css_page_size=True, print_background=True)
        boxes = tab.evaluate(
            "() => [...document.querySelectorAll('section')].map(e => {const r = e.getBoundingClientRect();"
            " return [+e.id.slice(1), r.left, r.top, r.right, r.bottom]})"
        )
    finally:
        tab.close()
    scale = 72 / 96
    places = {int(key): [Box(*(value * scale for value in box))] for key, *box in boxes}
    return Printed(f"browser {style} {seed}", pdf, 0, places)
