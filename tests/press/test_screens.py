"""The desk's screens of press PDFs: the upload, which page is which, the picture, and its text as drafts."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from articles.desk import pages
from articles.models import Article, HotArea, PageProof, PressFile
from tests.press import hostile
from tests.press.conftest import Press, printed
from tests.press.test_areas import LOWER, SQUARE, ready_proof

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(press: Press) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(press.cast.duty)
    with translation.override("en"):
        yield client


def upload(desk: Client, press: Press, data: bytes, **more: Any) -> Any:
    address = reverse("admin:articles_pressfile_upload", args=[press.issue.pk])
    return desk.post(address, {"file": ContentFile(data, "A叠.pdf"), **more}, follow=True)


def test_a_pdf_goes_from_the_upload_to_the_pictures_of_its_pages(desk: Client, press: Press) -> None:
    press.place(0)
    answer = upload(desk, press, printed()[0].pdf)
    file = PressFile.objects.get()
    assert "being looked through" in answer.text
    address = reverse("admin:articles_pressfile_change", args=[file.pk])
    press.work()
    assert answer.client.get(address).text.count("its number stands on it") == 2
    thumbnail = desk.get(reverse("admin:articles_pressfile_thumbnail", args=[file.pk, 1]))
    assert thumbnail["Content-Type"] == "image/jpeg" and "private" in thumbnail["Cache-Control"]
    assert b"".join(thumbnail.streaming_content).startswith(b"\xff\xd8")
    desk.post(address, {"page-0": press.pages[0].pk, "page-1": ""})
    state = desk.get(reverse("admin:articles_pressfile_state", args=[file.pk])).json()
    assert state["waits"] is True
    press.work()
    shown = desk.get(address, follow=True)
    assert "Confirm all" in shown.text
    assert PageProof.objects.get().page == press.pages[0]


def test_what_is_refused_says_so_and_leads_on(desk: Client, press: Press) -> None:
    assert "This is no PDF" in upload(desk, press, b"GIF89a").text
    assert not PressFile.objects.exists()
    upload(desk, press, hostile.encrypted())
    press.work()
    answer = desk.get(reverse("admin:articles_pressfile_change", args=[PressFile.objects.get().pk]))
    assert "locked with a password" in answer.text and "Upload another file" in answer.text


def test_a_page_of_another_issue_is_no_target(desk: Client, press: Press) -> None:
    file = press.upload()
    press.work()
    other = press.cast.page(press.cast.issue(), "01")
    address = reverse("admin:articles_pressfile_change", args=[file.pk])
    assert desk.post(address, {"page-0": other.pk}).status_code == 403
    assert not PageProof.objects.exists()


def do(desk: Client, proof: PageProof, doing: str, /, **data: Any) -> Any:
    address = reverse("admin:articles_pageproof_do", args=[proof.pk, doing])
    return desk.post(address, data, headers={"accept": "application/json"})


@pytest.fixture
def proof(press: Press) -> PageProof:
    story = press.cast.approved("渡轮夜航试运行")
    pages.place(press.cast.duty, press.pages[0].pk, story.pk)
    return ready_proof(press, story)


@pytest.mark.parametrize(
    "polygon",
    [
        "[]",
        "nonsense",
        "[[0,0],[1,1]]",
        '[["a",0],[1,0],[1,1]]',
        "[[0,0],[NaN,0],[1,1]]",
        "[[0,0],[9,0],[9,9]]",
        "[[0,0],[1,1],[1,0],[0,1]]",
        "[[0.1,0.1],[0.1001,0.1],[0.1,0.1001]]",
        "[" * 4000,
        str([[0.1, 0.1]] * 400),
        '{"a": 1}',
    ],
)
def test_no_shape_but_a_sound_one_is_stored(desk: Client, proof: PageProof, polygon: str) -> None:
    answer = do(desk, proof, "draw", polygon=polygon, what="advert")
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.json()["said"]
    assert proof.areas.count() == 1


def test_numbers_without_a_script_are_the_same_as_drawing(desk: Client, proof: PageProof) -> None:
    sides = {"left": "10", "top": "50", "width": "30", "height": "30"}
    address = reverse("admin:articles_pageproof_do", args=[proof.pk, "draw"])
    assert desk.post(address, {**sides, "what": "notice"}).status_code == 302
    drawn = HotArea.objects.get(kind="notice")
    assert drawn.polygon == LOWER
    corners = do(
        desk,
        proof,
        "change",
        area=drawn.pk,
        what="advert",
        label="海味楼",
        corners="10,10 40,10 40,30 10，30",
    )
    assert corners.status_code == 200
    drawn.refresh_from_db()
    assert (drawn.polygon, drawn.kind, drawn.label) == (SQUARE, "advert", "海味楼")


def test_a_stale_change_is_answered_with_the_areas_as_they_are(desk: Client, proof: PageProof) -> None:
    area = proof.areas.get()
    answer = do(
        desk,
        proof,
        "change",
        area=area.pk,
        seen="0" * 16,
        what="advert",
        left="1",
        top="1",
        width="9",
        height="9",
    )
    assert answer.status_code == 409
    assert answer.json()["areas"][0]["polygon"] == SQUARE


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", '"><svg onload=alert(1)>'])
def test_a_name_is_text_everywhere(desk: Client, proof: PageProof, label: str) -> None:
    answer = do(desk, proof, "draw", what="advert", label=label, polygon=str(LOWER))
    assert answer.status_code == 200
    page = desk.get(reverse("admin:articles_pageproof_change", args=[proof.pk])).text
    assert label not in page and label not in answer.json()["list"]


def test_the_picture_costs_the_same_for_one_area_and_for_thirty(
    desk: Client, press: Press, proof: PageProof
) -> None:
    address = reverse("admin:articles_pageproof_change", args=[proof.pk])
    desk.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(address)
    for number in range(30):
        HotArea.objects.create(
            proof=proof, kind="advert", position=number + 2, polygon=SQUARE, label=f"{number}"
        )
    with CaptureQueriesContext(connection) as many:
        desk.get(address)
    assert len(many) == len(few) <= 16


def test_the_text_of_a_page_becomes_drafts_whose_places_are_known(desk: Client, press: Press) -> None:
    proof = press.proof(0)
    intake = reverse("admin:articles_intake_new")
    form = desk.get(intake, {"proof": proof.pk}).context["source"]
    assert form.initial["page_code"] == "01"
    given = {**form.initial, "issue_date": f"{press.issue.date:%Y-%m-%d}"}
    read = desk.post(intake, {**given, "_read": "1"}).context["reading"]
    decisions: dict[str, Any] = {"mark": read.mark, "shown": [story.start for story in read.stories]}
    for story in read.stories:
        bound = story.form
        decisions |= {f"{bound.prefix}-take": "on"} | {
            f"{bound.prefix}-{name}": bound.initial.get(name) or "" for name in ("kicker", "headline", "deck")
        }
    answer = desk.post(intake, {**given, **decisions, "place": "on", "_confirm": "1"})
    assert answer.status_code == 302
    drafts = Article.objects.filter(placements__page=press.pages[0])
    found = set(proof.areas.values_list("article", flat=True))
    assert len(found) >= len(printed()[0].places) - 1
    assert found <= set(drafts.values_list("pk", flat=True))


def test_nobody_reads_the_text_of_a_picture_that_is_not_theirs(press: Press) -> None:
    proof = press.proof(0)
    client = Client()
    client.force_login(press.cast.reporter)
    answer = client.get(reverse("admin:articles_intake_new"), {"proof": proof.pk})
    assert answer.context["source"].initial == {}
