"""The sample paper: whole, by the desk's rules, and as readable as a paper."""

import stat
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import Count

from articles.body import blocks, characters
from articles.desk import settling
from articles.desk.copies import public_state_of
from articles.models import (
    Article,
    Correction,
    Delivery,
    Event,
    Issue,
    Membership,
    PublishedArticle,
    PublishedIssue,
    PublishedPage,
    PublishedPlacement,
    Review,
)
from articles.models.publication import Role
from articles.states import IssueStatus, PublicState, Status
from media_library.models import Photo
from newsroom.demo.content import PAGES, SECTIONS
from newsroom.demo.people import ACCOUNTS
from tests.demo.conftest import NOW, ZONE, Installation

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 10)
PHOTOS = 34
DAY = timedelta(days=1)


def logins(sample: Installation) -> dict[str, str]:
    """Passwords by username, as the file has them."""
    lines = sample.built.logins.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if line.startswith("  ")}


def test_an_interrupted_first_run_leaves_photos_and_nothing_that_blocks(sample):
    assert sample.left_behind == (0, 0, PHOTOS)
    assert Photo.objects.count() == sample.built.photos == PHOTOS


def test_there_are_stories_in_every_state(sample):
    states = Counter((a.status, public_state_of(a, NOW)) for a in Article.objects.all())

    assert states == {
        (Status.DRAFT, PublicState.NONE): 5,  # three being written, two sent back
        (Status.DRAFT, PublicState.LIVE): 1,
        (Status.DRAFT, PublicState.WITHDRAWN): 1,
        (Status.REVIEW, PublicState.NONE): 4,
        (Status.APPROVED, PublicState.NONE): 2,
        (Status.APPROVED, PublicState.SCHEDULED): 11,
        (Status.APPROVED, PublicState.LIVE_SCHEDULED): 1,
        (Status.PUBLISHED, PublicState.LIVE): 36,
        (Status.SPIKED, PublicState.NONE): 1,
    }


def test_stories_wait_at_each_review_stage(sample):
    waiting = Article.objects.filter(status=Status.REVIEW).values_list("stage__name", flat=True)

    assert set(waiting) == {"初审", "复审", "终审"}


def test_three_issues_are_out_and_tomorrows_waits(sample):
    issues = {issue.date: issue for issue in Issue.objects.all()}

    assert {day: issue.status for day, issue in issues.items()} == {
        TODAY - 2 * DAY: IssueStatus.PUBLISHED,
        TODAY - DAY: IssueStatus.PUBLISHED,
        TODAY: IssueStatus.PUBLISHED,
        TODAY + DAY: IssueStatus.SCHEDULED,
    }
    out = PublishedIssue.objects.published(NOW).values_list("date", flat=True)
    assert set(out) == {TODAY - 2 * DAY, TODAY - DAY, TODAY}
    numbers = [issues[day].serial_no for day in sorted(issues)]
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_every_issue_has_four_signed_pages_with_at_least_two_stories(sample):
    for issue in Issue.objects.all():
        sheets = issue.pages.annotate(stories=Count("placements")).order_by("position")
        assert {page.code: page.label for page in sheets} == PAGES
        assert all(page.stories >= 2 and page.signed_digest for page in sheets)
    shown = PublishedPlacement.objects.published(NOW).values("published_page").annotate(n=Count("pk"))
    assert shown.count() == 12
    assert all(row["n"] >= 2 for row in shown), "also where a story was withdrawn"


def test_tomorrows_issue_comes_out_at_six(sample):
    at = datetime.combine(TODAY + DAY, time(6), ZONE)

    assert settling.settle_due(at - timedelta(seconds=1)) == 0
    assert settling.settle_due(at) == 1
    assert PublishedPage.objects.published(at).filter(published_issue__date=TODAY + DAY).count() == 4


def test_nobody_took_two_stages_or_reviewed_their_own(sample):
    for article in Article.objects.prefetch_related("reviews", "bylines__reporter"):
        approvals = [
            r
            for r in article.reviews.all()
            if r.decision == Review.Decision.APPROVE and r.round == article.review_round
        ]
        reviewers = {r.reviewer_id for r in approvals}
        authors = {article.created_by_id} | {b.reporter.user_id for b in article.bylines.all()}
        assert len(reviewers) == len(approvals)
        assert not reviewers & authors
    decided = (
        Review.objects.filter(decision=Review.Decision.APPROVE).values("article").annotate(n=Count("pk"))
    )
    public = set(PublishedArticle.objects.values_list("article", flat=True))
    waiting = {sample.story("开渔节").pk, sample.story("靠港不烧油").pk}
    signed_alone = {sample.story("灯塔路水管").pk}
    assert public == {row["article"] for row in decided if row["n"] >= 3} - waiting | signed_alone


def test_the_history_is_in_order_and_in_the_past(sample):
    assert not Event.objects.filter(at__gt=NOW).exists()
    for article in Article.objects.all():
        events = list(article.events.order_by("pk"))
        assert events[0].verb == "created"
        assert [e.at for e in events] == sorted(e.at for e in events), article.headline
        assert article.created_at == events[0].at
        assert article.updated_at == events[-1].at


def test_the_invented_past_sends_nothing(sample):
    assert Delivery.objects.exists()
    assert not Delivery.objects.due(NOW + 365 * DAY).exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("story", "printed", "right", "back"),
    [("望潮港三号码头", "八百九十米", "九百八十米", 1), ("老船厂", "八条电动渡船", "六条电动渡船", 2)],
)
def test_a_corrected_story_tells_what_was_wrong(sample, story, printed, right, back):
    correction = Correction.objects.get(article=sample.story(story))
    day = TODAY - back * DAY

    assert Correction.objects.count() == 2
    assert printed in correction.wrong_copy.body
    live = correction.article.copies.published(NOW).get()
    assert live == correction.right_copy
    assert right in live.body
    assert printed not in live.body
    assert live.corrections[0]["date"] == day.isoformat()
    assert f"本报{day.month}月{day.day}日" in live.corrections[0]["text"]


