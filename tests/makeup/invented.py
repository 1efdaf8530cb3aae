"""Stories and pages to try the make-up with: an invented town, texts of any length, drawn pictures."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from articles.makeup.grid import Grid
from articles.makeup.material import Folio, Item, Masthead, PageBrief, Picture, Piece, Story

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
DAY = "2030年5月4日　星期六"
SENTENCES = (
    "渡轮夜航试运行首日，望潮港的灯一直亮到十一点。",
    "码头上排队的大多是下晚班的人，有人提着刚买的带鱼，有人抱着睡着的孩子。",
    "航线全长6.2公里，单程约需18分钟，票价与白天相同。",
    "“以前错过末班船，就只能绕大桥，要多花一个小时。”一位乘客说。",
    "气象台提醒，本周后半段有7级阵风，夜班船可能临时停开。",
    "港务部门说——救生衣也换了新的（共120件），照明加装了两套……",
)
HEADLINES = (
    "渡轮开夜航，末班推迟到二十三点",
    "南堤加高工程开工",
    "老街面馆延长营业，一晚多卖四十碗",
    "三百人夜练封堵，四十分钟合上缺口",
    "潮生大桥合龙",
    "十七所小学的食堂，家长可以看灶台",
    "一部词典收进四千个“海话”词",
    "夜班公交改线一月：多绕八百米，多接四百人",
    "灯塔路菜场重新开门",
    "望潮站本周起加开两趟车",
    "海洋科普周后天开幕",
    "帆船赛推迟一天",
    "云脊茶上了“身份证”",
    "民生实事半程账",
)


def body(characters: int, start: int = 0, *, subheads: bool = False) -> tuple[Piece, ...]:
    """Paragraphs of about so many characters in all."""
    out: list[Piece] = []
    left, number = characters, start
    while left > 0:
        if subheads and out and len(out) % 4 == 0:
            out.append(Piece("subhead", f"第{number}夜的海"))
        text = "".join(SENTENCES[(number + step) % len(SENTENCES)] for step in range(4))[: max(12, left)]
        out.append(Piece("text", text if text[-1] in "。”…" else text + "。"))
        left -= len(text)
        number += 1
    return tuple(out)


def story(rank: int, characters: int = 400, **more: Any) -> Story:
    """A story by its order of weight."""
    given = {
        "key": f"story-{rank}",
        "rank": rank,
        "headline": HEADLINES[(rank - 1) % len(HEADLINES)],
        "byline": "■记者 林海生 何帆",
        "pieces": body(characters, rank),
    }
    return Story(**{**given, **more})


def picture(
    folder: Path, key: str = "harbour", width: int = 900, height: int = 600, caption: str = "夜色里的渡轮。"
) -> Picture:
    """A photo that lies in `folder`."""
    path = folder / f"{key}.jpg"
    if not path.exists():
        Image.linear_gradient("L").resize((width, height)).convert("RGB").save(path)
    return Picture(key, width, height, path, "夜色里的渡轮。", "叶听舟 摄")


def brief(stories: Sequence[Story], *, first: bool = True, **more: Any) -> PageBrief:
    """A first page, or another one, with these stories."""
    head: dict[str, Any] = (
        {"masthead": Masthead("望潮日报", DAY, ["第6480期　今日4版", "国内统一连续出版物号 CN 33-0000"])}
        if first
        else {"folio": Folio("02", "民生", DAY, "望潮日报")}
    )
    given = {
        "code": "01" if first else "02",
        "title": "望潮日报",
        "stories": list(stories),
        "credits": "责编 许若澜",
    }
    return PageBrief(**{**given, **head, **more})


def notice(**more: Any) -> Item:
    given = {
        "key": "item-1",
        "title": "渔具店开张",
        "columns": 2,
        "lines": 14,
        "text": "灯塔路六号\n全场九折",
        "mark": "广告",
    }
    return Item(**{**given, **more})


HOUSE = Item("house", "望潮日报", 2, 8, corner="bottom", text="灯塔路18号", filler=True)


def ranked(stories: Sequence[Story]) -> list[Story]:
    """The same stories in this order of weight, each with a key of its own."""
    return [replace(one, rank=rank, key=f"story-{rank}") for rank, one in enumerate(stories, start=1)]


def text_of(one: Story) -> str:
    """Every character of a body, as a page must show it."""
    return "".join("".join(piece.text.split()) for piece in one.pieces)
