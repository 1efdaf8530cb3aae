"""The demo's words and pictures themselves."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from articles.body import blocks, sanitise
from articles.intake.punctuation import restore
from articles.models import Publication
from media_library.metadata import read_metadata
from newsroom.demo import content, photos, pictures
from newsroom.demo.content import Story
from newsroom.demo.people import ACCOUNTS, OTHERS
from newsroom.demo.pictures.canvas import SIZE
from newsroom.demo.staging import paper_day

DEMO = Path(content.__file__).parent
DAY = date(2027, 3, 10)  # a Wednesday
FILES = (*content.ISSUES, content.DESK)
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def everything() -> list[Story]:
    return [story for name in FILES for story in content.load(name, DAY)]


def words(story: Story) -> list[str]:
    """Every text of a story, one after the other."""
    uses = [use[key] for use in story.photos for key in ("caption", "credit", "alt")]
    told = [story.correction.text] if story.correction else []
    heads = [story.kicker, story.headline, story.first_headline, story.deck, story.dateline, story.summary]
    prose = [text for text in story.paragraphs if not text.startswith("![")]
    prose += [*story.web_body.split("\n\n"), story.revision]
    return [
        text for text in (*heads, *prose, *uses, *told, story.reason, story.withdrawn, story.note) if text
    ]


def han(text: str) -> str:
    """The letters and digits alone: a sentence with other punctuation is still that sentence."""
    return "".join(character for character in text if character.isalnum())


def length(story: Story) -> int:
    """Characters of the body as it is read, without marks of the file."""
    return sum(len(text) for text in story.paragraphs if not text.startswith(("## ", "![")))


@pytest.mark.pages
def test_no_sentence_of_a_real_page_is_in_it(shared_pages):
    real = "\n".join(page.read_text(encoding="utf-8") for page in sorted(shared_pages.glob("*.txt")))
    paragraphs = [han(line) for line in real.splitlines()]
    pieces = {line[at : at + 12] for line in paragraphs for at in range(len(line) - 11)}
    files = [path for path in DEMO.rglob("*") if path.suffix in {".py", ".toml", ".txt"}]

    ours = {path: han(path.read_text(encoding="utf-8")) for path in files}

    assert len(pieces) > 1000
    assert len(files) > 10
    found = {text[at : at + 12] for text in ours.values() for at in range(len(text) - 11)} & pieces
    assert found == set()


def test_every_issue_fills_its_four_pages_and_the_desk_has_every_state():
    for name in content.ISSUES:
        stories = content.load(name, DAY)
        assert {story.page for story in stories} == set(content.PAGES)
        assert {story.section for story in stories} <= set(content.SECTIONS)
        assert not any(story.state for story in stories)
    assert {story.state for story in content.load(content.DESK, DAY)} == set(content.STATES)


def test_it_is_a_paper_and_no_handful(everything):
    printed = [story for story in everything if story.page]
    kinds = Counter(story.kind for story in printed)
    sections = Counter(story.section for story in printed)

    assert len(printed) >= 40
    assert set(sections) == set(content.SECTIONS)
    assert all(count >= 5 for count in sections.values()), sections
    assert kinds["feature"] >= 3
    assert kinds["photo"] >= 3
    assert kinds["brief"] >= 6
    assert kinds["wire"] >= 3
    assert len({story.key for story in everything}) == len(everything)
    assert len({story.headline for story in everything}) == len(everything)


def test_stories_have_the_length_of_their_kind(everything):
    for story in everything:
        if not story.page:
            continue
        if story.kind == "feature":
            assert 1500 <= length(story) <= 2500, (story.headline, length(story))
            assert sum(text.startswith("## ") for text in story.paragraphs) >= 3, story.headline
        elif story.kind == "news":
            floor = 200 if story.emergency else 390
            assert floor <= length(story) <= 950, (story.headline, length(story))
        elif story.kind == "brief":
            assert 70 <= length(story) <= 200, (story.headline, length(story))


def test_galleries_have_three_photos_or_more(everything):
    galleries = [story for story in everything if story.kind == "photo" and len(story.photos) > 1]

    assert len(galleries) >= 3
    assert all(3 <= len(story.photos) <= 5 for story in galleries)


def test_no_sentence_stands_twice(everything):
    seen: dict[str, str] = {}
    for story in everything:
        bodies = [*story.paragraphs, story.revision]
        for sentence in {han(part) for text in bodies for part in re.split(r"[。！？”]", text)}:
            if len(sentence) >= 10:
                assert sentence not in seen, (sentence, seen.get(sentence), story.headline)
                seen[sentence] = story.headline


def test_punctuation_is_as_the_intake_would_store_it(everything):
    for story in everything:
        for text in words(story):
            # The space before 摄 in a credit is the trade's.
            plain = re.sub(r" (摄|供图)$", "", text)
            assert restore(plain) == plain, text
            assert not re.search(r"[,;:?!()'\"]|\.\.|[{}]", plain.removeprefix("## ")), text


def test_quotes_and_brackets_are_paired_in_every_paragraph(everything):
    pairs = {"”": "“", "’": "‘", "》": "《", "）": "（"}
    for story in everything:
        for text in words(story):
            waiting: list[str] = []
            for mark in text:
                if mark in pairs.values():
                    waiting.append(mark)
                elif mark in pairs:
                    assert waiting, text
                    assert waiting.pop() == pairs[mark], text
            assert not waiting, text


def test_no_word_is_doubled_and_no_mark_either(everything):
    for story in everything:
        for text in words(story):
            assert not re.search(r"([，。、；：？！])\1|，。|。，|的的|了了|是是|在在|和和", text), text


def test_paragraphs_end_as_paragraphs_do(everything):
    for story in everything:
        for text in story.paragraphs:
            if not text.startswith(("## ", "![")):
                assert text[-1] in "。！？”）…", text


def test_bodies_pass_the_body_rules_unchanged(everything):
    ids = {name: number for number, name in enumerate(pictures.SCENES, start=1)}
    for story in everything:
        body = story.body_html(ids)
        # The sanitiser sets every block on its own line.
        assert sanitise(body).replace("\n", "") == body, story.headline
        assert len(blocks(body)) == len(story.paragraphs)


def test_photos_in_the_text_are_the_storys_own(everything):
    for story in everything:
        shown = re.findall(r"!\[(\w+)\]", story.body)
        assert set(shown) <= {use["photo"] for use in story.photos}, story.headline
        assert len(shown) == len(set(shown))


def test_bylines_name_the_staff_and_match_the_credits(everything):
    staff = {account.name for account in ACCOUNTS if account.byline} | set(OTHERS)
    for story in everything:
        assert {name for name, _, _ in story.bylines} <= staff, story.headline
        assert len(story.bylines) == len({name for name, _, _ in story.bylines})
        for use in story.photos:
            credited = use["credit"].removesuffix(" 摄")
            assert credited in staff or use["credit"].endswith("供图"), use
        assert story.bylines or story.kind == "wire", story.headline


def test_corrections_quote_what_stood_there(everything):
    corrected = [story for story in everything if story.correction]

    assert len(corrected) == 2
    for story in corrected:
        mended = story.correction
        assert mended
        assert mended.right in story.body
        assert mended.printed not in story.body
        assert "应为" in mended.text


@pytest.mark.parametrize("name", FILES)
def test_dates_are_right_whatever_the_day(name):
    """Weekday and date side by side agree, at a year's end and on a leap day too."""
    for day in (DAY, date(2027, 12, 30), date(2028, 2, 28), date(2026, 1, 1)):
        for story in content.load(name, day):
            text = "".join(words(story))
            assert not re.search(r"\{|\}", text)
            for weekday, month, of_month in re.findall(r"星期(.)（(\d+)月(\d+)日）", text):
                near = [day + timedelta(days=n) for n in range(-9, 10)]
                meant = next(d for d in near if (d.month, d.day) == (int(month), int(of_month)))
                assert "一二三四五六日"[meant.weekday()] == weekday


