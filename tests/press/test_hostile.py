"""Every PDF somebody may send: refused or handled, always with a sentence; never a worker lost, nothing active."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import ImageChops

from articles.models import PageProof, PressFile
from articles.press import work
from articles.press.cleaning import clean_page, save
from articles.press.confined import reading
from articles.press.opening import MOST_PAGES, Refused
from articles.press.uploads import upload_pdf
from articles.press.wording import SENTENCES, sentence
from tests.press import hostile
from tests.press.conftest import Press, printed

ACTIVE = [
    b"JavaScript",
    b"/JS",
    b"/AA",
    b"OpenAction",
    b"EmbeddedFile",
    b"Launch",
    b"evil",
    b"/Annots",
    b"AcroForm",
]


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def pdf(tmp_path: Path) -> Any:
    def kept(data: bytes) -> Path:
        path = tmp_path / "sent.pdf"
        path.write_bytes(data)
        return path

    return kept


REFUSED = {
    "encrypted": hostile.encrypted,
    "truncated": lambda: printed()[0].pdf[:60_000],
    "empty": lambda: hostile.of_pages(0),
    "too_many_pages": lambda: hostile.of_pages(500),
    "not_pdf": lambda: b"%PDF-1.7\n" + b"nothing of the kind " * 50 + b"%%EOF",
    "size": lambda: hostile.harmless(box=b"0 0 90000 90000"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_a_paper_is_refused_with_a_sentence(press: Press, code: str) -> None:
    file = press.upload(REFUSED[code]())
    assert press.work() == [work.Outcome.REFUSED]
    file.refresh_from_db()
    assert (file.state, file.problem) == (PressFile.State.FAILED, code)
    words = sentence(file.problem, file.values)
    assert words.endswith(".") and "%" not in words
    assert not PageProof.objects.exists()
    assert press.work() == [], "what is refused is not tried again"


def test_every_refusal_has_words_in_every_language() -> None:
    for code in SENTENCES:
        values = {"pages": 5, "most": MOST_PAGES, "page": 1, "width": 1, "height": 1, "seconds": 9}
        for language in ("en", "zh-hans"):
            with translation.override(language):
                assert "%(" not in sentence(code, values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_file"),
        (b"\x89PNG\r\n", "not_pdf"),
        (b"<html>%PDF", "not_pdf"),
        (b"<script>" * 200, "not_pdf"),
    ],
)
def test_what_is_no_pdf_is_not_even_kept(press: Press, media: Any, data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        press.upload(data)
    assert refused.value.code == code
    assert not media.private.exists() or not [path for path in media.private.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_two_hundred_megabytes_are_not_kept(press: Press, tmp_path: Path) -> None:
    large = hostile.sparse(tmp_path / "large.pdf", 200)
    with large.open("rb") as file, pytest.raises(ValidationError, match="larger than 120 MB"):
        upload_pdf(press.cast.layout, press.issue.pk, File(file))


@pytest.mark.django_db
def test_a_hostile_name_is_text_and_never_a_path(press: Press, media: Any) -> None:
    file = press.upload(hostile.harmless(), name="../../etc/\x00pass<b>wd.pdf")
    assert "/" not in file.filename and "\x00" not in file.filename
    assert (media.private / file.upload).is_file()
    assert "pass" not in file.upload


@pytest.mark.django_db
def test_nothing_active_reaches_a_reader(press: Press) -> None:
    press.upload(hostile.with_everything_active(), page=press.pages[0])
    press.work()
    press.work()
    proof = PageProof.objects.get()
    with default_storage.open(proof.pdf) as file:
        clean = file.read()
    assert not [word for word in [*ACTIVE, b"Secret Name"] if word in clean]
    assert "Harbour ferry" in pypdfium2.PdfDocument(clean)[0].get_textpage().get_text_bounded()


@pytest.mark.django_db
def test_a_scan_becomes_a_picture_without_text(press: Press) -> None:
    press.upload(hostile.scanned(), page=press.pages[0])
    press.work()
    press.work()
    proof = PageProof.objects.get()
    assert proof.state == PageProof.State.READY
    assert proof.report["scanned"] is True
    assert not proof.areas.exists()


@pytest.mark.once
@pytest.mark.parametrize(
    "more", [b"/Rotate 90", b"/Rotate 180", b"/Rotate 270 /CropBox [50 100 550 760]", b""]
)
def test_turned_and_cropped_pages_are_read_as_they_are_seen(pdf: Any, tmp_path: Path, more: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf(hostile.harmless(more=more)))
    seen = document[0]
    target = tmp_path / "clean.pdf"
    save(clean_page(document, 0), target)
    page = pypdfium2.PdfDocument(target)[0]
    assert page.get_size() == pytest.approx(seen.get_size())
    assert "Harbour" in page.get_textpage().get_text_bounded()
    before, after = (each.render(scale=0.5).to_pil().convert("L") for each in (seen, page))
    # The edges of letters may differ by a shade.
    assert ImageChops.difference(before, after).getextrema()[1] < 40


@pytest.mark.once
def test_a_bomb_is_killed_and_nobody_else_notices(pdf: Any) -> None:
    path = pdf(hostile.laughing())
    with pytest.raises(Refused) as refused, reading("page", path, number=0, texts={}, cpu_seconds=2):
        pass
    assert refused.value.code in {"too_slow", "too_heavy"}


@pytest.mark.once
def test_too_much_memory_and_too_much_time_each_have_their_word(pdf: Any) -> None:
    path = pdf(hostile.harmless())
    with pytest.raises(Refused) as heavy, reading("survey", path, memory=40 * 1024**2):
        pass
    assert heavy.value.code == "too_heavy"
    with pytest.raises(Refused) as slow, reading("survey", path, wall_seconds=0.01):
        pass
    assert slow.value.code == "too_slow"


@pytest.mark.once
def test_the_child_knows_no_secret_and_leaves_nothing_behind(pdf: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("NEWSROOM_SECRET_KEY", "do-not-tell")
    with reading("survey", pdf(hostile.harmless())) as (answer, folder):
        assert len(answer["pages"]) == 1
        assert (folder / "0.jpg").is_file()
    assert not folder.exists()


@pytest.mark.django_db
def test_a_file_field_is_no_way_to_another_page(press: Press) -> None:
    other = press.cast.page(press.cast.issue(), "01")
    with pytest.raises(type(other).DoesNotExist):
        upload_pdf(
            press.cast.layout, press.issue.pk, ContentFile(hostile.harmless(), "a.pdf"), page_id=other.pk
        )
    assert not PressFile.objects.exists()
