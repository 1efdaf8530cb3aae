"""Widths are never counted too small; headlines part where people would."""

import json
import random
from pathlib import Path

import pytest

from articles.makeup.fonts import Fonts
from articles.makeup.typesetting import break_points, rows, subhead_rows, wrapped
from articles.makeup.widths import ems
from tests.makeup.sheets import CACHE, HEADLINES

pytestmark = pytest.mark.once

MEASURE = """#let d = json(bytes(sys.inputs.data))
#set text(lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#let wide(e) = measure(text(font: e.font, weight: e.weight, size: 100pt, e.text)).width / 100pt
#context [#metadata(d.map(wide)) <widths>]
"""
SIGNS = list(
    "中文新闻字第一二百，。、；：！？“”‘’（）《》——……·①℃№éΩж"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;-+%/()@&#$"
)
NAMED = [
    "第5届GDP增长12.5%",
    "WAVE",
    "AVATAR",
    "MMMWWW",
    "0123456789",
    "“引”‘号’",
    "5℃以下",
    "№5",
    "A中A中A",
    "——",
]


@pytest.mark.fonts
def test_no_line_becomes_wider_than_it_was_counted(page_fonts: Fonts, tmp_path: Path) -> None:
    import typst

    dice = random.Random(4)
    texts = NAMED + ["".join(dice.choices(SIGNS, k=dice.randint(1, 25))).strip() for _ in range(300)]
    families = page_fonts.families
    faces = [(families["serif"], weight) for weight in (400, 700, 900)]
    faces += [(families["sans"], 400), (families["sans"], 700), (families["kai"], 400)]
    data = [{"font": font, "weight": weight, "text": text} for text in texts for font, weight in faces]
    (tmp_path / "measure.typ").write_text(MEASURE)
    widths = json.loads(
        typst.query(
            str(tmp_path / "measure.typ"),
            "<widths>",
            font_paths=[str(page_fonts.folder(CACHE))],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            field="value",
            one=True,
        )
    )
    # A kern of a hundredth is no more than the hair that boxes allow.
    low = [
        (asked["text"], wide)
        for asked, wide in zip(data, widths, strict=True)
        if wide > ems(asked["text"]) + 0.03
    ]
    assert low == []


def test_a_headline_keeps_its_words_and_loses_nothing() -> None:
    for headline in HEADLINES:
        for count in (1, 2, 3):
            parted = rows(headline, count)
            if parted is not None:
                assert len(parted) == count
                assert "".join(parted) == headline


def test_a_headline_parts_at_its_comma() -> None:
    assert rows("老码头修缮完成，市民可登塔看海", 2) == ["老码头修缮完成，", "市民可登塔看海"]


def test_an_editors_break_wins() -> None:
    assert rows("老码头|修缮完成，市民可登塔看海", 2) == ["老码头", "修缮完成，市民可登塔看海"]
    assert rows("老码头|修缮完成", 3) is None
    assert rows("老码头|", 2) is None


def test_no_row_begins_with_a_mark_or_parts_a_number() -> None:
    text = "他说：“今年1200吨，明年（预计）更多。”"
    for at in break_points(text):
        assert text[at] not in "，。：”）" and text[at - 1] not in "“（"
        assert not (text[at - 1].isdigit() and text[at].isdigit())


@pytest.mark.parametrize("width", [1, 2.5, 4, 9, 30])
def test_wrapping_keeps_every_character_and_the_width(width: float) -> None:
    text = "潮位站换上新仪表，data logger每10分钟记一次，误差不到1%。"
    out = wrapped(text, width)
    assert "".join("".join(out).split()) == "".join(text.split())
    assert all(ems(row) <= width or len(row) == 1 for row in out)


def test_a_subhead_takes_as_few_even_rows_as_hold_it() -> None:
    assert subhead_rows("怎么去", 12) == ["怎么去"]
    assert len(subhead_rows("从老码头到灯塔路怎么走最省时间", 12)) == 2
    assert "".join(subhead_rows("X" * 90, 12)) == "X" * 90
