"""What the make-up reads: bodies, wishes, fonts, page pictures."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from articles.makeup import facsimile, fonts
from articles.makeup.composer import Composer
from articles.makeup.fonts import Fonts, FontsMissing
from articles.makeup.material import Piece, Span
from articles.makeup.pieces import pieces
from articles.makeup.wishes import NONE, BadWish, Wishes, read
from media_library.specs import JPEG, WEBP
from tests.makeup.sheets import CACHE, TABLOID, make, page, stories

pytestmark = pytest.mark.once


def test_a_body_becomes_pieces_with_their_styles() -> None:
    found = pieces(
        "<p>水是H<sub>2</sub>O，<strong>要紧</strong>。</p><h2>怎么办</h2><ol><li>一</li><li>二</li></ol>"
    )
    assert [(piece.kind, piece.text) for piece in found] == [
        ("text", "水是H2O，要紧。"),
        ("subhead", "怎么办"),
        ("text", "1．一"),
        ("text", "2．二"),
    ]
    assert found[0].spans == (Span(3, 4, "sub"), Span(6, 8, "bold"))


def test_a_dateline_begins_the_first_paragraph() -> None:
    assert pieces("<p>昨天，<em>潮</em>来。</p>", "本报讯")[0] == Piece(
        "text", "本报讯　昨天，潮来。", spans=(Span(0, 3, "bold"), Span(7, 8, "kai"))
    )
    assert [piece.text for piece in pieces("<h2>小题</h2>", "本报讯")] == ["本报讯", "小题"]


def test_markup_in_a_body_is_text() -> None:
    assert pieces("<p>&lt;b&gt; &amp; #let</p>")[0].text == "<b> & #let"


def test_wishes_are_read_and_written() -> None:
    kept = Wishes(
        columns=3, corner="top_left", headline="一|二", head_size=24.0, jump="forbid", picture_ratio=0.7
    )
    assert read(kept.as_dict()) == kept
    assert read({}) == NONE and NONE.as_dict() == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": 0},
        {"columns": 13},
        {"columns": True},
        {"columns": "3"},
        {"corner": "middle"},
        {"headline": "一|二|三|四"},
        {"headline": "字" * 131},
        {"headline": "一\n二"},
        {"head_size": 200},
        {"head_size": float("nan")},
        {"jump": "maybe"},
        {"picture_ratio": 9},
        {"colour": "red"},
    ],
)
def test_what_nobody_may_wish_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadWish) as refused:
        read(wrong)
    assert refused.value.name == next(iter(wrong))


# --- fonts --------------------------------------------------------------------------------------------------------


def test_missing_fonts_name_their_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "PLACES", (tmp_path,))
    with pytest.raises(FontsMissing) as refused:
        fonts.find()
    assert refused.value.packages == ["fonts-noto-cjk"]


@pytest.mark.fonts
def test_without_the_finer_faces_a_page_is_set_all_the_same(page_fonts: Fonts) -> None:
    needed = {face.role for face in fonts.FACES if face.needed}
    plain = Fonts({role: file for role, file in page_fonts.files.items() if role in needed})
    made = make(page(stories(500, 400, 300)), plain)
    assert made.reading.sound and not plain.has_black


@pytest.mark.fonts
def test_a_missing_character_is_known(page_fonts: Fonts) -> None:
    assert page_fonts.missing("望潮日报 ABC 12，。😀") == {"😀"}


@pytest.mark.fonts
def test_the_font_folder_is_made_once(page_fonts: Fonts, tmp_path: Path) -> None:
    folder = page_fonts.folder(tmp_path)
    assert page_fonts.folder(tmp_path) == folder
    assert {path.name for path in folder.iterdir()} == {path.name for path in page_fonts.files.values()}


# --- what comes out -----------------------------------------------------------------------------------------------


@pytest.mark.fonts
def test_a_page_has_its_pictures_widest_first(composer: Composer) -> None:
    empty = {"title": "x", "author": "x", "width": TABLOID.width, "height": TABLOID.height, "elements": []}
    document = pypdfium2.PdfDocument(composer.page(empty))
    found = dict(facsimile.pictures(document[0], (120, 480)))
    document.close()
    assert list(found) == [480, 120]
    for width, image in found.items():
        assert image.height == pytest.approx(width * TABLOID.height / TABLOID.width, abs=1)
        for fmt in (WEBP, JPEG):
            stream = BytesIO()
            facsimile.encode(image, fmt, stream)
            assert Image.open(stream).size == image.size


@pytest.mark.fonts
def test_data_can_name_no_file_outside_its_folder(page_fonts: Fonts, tmp_path: Path) -> None:
    from articles.makeup.composer import CompositionFailed

    (tmp_path / "work").mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    inside = Composer(tmp_path / "work", page_fonts, TABLOID, CACHE)
    for file in ("../secret.jpg", "/etc/hostname", str(tmp_path / "secret.jpg")):
        look = {"type": "picture", "x": 0, "y": 0, "w": 9, "h": 9, "file": file, "alt": ""}
        data = {"title": "x", "author": "x", "width": 99, "height": 99, "elements": [look]}
        with pytest.raises(CompositionFailed):
            inside.page(data)
