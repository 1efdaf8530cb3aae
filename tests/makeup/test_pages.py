"""A page from brief to PDF: everything on it, once; what does not fit is said; editors' wishes are kept."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pytest

from articles.makeup.makeup import DoesNotFit, MissingGlyphs, TooManyStories
from articles.makeup.material import Picture, Piece
from articles.makeup.prints import PictureUnreadable
from articles.makeup.proofing import read_back
from articles.makeup.wishes import Wishes
from tests.makeup.invented import BROADSHEET, HOUSE, TABLOID, brief, notice, picture, ranked, story, text_of

FIVE = [story(1, 1500), story(2, 1100), story(3, 900), story(4, 700), story(5, 500)]


def on_page(made, key, what="body"):
    """The text of a story's elements in the order of the page."""
    return "".join(each.text for each in made.composition.elements if each.story == key and each.what == what)


def module(made, number):
    return made.proposal.modules[number]


@pytest.fixture(scope="module")
def five(maker):
    return maker(brief(FIVE, house_notice=HOUSE))


@pytest.fixture(scope="module")
def page(five):
    return five.make()


def test_every_story_is_on_the_page_whole_and_once(page):
    assert page.reading.sound, page.reading.faults
    for each in FIVE:
        assert on_page(page, each.key) == text_of(each)
        assert on_page(page, each.key, "headline") == "".join(each.headline.split())
        assert on_page(page, each.key, "byline") == "■记者林海生何帆"
    assert page.deferred == ()
    assert page.blank <= 0.03


def test_the_pdf_itself_holds_every_character(page):
    text = pypdfium2.PdfDocument(page.pdf)[0].get_textpage().get_text_bounded()
    printed = "".join(text.split())

    assert len(printed) >= sum(len(text_of(each)) for each in FIVE)
    assert "望潮日报" in printed


def test_areas_are_fractions_of_the_page_and_never_overlap(page):
    areas = page.fractions()

    assert [area["key"] for area in areas[:5]] == [each.key for each in FIVE]
    boxes = [(area["polygon"][0], area["polygon"][2]) for area in areas]
    for number, ((left, top), (right, bottom)) in enumerate(boxes):
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1
        for (other_left, other_top), (other_right, other_bottom) in boxes[number + 1 :]:
            assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top


def test_the_best_proposals_are_different_pages(five):
    looks = [
        tuple((m.column, m.line, m.shape.columns) for m in five.make(choice=choice).proposal.modules)
        for choice in (1, 2, 3)
    ]

    assert len(set(looks)) == 3


def test_a_page_is_laid_out_as_it_was_when_its_tree_is_given(five, page):
    again = five.make(choice=2)

    same = five.make(tree=again.tree)

    assert same.tree == again.tree != page.tree


def test_the_same_brief_gives_the_same_bytes(maker, page):
    other = maker(brief(FIVE, house_notice=HOUSE)).make()

    assert hashlib.sha256(other.pdf).digest() == hashlib.sha256(page.pdf).digest()


# --- reading back -------------------------------------------------------------------------------------------------


def test_a_page_that_lost_a_line_is_not_sound(page):
    elements = list(page.composition.elements)
    number = next(n for n, each in enumerate(elements) if each.what == "body")
    longer = replace(elements[number], text=elements[number].text + "潮")

    reading = read_back(
        page.pdf,
        replace(page.composition, elements=(*elements[:number], longer, *elements[number + 1 :])),
        BROADSHEET,
    )

    assert [fault.element.story for fault in reading.faults] == [longer.story]


def test_a_line_off_the_grid_is_seen(page):
    elements = list(page.composition.elements)
    number = next(n for n, each in enumerate(elements) if each.what == "body")
    moved = replace(elements[number], data={**elements[number].data, "y": elements[number].data["y"] + 1})

    reading = read_back(
        page.pdf,
        replace(page.composition, elements=(*elements[:number], moved, *elements[number + 1 :])),
        BROADSHEET,
    )

    assert reading.faults[0].off_grid > 0


