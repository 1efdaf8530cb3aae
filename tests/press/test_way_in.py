"""A PDF comes in: kept, looked through, given to pages, made into proofs with areas."""

import io
from typing import Any

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from articles.exceptions import IllegalTransition, NotAllowed
from articles.models import Event, PageProof, PressFile
from articles.press.uploads import hand_out
from articles.press.work import Outcome
from articles.states import Verb
from media_library.models import DiscardedFile
from tests.press.conftest import Press, printed

pytestmark = pytest.mark.django_db


def test_a_file_is_looked_through_and_its_pages_are_recognised(press: Press) -> None:
    file = press.upload()
    assert press.work() == [Outcome.DONE]
    file.refresh_from_db()
    assert file.state == PressFile.State.READ
    assert [(row["page"], row["why"]) for row in file.pages] == [(page.pk, "code") for page in press.pages]
    assert Event.objects.get(verb=Verb.UPLOAD_PDF).data["file"] == "A叠.pdf"


def test_a_page_becomes_a_proof_with_pictures_a_clean_pdf_its_text_and_areas(press: Press) -> None:
    placed = press.place(0)
    proof = press.proof(0)
    assert {row["format"] for row in proof.images} == {"webp", "jpeg"}
    assert sorted({row["width"] for row in proof.images}) == [240, 480, 960, 1600, 2400]
    for row in proof.images:
        with default_storage.open(row["name"]) as file, Image.open(file) as image:
            assert image.size == (row["width"], row["height"])
    with default_storage.open(proof.pdf) as file:
        assert len(pypdfium2.PdfDocument(file.read())) == 1
    areas = {area.article_id: area for area in proof.areas.all()}
    assert set(areas) == {story.pk for story in placed.values()}
    assert all(0.9 < area.confidence <= 1 and area.confirmed_at is None for area in areas.values())
    assert printed()[0].name and "凌晨三点半" in proof.layout["text"]


def test_the_first_picture_is_the_pages_own_a_second_is_chosen_by_a_person(press: Press) -> None:
    first, second = press.proof(0), press.proof(0)
    press.pages[0].refresh_from_db()
    assert press.pages[0].proof == first
    assert second.number == 2


def test_a_page_uploaded_alone_needs_no_choosing(press: Press) -> None:
    # It says that it is the second page; the person says it is the first, and is right.
    document = pypdfium2.PdfDocument.new()
    document.import_pages(pypdfium2.PdfDocument(printed()[0].pdf), [1])
    out = io.BytesIO()
    document.save(out)
    file = press.upload(out.getvalue(), page=press.pages[0])
    press.work()
    file.refresh_from_db()
    assert file.state == PressFile.State.TAKEN
    assert PageProof.objects.get().page == press.pages[0]


def test_the_same_work_asked_for_twice_is_done_once(press: Press) -> None:
    proof = press.proof(0)
    names = proof.file_names()
    assert press.work() == []
    proof.refresh_from_db()
    assert proof.file_names() == names


def test_pages_are_given_out_once_and_none_twice(press: Press) -> None:
    file = press.upload()
    with pytest.raises(IllegalTransition):
        hand_out(press.cast.layout, file.pk, {0: press.pages[0].pk})
    press.work()
    with pytest.raises(ValidationError):
        hand_out(press.cast.layout, file.pk, {0: press.pages[0].pk, 1: press.pages[0].pk})
    hand_out(press.cast.layout, file.pk, {0: press.pages[0].pk})
    with pytest.raises(IllegalTransition):
        hand_out(press.cast.layout, file.pk, {1: press.pages[1].pk})


@pytest.mark.parametrize("who", ["reporter", "section_editor", "outsider", "administrator"])
def test_only_those_who_make_pages_upload(press: Press, who: str) -> None:
    press.cast.layout = getattr(press.cast, who)
    with pytest.raises(NotAllowed):
        press.upload()
    assert not PressFile.objects.exists()


def test_files_go_with_the_last_that_uses_them(press: Press, media: Any) -> None:
    proof = press.proof(0)
    assert default_storage.exists(proof.pdf)
    # The tests' transaction never commits; what would be deleted then is noted.
    proof.delete()
    gone = set(DiscardedFile.objects.values_list("name", flat=True))
    assert gone == set(proof.file_names())
    file = PressFile.objects.get()
    file.delete()
    gone = set(DiscardedFile.objects.filter(storage="private").values_list("name", flat=True))
    assert gone == {file.upload, *(row["thumbnail"] for row in file.pages)}
