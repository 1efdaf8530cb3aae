"""A proof that was asked for becomes a page: files, areas, report; and whatever happens to its worker."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone, translation

from articles.desk import lost_proofs, pages, proofs
from articles.desk.findings import errors, sentence
from articles.makeup import facsimile, runner
from articles.makeup.runner import Outcome
from articles.models import Page, PageProof
from media_library import discards
from media_library.models import DiscardedFile
from media_library.uploads import store_photo
from tests.media_library import samples
from tests.media_library.samples import files_under
from tests.proofs.conftest import Printed

pytestmark = pytest.mark.usefixtures("type_case")


def asked(paper: Printed, page: Page) -> PageProof:
    return proofs.make_up(paper.layout, page.pk)[0]


# --- what comes of it -----------------------------------------------------------------------------------------------


def test_a_proof_has_pdf_pictures_and_an_area_for_each_story(paper: Printed, folders: Path) -> None:
    page = paper.filled(6, 4, 3)
    proof = paper.proof(page)
    assert (proof.state, errors(proof), proof.is_sound) == ("ready", [], True)
    assert page.proof == proof

    assert {(row["format"], row["width"]) for row in proof.images} == {
        (fmt.name, width) for fmt in facsimile.FORMATS for width in facsimile.WIDTHS
    }
    assert set(proof.file_names()) == files_under(folders) - {".incoming"}
    assert all(name.startswith("n/") and len(Path(name).name) > 32 for name in proof.file_names())
    assert all(default_storage.size(row["name"]) == row["bytes"] > 0 for row in proof.images)
    with default_storage.open(proof.pdf) as file:
        document = pypdfium2.PdfDocument(file.read())
    assert len(document) == 1
    assert (proof.width_pt, proof.height_pt) == pytest.approx(document[0].get_size(), abs=0.1)
    assert not DiscardedFile.objects.exists(), "every name is adopted"

    areas = list(proof.areas.all())
    standing = list(page.placements.order_by("position").values_list("article", flat=True))
    assert [area.article_id for area in areas] == standing
    for area in areas:
        assert (area.kind, area.confidence, area.confirmed_by) == ("story", 1, paper.layout)
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in area.polygon)


def test_adverts_and_notices_have_areas_too(paper: Printed) -> None:
    page = paper.filled(6, 5)
    proofs.keep_item(paper.layout, page.pk, {"title": "渡轮时刻", "columns": 2, "lines": 8, "text": "夜航。"})
    proof = paper.proof(page)
    assert [(area.kind, area.label) for area in proof.areas.filter(article=None)] == [("advert", "渡轮时刻")]


def test_a_repeated_message_does_no_harm(paper: Printed, folders: Path) -> None:
    page = paper.filled(6, 4)
    proof = paper.proof(page)
    before = files_under(folders)
    assert runner.make(proof.pk) == Outcome.BUSY
    assert files_under(folders) == before
    assert runner.make(proof.pk + 1000) == Outcome.GONE


def test_an_older_proof_that_comes_late_is_kept_but_not_shown(paper: Printed) -> None:
    page = paper.filled(6, 4)
    older = asked(paper, page)
    PageProof.objects.filter(pk=older.pk).update(choice=2)
    newer = asked(paper, page)
    assert runner.make(newer.pk) == runner.make(older.pk) == Outcome.MADE
    page.refresh_from_db()
    assert page.proof == newer
    assert page.proofs.filter(state="ready").count() == 2


def test_a_page_changed_after_it_was_asked_for_is_made_as_it_stands_and_named_so(paper: Printed) -> None:
    page = paper.filled(6, 4)
    proof = asked(paper, page)
    pages.place(paper.duty, page.pk, paper.long("后来的一条").pk)
    runner.make(proof.pk)
    proof.refresh_from_db()
    page.refresh_from_db()
    assert proof.digest == page.content_digest(list(page.placements.order_by("position")))
    assert proof.areas.count() == 3


def test_a_page_of_an_issue_that_went_on_its_way_keeps_what_it_shows(paper: Printed) -> None:
    page = paper.filled(6, 4)
    proof = asked(paper, page)
    page.issue.status, page.issue.publish_at = "scheduled", timezone.now() + timedelta(hours=1)
    page.issue.save()
    runner.make(proof.pk)
    page.refresh_from_db()
    assert (page.proof, page.proofs.get().state) == (None, "ready")


def test_a_swap_is_laid_out_as_it_was_asked_for(paper: Printed) -> None:
    page = paper.filled(4, 4, 4)
    kept = paper.proof(page)
    one, two = (f"story-{row.article_id}" for row in page.placements.order_by("position")[:2])
    swapped = paper.proof(page, keep=kept.pk, swap=(one, two))
    assert swapped.state == "ready"
    assert [row["code"] for row in swapped.problems if row["code"] == "otherwise"] == []
    places = [{area.article_id: area.polygon[0] for area in proof.areas.all()} for proof in (kept, swapped)]
    first, second = (int(key.removeprefix("story-")) for key in (one, two))
    assert places[0][first] != places[1][first]
    assert (places[0][first][1] < places[0][second][1]) != (places[1][first][1] < places[1][second][1])


# --- what can go wrong ----------------------------------------------------------------------------------------------


def failed(proof: PageProof, words: str) -> None:
    proof.refresh_from_db()
    assert proof.state == "failed", proof.report
    assert words in " ".join(errors(proof))
    assert not proof.is_sound
    assert not proof.page.proof_id


def test_missing_fonts_are_named_with_their_packages(paper: Printed, monkeypatch: Any) -> None:
    from articles.makeup import fonts

    monkeypatch.setattr(fonts, "PLACES", ())
    proof = asked(paper, paper.filled(2))
    assert runner.make(proof.pk) == Outcome.FAILED
    failed(proof, "fonts-noto-cjk")


def test_a_character_no_font_has_is_named_with_its_story(paper: Printed) -> None:
    page = paper.page(paper.issue())
    pages.place(
        paper.layout, page.pk, paper.approved("缺字的一条", body="<p>这个字没有：\U00031300。</p>").pk
    )
    proof = asked(paper, page)
    runner.make(proof.pk)
    failed(proof, "“缺字的一条” has characters")


def test_a_picture_that_is_gone_is_named_with_its_story(paper: Printed) -> None:
    photo = store_photo(samples.upload(samples.jpeg(900, 600)), user=paper.reporter)
    page = paper.page(paper.issue())
    use = {"photo": photo.pk, "caption": "码头", "credit": "", "alt": ""}
    pages.place(paper.layout, page.pk, paper.long("有图的一条", photos=[use]).pk)
    photo.original.storage.delete(photo.original.name)
    proof = asked(paper, page)
    runner.make(proof.pk)
    failed(proof, "A picture of “有图的一条” cannot be read")


def test_too_much_for_the_page_says_what_found_no_room(paper: Printed) -> None:
    page = paper.filled(12, 12, 12)
    proof = paper.proof(page)
    assert "found no room" in " ".join(errors(proof)) or "over by" in " ".join(errors(proof))
    assert not proof.is_sound


def test_a_time_limit_ends_it_with_a_word(paper: Printed, monkeypatch: Any) -> None:
    def late(*args: Any, **kwargs: Any) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(runner, "brief_of", late)
    proof = asked(paper, paper.filled(2))
    runner.make(proof.pk)
    failed(proof, "took too long")


def test_every_sentence_can_be_said_in_both_languages() -> None:
    from articles.desk.findings import SENTENCES

    data = dict.fromkeys(("story", "other", "characters", "packages", "lines", "share", "page"), "甲")
    for language in ("en", "zh-hans"):
        with translation.override(language):
            for code in SENTENCES:
                assert "%(" not in sentence({"code": code, "data": data})


def test_a_full_disk_is_tried_again_and_given_up_in_the_end(
    paper: Printed, folders: Path, monkeypatch: Any
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    proof = asked(paper, paper.filled(6, 4))
    monkeypatch.setattr(runner.files, "place", full)
    now = timezone.now()
    for attempt in range(1, runner.MOST_ATTEMPTS + 1):
        assert runner.make(proof.pk, now) == Outcome.FAILED
        proof.refresh_from_db()
        assert (proof.state, proof.attempts) == ("working", attempt)
        now += timedelta(hours=1)
        assert lost_proofs.hurry_waiting(now) == 1
    runner.make(proof.pk, now)
    failed(proof, "never came to its end")
    discards.settle(now=now + timedelta(hours=2))
    assert files_under(folders) - {".incoming"} == set()


# --- killed workers -------------------------------------------------------------------------------------------------

WORKER = """
import django, sys
django.setup()
from articles.makeup import runner
store = runner._store
def slow(*given):
    stored = store(*given)
    print("stored", flush=True)
    import time; time.sleep(600)
    return stored
runner._store = slow
runner.make(int(sys.argv[1]))
"""


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_with_its_files_in_place_loses_nothing_and_leaves_nothing(
    paper: Printed, folders: Path
) -> None:
    page = paper.filled(6, 4)
    proof = asked(paper, page)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "NEWSROOM_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "NEWSROOM_VAR": str(folders.parent),
    }
    child = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(proof.pk)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "stored\n"
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=20)

    now = timezone.now()
    assert runner.make(proof.pk, now) == Outcome.BUSY, "the claim of the dead one holds for a while"
    later = now + runner.CLAIM + timedelta(seconds=1)
    assert lost_proofs.hurry_waiting(later) == 1
    assert runner.make(proof.pk, later) == Outcome.MADE
    discards.settle(now=later + discards.RESERVED * 2)
    proof.refresh_from_db()
    assert {name for name in files_under(folders) if not name.startswith(".incoming")} == set(
        proof.file_names()
    )