def test_what_nobody_placed_is_a_stray(page):
    without = tuple(each for each in page.composition.elements if each.what != "credits")

    assert read_back(page.pdf, replace(page.composition, elements=without), BROADSHEET).strays == "责编许若澜"


# --- too much, too little -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowded():
    return ranked([story(number, 900) for number in range(1, 7)])


def test_what_does_not_fit_jumps_and_goes_on_elsewhere(maker, crowded):
    made = maker(brief(crowded, jump_targets={"02": 300, "03": 100}), TABLOID).make()

    assert made.reading.sound, made.reading.faults
    assert made.deferred == ()
    assert made.jumps
    jump = made.jumps[0]
    jumper = next(each for each in crowded if each.key == jump.story)
    rest = replace(jumper, rank=3, from_line=jump.from_line, continues_from="01", pictures=())
    other = maker(
        brief([story(1, 700, key="other-1"), story(2, 600, key="other-2"), rest], first=False), TABLOID
    ).make()
    assert other.reading.sound, other.reading.faults
    beginning = on_page(made, jump.story).replace(f"（下转第{jump.to_page}版）", "")
    assert beginning + on_page(other, jump.story) == text_of(jumper)
    assert on_page(other, jump.story, "jump") == "（上接第01版）"


def test_without_another_page_the_lightest_stories_wait(maker, crowded):
    made = maker(brief(crowded), TABLOID).make()

    assert made.reading.sound
    assert made.deferred
    assert made.deferred[0] == crowded[-1].key
    assert not made.jumps
    left = [each for each in crowded if each.key not in made.deferred]
    assert all(on_page(made, each.key) == text_of(each) for each in left)


def test_how_much_is_too_much_is_said(maker):
    fits = maker(brief([story(1, 1400), story(2, 1200)]), TABLOID).make()
    over = maker(brief([story(1, 1700), story(2, 1600), story(3, 900)]), TABLOID).make()
    far_over = maker(brief([story(1, 1900), story(2, 1800), story(3, 1600)]), TABLOID).make()

    assert fits.over_by == 0
    assert over.deferred == far_over.deferred == ("story-3",)
    assert 0 < over.over_by < 60
    assert over.over_by % TABLOID.columns == 0
    assert far_over.over_by > 100


def test_one_story_larger_than_the_page_fits_nowhere(maker):
    with pytest.raises(DoesNotFit):
        maker(brief([story(1, 9000)]), TABLOID).make()


def test_a_thin_page_gets_a_house_notice_and_no_white_hole(maker):
    made = maker(brief([story(1, 500), story(2, 300)], house_notice=HOUSE), TABLOID).make()

    assert made.reading.sound
    assert made.blank <= 0.03
    assert "house" in [zone.key for zone in made.composition.zones]


def test_without_a_notice_what_is_too_little_is_said(maker):
    made = maker(brief([story(1, 300)]), TABLOID).make()

    assert made.reading.sound
    assert made.short_by > 0
    assert made.blank > 0.03


# --- wishes ---------------------------------------------------------------------------------------------------------


def wishing(number, **wishes):
    return [replace(each, wishes=Wishes(**wishes)) if n == number else each for n, each in enumerate(FIVE)]


@pytest.mark.parametrize(
    ("number", "wishes", "kept"),
    [
        (1, {"columns": 5}, lambda m: m.shape.columns == 5),
        (3, {"corner": "bottom_left"}, lambda m: m.column == 0),
        (
            2,
            {"headline": "老街面馆|延长营业"},
            lambda m: m.shape.head.parts[0].rows == ("老街面馆", "延长营业"),
        ),
        (1, {"head_size": 33.0}, lambda m: m.shape.head.size == 33.0),
    ],
)
def test_a_wish_is_kept(maker, number, wishes, kept):
    made = maker(brief(wishing(number, **wishes), house_notice=HOUSE)).make()

    assert made.reading.sound
    assert kept(module(made, number))