def test_a_story_went_out_on_one_signature_and_owes_its_review(sample):
    article = Article.objects.get(owes_review=True)

    assert article == sample.story("灯塔路水管")
    assert article.reviews.get().decision == Review.Decision.EMERGENCY
    assert article.copies.published(NOW).exists()
    page = article.placements.get().page
    assert not page.placements.filter(article=sample.story("听涛街道卫生院")).exists()
    assert PublishedPlacement.objects.published(NOW).filter(article=article).exists()


def test_a_story_is_live_while_its_next_version_waits(sample):
    article = sample.story("鹭屿渡轮开夜航")
    live = article.copies.published(NOW).get()
    waiting = article.copies.waiting(NOW).get()

    assert "首航当晚" in waiting.body
    assert "首航当晚" not in live.body
    assert live.headline != waiting.headline == article.headline
    assert waiting.visible_from == datetime.combine(TODAY + DAY, time(6), ZONE)


def test_the_withdrawn_story_is_gone_and_says_why(sample):
    article = sample.story("听涛街道卫生院")

    assert not article.copies.published(NOW).exists()
    assert article.copies.ever_public(NOW).exists()
    assert "改期" in article.events.get(verb="withdraw").reason


def test_the_sent_back_and_the_spiked_story_say_why(sample):
    assert "核实" in sample.story("旧船换新").reviews.get(decision="send_back").opinion
    assert sample.story("网传").events.get(verb="spike").reason


def test_a_live_story_is_being_rewritten(sample):
    article = sample.story("灯亮到十一点")
    live = article.copies.published(NOW).get()

    assert article.status == Status.DRAFT
    assert "共享伞架" in article.body
    assert "共享伞架" not in live.body


def test_an_approved_story_waits_for_its_embargo(sample):
    assert sample.story("开渔节").embargo_until == datetime.combine(TODAY + DAY, time(12), ZONE)


def test_the_section_editor_has_changed_headlines(sample):
    article = sample.story("守灯人")
    first, second = article.revisions.order_by("number")[:2]

    assert first.snapshot["headline"] != second.snapshot["headline"] == article.headline
    assert second.created_by.username == "section2"
    assert second.note


def test_the_feature_has_three_subheads_three_pictures_and_length(sample):
    article = sample.story("守灯人")
    kinds = Counter(block.type for block in blocks(article.body))

    assert (kinds["subhead"], kinds["figure"]) == (3, 3)
    assert article.kicker
    assert article.deck
    assert characters(article.body) > 1000


def test_every_kind_of_story_is_there_and_reads_like_one(sample):
    kinds = Counter(Article.objects.values_list("kind", flat=True))

    assert all(kinds[kind] for kind in Article.Kind.values)
    assert set(Article.objects.values_list("section__name", flat=True)) == set(SECTIONS)
    for section in SECTIONS:
        shown = PublishedArticle.objects.published(NOW).filter(article__section__name=section)
        assert shown.count() >= 3, section
    for article in Article.objects.filter(kind=Article.Kind.NEWS, copies__isnull=False).distinct():
        assert characters(article.body) >= 200, article.headline
        assert article.summary
        assert article.bylines.exists()


def test_photos_have_all_their_files_and_words(sample):
    for photo in Photo.objects.all():
        assert (photo.width, photo.height) in {(1920, 1280), (1440, 960), (960, 1280)}
        assert photo.uploaded_by.username == "picture"
        assert photo.renditions.count() >= 8
        assert photo.caption
        assert photo.credit
        assert photo.alt
        assert photo.place.startswith("望潮")
        assert photo.taken_at < photo.created_at < NOW
        assert all(default_storage.exists(row.name) for row in photo.renditions.all())
    for article in Article.objects.prefetch_related("photos"):
        for use in article.photos.all():
            assert use.caption
            assert use.credit
            assert use.alt


def test_accounts_have_one_role_each_and_the_administrator_none(sample):
    held = {
        user.username: [seat.role for seat in user.memberships.all()]
        for user in get_user_model().objects.prefetch_related("memberships")
    }

    assert held == {a.username: [a.role] if a.role else [] for a in ACCOUNTS}
    assert sum(bool(roles) for roles in held.values()) >= 8
    assert set(Role.values) == {r for roles in held.values() for r in roles}
    covered = Counter(section.name for seat in Membership.objects.all() for section in seat.sections.all())
    assert covered == dict.fromkeys(SECTIONS, 1), "one section editor reads each section"
    superusers = get_user_model().objects.filter(is_superuser=True)
    assert [user.username for user in superusers] == ["admin"]


def test_the_logins_work_and_are_for_the_owner_alone(sample):
    path = sample.built.logins

    assert path == sample.var / "logins.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = logins(sample)
    assert len(set(found.values())) == len(found) == len(ACCOUNTS)
    for username, password in found.items():
        assert get_user_model().objects.get(username=username).check_password(password)


def test_a_second_run_keeps_everything(sample, capsys):
    before = sample.built.logins.read_bytes(), Article.objects.count(), Event.objects.count()

    call_command("demo", if_empty=True)

    assert (sample.built.logins.read_bytes(), Article.objects.count(), Event.objects.count()) == before
    assert capsys.readouterr().out.count("\n") == 1, "one line, not a page"