def test_weekdays_are_counted_and_never_written_down(everything):
    for name in FILES:
        raw = (DEMO / "stories" / f"{name}.toml").read_text(encoding="utf-8")
        assert not re.search(r"(本周|下周|这周)[一二三四五六日末]|\d+月\d+日|今年是|20\d\d年", raw), name


def test_the_page_for_trying_the_intake_holds_what_makes_it_hard():
    raw = content.PAGE_SAMPLE.read_text(encoding="utf-8")

    assert raw.count("■") == 4
    assert "■摄影" in raw
    assert "本报讯 " in raw
    assert "," in raw
    assert "9分\n\n钟" in raw, "a paragraph broken by a column"


@pytest.mark.parametrize("name", sorted(pictures.SCENES))
def test_a_scene_is_a_picture_and_no_test_square(name):
    image = pictures.draw(name)

    assert image.mode == "RGB"
    assert image.size in {SIZE, (960, 1280)}
    assert min(ImageStat.Stat(image).stddev) > 15
    small = image.resize((96, 64))
    assert len(set(small.get_flattened_data())) > 2000


def test_there_are_pictures_enough_and_some_stand_upright():
    used = [negative.scene for negative in photos.negatives()]

    assert len(used) >= 24
    assert set(used) == set(pictures.SCENES) == set(photos.PLACES)
    assert sum(pictures.draw(name).height > 1000 for name in ("stair", "queue", "umbrellas", "lanterns")) == 4


def test_a_file_is_the_same_each_time_and_says_what_it_shows():
    negative = next(negative for negative in photos.negatives() if negative.scene == "queue")
    data = pictures.jpeg("queue", negative.label)

    assert data == pictures.jpeg("queue", negative.label)
    with Image.open(BytesIO(data)) as image:
        found = read_metadata(image)
        exif = image.getexif()
    assert found.caption == negative.label.caption
    assert found.credit == "叶听舟"
    assert found.place == "望潮 老码头"
    assert found.rights == "望潮日报社"
    assert exif[0x013B].encode("latin-1").decode() == "叶听舟"


def test_no_two_pictures_are_alike():
    names = ("bridge", "girder", "lighthouse", "startrail", "tide", "storm")
    small = {}
    for name in names:
        tiny = pictures.draw(name).convert("L").resize((16, 16))
        small[name] = list(tiny.get_flattened_data())
    for (one, a), (other, b) in pairwise(sorted(small.items())):
        assert sum(abs(x - y) for x, y in zip(a, b, strict=True)) / 256 > 12, (one, other)


def test_before_press_time_yesterdays_paper_is_the_newest():
    paper = Publication(time_zone="Asia/Shanghai")
    # 06:00 there is 22:00 UTC of the day before.
    assert paper_day(paper, datetime(2027, 3, 9, 21, 59, tzinfo=UTC)) == date(2027, 3, 9)
    assert paper_day(paper, datetime(2027, 3, 9, 22, 0, tzinfo=UTC)) == date(2027, 3, 10)
