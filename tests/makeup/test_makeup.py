"""A page from brief to proof: nothing lost, whatever fits and whatever does not."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from articles.makeup.fonts import Fonts
from articles.makeup.makeup import DoesNotFit, MadePage, MissingGlyphs, TooManyStories
from articles.makeup.material import PageBrief, Piece
from articles.makeup.prints import PictureUnreadable
from articles.makeup.wishes import Wishes
from tests.makeup.sheets import (
    ADVERT,
    BROADSHEET,
    TABLOID,
    make,
    page,
    picture,
    set_text,
    stories,
    story,
    whole_text,
)

pytestmark = [pytest.mark.once, pytest.mark.fonts]
LENGTHS = (900, 600, 500, 400)


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> PageBrief:
    folder = tmp_path_factory.mktemp("pictures")
    found = stories(*LENGTHS)
    found[0] = replace(found[0], kicker="迎接旅游季", deck="新增三条线路", pictures=(picture(folder),))
    return page(found, items=[ADVERT])


@pytest.fixture(scope="module")
def made(brief: PageBrief, page_fonts: Fonts) -> MadePage:
    return make(brief, page_fonts)


def test_every_story_is_whole_and_nothing_else_is_there(made: MadePage, brief: PageBrief) -> None:
    assert made.reading.sound, made.reading
    for one in brief.stories:
        assert set_text(made, one.key) == whole_text(one)
    assert made.deferred == () and made.jumps == () and made.blank <= 0.03


def test_the_areas_are_on_the_page_and_apart(made: MadePage, brief: PageBrief) -> None:
    areas = made.fractions()
    assert {area["key"] for area in areas} >= {one.key for one in brief.stories} | {"advert"}
    boxes = [(*area["polygon"][0], *area["polygon"][2]) for area in areas]
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1
        for a, b, c, d in boxes[number + 1 :]:
            assert right <= a or c <= left or bottom <= b or d <= top


def test_an_advert_lies_in_its_corner_and_says_what_it_is(made: MadePage) -> None:
    zone = next(zone for zone in made.composition.zones if zone.key == "advert")
    right = TABLOID.x(TABLOID.columns - 1) + TABLOID.column
    assert zone.area.x + zone.area.w == pytest.approx(right)
    assert zone.area.y + zone.area.h == pytest.approx(TABLOID.y(TABLOID.lines) - TABLOID.lead)
    assert "广告" in [e.text for e in made.composition.elements if e.story == "advert"]


def test_the_same_page_is_the_same_bytes(brief: PageBrief, made: MadePage, page_fonts: Fonts) -> None:
    assert make(brief, page_fonts).pdf == made.pdf


def test_another_process_makes_the_same_bytes(page_fonts: Fonts) -> None:
    plain = page(stories(500, 400, 300))
    code = (
        "import hashlib; from articles.makeup import fonts; from tests.makeup.sheets import *;"
        "print(hashlib.sha256(make(page(stories(500, 400, 300)), fonts.find()).pdf).hexdigest())"
    )
    import hashlib

    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(make(plain, page_fonts).pdf).hexdigest()


def test_there_are_three_pages_to_choose_among(brief: PageBrief, made: MadePage, page_fonts: Fonts) -> None:
    others = [made, *(make(brief, page_fonts, choice=choice) for choice in (2, 3))]
    assert made.proposals == 3
    assert len({str([(z.key, z.area) for z in other.composition.zones]) for other in others}) == 3
    assert all(other.reading.sound for other in others)


def test_a_tree_is_laid_out_as_it_says(brief: PageBrief, page_fonts: Fonts) -> None:
    second = make(brief, page_fonts, choice=2)
    again = make(brief, page_fonts, tree=second.tree)
    assert again.tree == second.tree
    assert make(brief, page_fonts, tree=["above", "no", "such"]).reading.sound


# --- wishes -----------------------------------------------------------------------------------------------------------


def module(made: MadePage, key: str) -> tuple[float, float, float, float]:
    return next(tuple(zone.area) for zone in made.composition.zones if zone.key == key)


@pytest.mark.parametrize(
    ("wishes", "obeyed"),
    [
        (Wishes(columns=2), lambda m: module(m, "s2")[2] == pytest.approx(TABLOID.span(2))),
        (Wishes(columns=6), lambda m: module(m, "s2")[2] == pytest.approx(TABLOID.span(6))),
        (Wishes(corner="top_right"), lambda m: module(m, "s2")[1] == pytest.approx(TABLOID.y(3))),
        (Wishes(corner="bottom"), lambda m: module(m, "s2")[1] > TABLOID.y(20)),
        (Wishes(corner="left"), lambda m: module(m, "s2")[0] == pytest.approx(TABLOID.left)),
        (Wishes(headline="老码头修缮|完成"), lambda m: ["老码头修缮", "完成"] in rows_of(m)),
        (Wishes(head_size=23.0), lambda m: 23.0 in sizes_of(m)),
    ],
)
def test_a_wish_is_obeyed(wishes: Wishes, obeyed: Callable[[MadePage], bool], page_fonts: Fonts) -> None:
    found = stories(700, 500, 500, 400)
    found[1] = replace(found[1], wishes=wishes)
    assert obeyed(make(page(found), page_fonts))


def rows_of(made: MadePage) -> list[list[str]]:
    return [e.data["rows"] for e in made.composition.elements if e.what == "headline" and e.story == "s2"]


def sizes_of(made: MadePage) -> list[float]:
    return [e.data["size"] for e in made.composition.elements if e.what == "headline" and e.story == "s2"]


def test_a_picture_is_left_out_or_cropped_as_wished(page_fonts: Fonts, tmp_path: Path) -> None:
    found = stories(700, 500, 500)
    pictures = (picture(tmp_path),)
    found[0] = replace(found[0], pictures=pictures, wishes=Wishes(picture_columns=0))
    none = make(page(found), page_fonts)
    assert not [e for e in none.composition.elements if e.what == "picture"]
    found[0] = replace(found[0], wishes=Wishes(picture_columns=2, picture_ratio=1.0))
    one = make(page(found), page_fonts)
    shown = next(e for e in one.composition.elements if e.what == "picture")
    assert shown.data["w"] == pytest.approx(TABLOID.span(2))
    assert shown.data["h"] / shown.data["w"] == pytest.approx(1.0, abs=0.45)


# --- too much ---------------------------------------------------------------------------------------------------------


def test_what_jumps_is_whole_over_both_pages(page_fonts: Fonts) -> None:
    found = [story(1, 2600), *[story(rank, 900) for rank in (2, 3, 4)]]
    first = make(page(found, jump_targets={"03": 500}), page_fonts)
    assert first.jumps and first.reading.sound and not first.deferred
    for jump in first.jumps:
        one = next(one for one in found if one.key == jump.story)
        rest = replace(one, rank=2, from_line=jump.from_line, continues_from="02", pictures=())
        second = make(
            page([replace(story(5, 700), rank=1), rest, replace(story(6, 500), rank=3)], code="03"),
            page_fonts,
        )
        assert second.reading.sound
        assert set_text(first, one.key) + set_text(second, one.key) == whole_text(one)
        assert any("上接第02版" in e.text for e in second.composition.elements)


def test_a_jump_is_forced_and_forbidden(page_fonts: Fonts) -> None:
    found = stories(1000, 900, 600, 500)
    found[0] = replace(found[0], wishes=Wishes(jump="force"))
    forced = make(page(found, jump_targets={"03": 300}), page_fonts)
    assert [jump.story for jump in forced.jumps] == ["s1"]
    many = [replace(one, wishes=Wishes(jump="forbid")) for one in stories(2500, 900, 900, 800)]
    kept = make(page(many, jump_targets={"03": 900}), page_fonts)
    assert kept.jumps == () and kept.deferred and kept.over_by > 0


def test_the_lightest_waits_and_the_lines_are_said(page_fonts: Fonts) -> None:
    made = make(page(stories(2200, 1500, 900, 800, 700)), page_fonts)
    assert made.deferred and made.deferred[0] == "s5" and "s1" not in made.deferred
    assert made.over_by > 0 and made.reading.sound


def test_a_story_no_page_holds_waits_for_one_that_does(page_fonts: Fonts) -> None:
    made = make(page([story(1, 20_000), *[story(rank, 700) for rank in (2, 3, 4)]]), page_fonts)
    assert made.deferred == ("s1",) and made.over_by > 1000


def test_alone_and_too_long_it_does_not_fit(page_fonts: Fonts) -> None:
    with pytest.raises(DoesNotFit) as refused:
        make(page([story(1, 20_000)]), page_fonts)
    assert refused.value.over and refused.value.over > 1000


# --- too little -------------------------------------------------------------------------------------------------------


def test_little_gets_larger_heads_and_a_house_notice(page_fonts: Fonts) -> None:
    made = make(page(stories(450, 250, 200)), page_fonts)
    assert made.reading.sound and made.blank <= 0.1
    assert "house" in {zone.key for zone in made.composition.zones}


def test_almost_nothing_is_said_to_be_short(page_fonts: Fonts) -> None:
    made = make(page([story(1, 80)]), page_fonts)
    assert made.reading.sound and made.blank > 0.3 and made.short_by > 100


# --- what cannot be ---------------------------------------------------------------------------------------------------


def test_twelve_stories_come_out(page_fonts: Fonts) -> None:
    made = make(page([story(rank, 950 - 50 * rank) for rank in range(1, 13)]), page_fonts, BROADSHEET)
    assert made.reading.sound and not made.deferred and made.blank <= 0.03


def test_more_stories_than_can_be_weighed_are_refused(page_fonts: Fonts) -> None:
    many = [replace(story(1, 60), key=f"s{rank}", rank=rank) for rank in range(1, 16)]
    with pytest.raises(TooManyStories) as refused:
        make(page(many), page_fonts)
    assert refused.value.count == 15


def test_characters_no_font_has_are_named(page_fonts: Fonts) -> None:
    found = stories(300, 300)
    found[1] = replace(found[1], pieces=(Piece("text", "好😀的"),))
    with pytest.raises(MissingGlyphs) as refused:
        make(page(found), page_fonts)
    assert refused.value.where == {"s2": "😀"}


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_picture_that_cannot_be_read_is_named(content: bytes, page_fonts: Fonts, tmp_path: Path) -> None:
    broken = replace(picture(tmp_path), file=tmp_path / "broken")
    (tmp_path / "broken").write_bytes(content)
    found = stories(700, 500, 400)
    found[0] = replace(found[0], pictures=(broken,))
    with pytest.raises(PictureUnreadable) as refused:
        make(page(found), page_fonts)
    assert refused.value.key == "p"


def test_a_picture_that_is_gone_is_named(page_fonts: Fonts, tmp_path: Path) -> None:
    gone = replace(picture(tmp_path), file=tmp_path / "gone")
    found = stories(700, 500, 400)
    found[0] = replace(found[0], pictures=(gone,))
    with pytest.raises(PictureUnreadable):
        make(page(found), page_fonts)


# --- odd things -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "odd",
    [
        story(1, 400, headline="数" * 120),
        story(1, 400, headline="A" * 120),
        story(1, 400, headline=""),
        story(1, 0),
        story(1, 400, kicker="引题" * 60, deck="副题很长" * 40, byline="■记者 " + "林海生 " * 40),
        story(1, 400, headline="#let x = $1$ *粗* \\ @引用 <标签> // 注释"),
        replace(story(1), pieces=tuple(Piece("subhead", f"小标题{n}") for n in range(200))),
        replace(story(1), pieces=tuple(Piece("text", "一段短话。") for _ in range(150))),
        replace(story(1), pieces=(Piece("text", "x" * 2000),)),
    ],
    ids=["wide", "latin", "none", "bodyless", "talkative", "markup", "subheads", "paragraphs", "word"],
)
def test_odd_stories_are_set_whole(odd: object, page_fonts: Fonts) -> None:
    assert hasattr(odd, "key")
    made = make(page([odd, *[story(rank, 500) for rank in (2, 3, 4)]]), page_fonts)  # type: ignore[list-item]
    assert made.reading.sound, made.reading
    assert odd.key not in made.deferred


@pytest.mark.parametrize(("wide", "high", "number"), [(1, 6000, 1), (6000, 1, 1), (900, 600, 30)])
def test_odd_pictures_are_printed(
    wide: int, high: int, number: int, page_fonts: Fonts, tmp_path: Path
) -> None:
    pictures = tuple(picture(tmp_path, wide, high, f"p{n}") for n in range(number))
    made = make(page([story(1, 300, pictures=pictures), *[story(n, 500) for n in (2, 3)]]), page_fonts)
    assert made.reading.sound and not made.deferred
    assert len([e for e in made.composition.elements if e.what == "picture"]) == number
