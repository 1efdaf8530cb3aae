"""Which fonts pages are set in, and what happens where they are not."""

from pathlib import Path

import pytest

from articles.makeup import fonts


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


@pytest.fixture
def bare(monkeypatch):
    """A machine without fonts of its own."""
    monkeypatch.setattr(fonts, "PLACES", ())


def test_missing_fonts_are_named_by_their_package(bare, tmp_path):
    put(tmp_path, "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")

    with pytest.raises(fonts.FontsMissing) as told:
        fonts.find([tmp_path])

    assert told.value.packages == ["fonts-noto-cjk"]


def test_the_black_weight_and_the_script_have_stand_ins(bare, tmp_path):
    put(tmp_path, *(face.file for face in fonts.FACES if face.needed))

    found = fonts.find([tmp_path])

    assert not found.has_black
    assert found.families["kai"] == "Noto Serif CJK SC"


def test_only_the_chosen_files_are_in_the_folder(page_fonts, tmp_path):
    folder = page_fonts.folder(tmp_path)

    assert {path.name for path in folder.iterdir()} == {path.name for path in page_fonts.files.values()}
    assert page_fonts.folder(tmp_path) == folder


def test_characters_that_no_font_has_are_found(page_fonts):
    assert page_fonts.missing("望潮港，“中𠮷文” AI 5G——") == set()
    assert page_fonts.missing("潮😀\ue000") == {"😀", "\ue000"}
