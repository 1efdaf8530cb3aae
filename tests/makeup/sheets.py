"""Stories, pictures and pages for the make-up's tests: an invented town, made by number."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from articles.makeup.composer import Composer
from articles.makeup.fonts import Fonts
from articles.makeup.grid import Grid
from articles.makeup.makeup import MadePage, Maker
from articles.makeup.material import Folio, Item, PageBrief, Picture, Piece, Story

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
TABLOID = Grid.of(
    width_mm=270,
    height_mm=390,
    columns=6,
    column_characters=12,
    gutter=10,
    body_size=9,
    pitch=12.6,
    lines=81,
    masthead_lines=11,
)
HEADLINES = (
    "灯塔路夜间班车今晚开行",
    "老码头修缮完成，市民可登塔看海",
    "渔港新增三处冷库",
    "学生走进气象站学看云图",
    "旧书市集延长到本月底",
    "潮位站换上新仪表",
    "小巷路灯全部改造完毕",
    "社区食堂推出早餐",
    "海堤步道修好两处缺口",
    "图书馆周末延时开放",
    "菜场早市提前半小时",
    "公园添了二十张长椅",
    "环卫工人有了歇脚处",
    "渡口候船室装上暖气",
)
SENTENCES = (
    "记者昨天从有关方面了解到，这项工作从春天开始，前后用了五个月。",
    "“以前要绕一大圈，现在下楼就到。”住在附近的居民说，日子方便了不少。",
    "据介绍，今年还将有12处类似的地方动工，预计投入850万元，年底前完成。",
    "工程队选在潮水退去的时候干活，每天只有4个小时，大家轮班守在现场。",
    "负责人表示，接下来会听取意见，把没有做好的地方一件一件补上。",
)
NOTICE = Item("house", "望潮日报", 2, 8, corner="bottom", text="新闻热线 0000-0000000", filler=True)
ADVERT = Item("advert", "灯塔照相馆", 2, 14, corner="bottom_right", text="证件照 立等可取", mark="广告")


def body(characters: int, start: int = 0) -> tuple[Piece, ...]:
    """Paragraphs of about a hundred characters, so many in all."""
    text = ""
    number = start
    while len(text) < characters:
        text += SENTENCES[number % len(SENTENCES)]
        number += 1
    text = text[:characters]
    return tuple(Piece("text", text[at : at + 110]) for at in range(0, characters, 110))


def story(rank: int, characters: int = 300, **more: Any) -> Story:
    plain = Story(f"s{rank}", rank, HEADLINES[rank - 1], pieces=body(characters, rank))
    return replace(plain, **more)


def stories(*lengths: int) -> list[Story]:
    return [story(rank, length) for rank, length in enumerate(lengths, start=1)]


def picture(folder: Path, width: int = 900, height: int = 600, key: str = "p") -> Picture:
    file = folder / f"{key}-{width}x{height}.png"
    Image.new("RGB", (width, height), (120, 140, 160)).save(file)
    return Picture(key, width, height, file, "市民在新修的步道上散步。", "江砚 摄")


def page(found: Sequence[Story], **more: Any) -> PageBrief:
    plain = PageBrief(
        "02",
        "望潮日报 第02版",
        found,
        folio=Folio("02", "要闻", "2026年11月25日　星期三", "望潮日报"),
        credits="责编 许若澜　校对 江砚",
        house_notice=NOTICE,
    )
    return replace(plain, **more)


def make(brief: PageBrief, fonts: Fonts, grid: Grid = TABLOID, **how: Any) -> MadePage:
    """Made in a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return Maker(brief, grid, Composer(Path(folder), fonts, grid, CACHE)).make(**how)


CACHE = Path(tempfile.gettempdir()) / "nr-tests-fonts"


def set_text(made: MadePage, key: str) -> str:
    """A story's body as it was placed, leg by leg, without the words of a jump."""
    legs = [e.text for e in made.composition.elements if e.story == key and e.what == "body"]
    text = "".join(legs)
    for jump in made.jumps:
        text = text.replace(f"（下转第{jump.to_page}版）", "")
    return text


def whole_text(one: Story) -> str:
    return "".join("".join(piece.text.split()) for piece in one.pieces)