def test_a_jump_may_be_forced_and_forbidden(maker, crowded):
    forced = [replace(crowded[0], wishes=Wishes(jump="force")), *crowded[1:3]]
    made = maker(brief(forced, jump_targets={"02": 400}, house_notice=HOUSE), TABLOID).make()
    assert [jump.story for jump in made.jumps] == [crowded[0].key]

    forbidden = [replace(each, wishes=Wishes(jump="forbid")) for each in crowded]
    made = maker(brief(forbidden, jump_targets={"02": 400}), TABLOID).make()
    assert made.jumps == ()
    assert made.deferred


# --- pictures, adverts ----------------------------------------------------------------------------------------------


def test_pictures_are_printed_with_their_legends(maker, tmp_path):
    shown = [replace(FIVE[0], pictures=[picture(tmp_path), picture(tmp_path, "night", 600, 900)]), *FIVE[1:]]

    made = maker(brief(shown, house_notice=HOUSE)).make()

    assert made.reading.sound, made.reading.faults
    assert on_page(made, "story-1", "caption") == "夜色里的渡轮。叶听舟摄" * 2
    objects = list(pypdfium2.PdfDocument(made.pdf)[0].get_objects())
    assert sum(each.type == 3 for each in objects) == 2


def test_a_photo_story_is_its_picture(maker, tmp_path):
    photo = story(3, 60, photo_story=True, pictures=[picture(tmp_path, "regatta", 1200, 800)])

    made = maker(brief([story(1, 1300), story(2, 900), photo], house_notice=HOUSE), TABLOID).make()

    assert made.reading.sound, made.reading.faults
    shape = module(made, 2).shape
    assert shape.plate.columns == shape.columns


def test_an_advert_stands_in_its_corner_and_is_called_one(maker):
    made = maker(brief(FIVE, items=[notice()], house_notice=HOUSE)).make()

    assert made.reading.sound, made.reading.faults
    placed = next(m for m in made.proposal.modules if made.composition.zones[m.story].key == "item-1")
    assert (placed.shape.columns, placed.shape.lines) == (2, 14)
    assert placed.column + 2 == BROADSHEET.columns
    assert "广告" in on_page(made, "item-1", "item")


def test_a_picture_that_cannot_be_read_is_named(maker, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    shown = [replace(FIVE[0], pictures=[Picture("photo-7", 900, 600, broken)]), *FIVE[1:]]

    with pytest.raises(PictureUnreadable, match="photo-7"):
        maker(brief(shown, house_notice=HOUSE)).make()


def test_characters_that_no_font_has_are_named_before_anything_is_set(maker):
    with pytest.raises(MissingGlyphs) as told:
        maker(brief([story(1, 300, pieces=(Piece("text", "今天的潮水😀很高"),))]))

    assert told.value.where == {"story-1": "😀"}


def test_more_stories_than_can_be_weighed_are_said(maker):
    with pytest.raises(TooManyStories):
        maker(brief([story(rank, 60) for rank in range(1, 17)])).make()


@pytest.mark.parametrize("headline", ["潮", "A" * 30, "潮" * 60, "Wi-Fi GDP AI 5G 2030 " * 4])
def test_any_headline_is_set_or_said_not_to_fit(maker, headline):
    stories = [replace(FIVE[0], headline=headline.strip()), *FIVE[1:]]

    try:
        made = maker(brief(stories, house_notice=HOUSE)).make()
    except DoesNotFit:
        return
    assert made.reading.sound, made.reading.faults


def test_another_process_makes_the_same_page(page, font_cache, tmp_path):
    code = (
        "import hashlib, sys\nfrom pathlib import Path\n"
        "from articles.makeup import fonts\nfrom articles.makeup.composer import Composer\n"
        "from articles.makeup.makeup import Maker\nfrom tests.makeup.test_pages import FIVE\n"
        "from tests.makeup.invented import BROADSHEET, HOUSE, brief\n"
        "composer = Composer(Path(sys.argv[1]), fonts.find(), BROADSHEET, Path(sys.argv[2]))\n"
        "made = Maker(brief(FIVE, house_notice=HOUSE), BROADSHEET, composer).make()\n"
        "print(hashlib.sha256(made.pdf).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(font_cache)], capture_output=True, text=True
    )

    assert done.stdout.strip() == hashlib.sha256(page.pdf).hexdigest(), done.stderr
