"""Three days and a morning of the sample desk's work, played by the desk's own verbs at the times it would have had.

Nobody's rights and no rule are gone around: a story is in its state because people brought it there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User

from articles.desk import pages, planning, proofs, publishing, settling, stories, workflow
from articles.makeup import runner
from articles.models import Article, Issue, Page, Publication, Section, Weekday
from articles.models.publication import Role
from media_library.models import Photo
from newsroom.demo.content import ISSUES, ITEMS, PAGE_SECTIONS, PAGES, Story
from newsroom.demo.people import Staff

# When the paper is out.
PRESS_TIME = time(6, 0)
FIRST_ISSUE = date(2009, 3, 1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

OPINIONS = {
    Role.SECTION_EDITOR: (
        "导语改得好，数字已与采访本核对。",
        "同意，请复审。",
        "背景交代清楚了，同意。",
        "人名、地名核过，同意。",
        "结尾收得干净，不用再加。",
        "引语与录音一致，请复审。",
        "第二段稍长，可拆；不影响送审。",
    ),
    Role.DUTY_EDITOR: (
        "同意发稿。",
        "删去两处重复，同意。",
        "同意，配图用横幅。",
        "时间、单位前后一致，同意。",
        "标题再念一遍，顺。同意。",
    ),
    Role.EDITOR_IN_CHIEF: (
        "签发。",
        "同意签发。",
        "签发，注意版面留足图片。",
        "签发，可作本版头条。",
        "签发，见报后跟进读者反映。",
        "签发。写得有人味。",
    ),
}
# Who signs for a page in print.
PAGE_EDITORS = {"01": "许若澜", "02": "许若澜", "03": "温知予", "04": "温知予"}


def paper_day(publication: Publication, now: datetime) -> date:
    """The date of the newest issue that is out at `now`: today's after press time, else yesterday's."""
    local = now.astimezone(publication.zone)
    return local.date() if local.time() >= PRESS_TIME else local.date() - timedelta(days=1)


@dataclass
class Stage:
    """Who plays, with what, and when it is now."""

    publication: Publication
    staff: Staff
    sections: Mapping[str, Section]
    photos: Mapping[str, Photo]
    now: datetime

    @property
    def today(self) -> date:
        return paper_day(self.publication, self.now)

    def user(self, username: str) -> User:
        return self.staff.users[username]

    def at(self, day: date, clock: time) -> datetime:
        """A moment on the paper's own clock."""
        return datetime.combine(day, clock, self.publication.zone)

    # --- one story ---

    def photo_ids(self) -> dict[str, int]:
        return {name: photo.pk for name, photo in self.photos.items()}

    def content(self, story: Story) -> dict[str, Any]:
        """The story as its author types it."""
        ids = self.photo_ids()
        body = story.web_html(ids) if story.web_body else story.body_html(ids)
        if story.correction:
            body = body.replace(story.correction.right, story.correction.printed)
        embargo = self.at(self.today + timedelta(days=1), time(12, 0)) if story.embargo else None
        return {
            "kind": story.kind,
            "kicker": story.kicker,
            "headline": story.first_headline or story.headline,
            "deck": story.deck,
            "summary": story.summary,
            "dateline": story.dateline,
            "body": body,
            "section": self.sections[story.section].pk,
            "embargo_until": embargo,
            "bylines": [
                {"reporter": self.staff.reporters[name].pk, "role": role, "title": title}
                for name, role, title in story.bylines
            ],
            "photos": [
                {"photo": ids[use["photo"]], **{key: use[key] for key in ("caption", "credit", "alt")}}
                for use in story.photos
            ],
            **story.web_heads,
        }

    def author(self, story: Story) -> User:
        return self.staff.author([name for name, _, _ in story.bylines])

    def write(self, story: Story, at: datetime) -> Article:
        return workflow.create_article(self.author(story), self.publication, self.content(story), now=at)

    def file(self, story: Story, at: datetime, *, after: timedelta = 30 * MINUTE) -> Article:
        """Write a story and hand it in a little later."""
        article = self.write(story, at)
        return workflow.submit(self.author(story), article.pk, now=at + after)

    def reviewers(self, story: Story) -> list[tuple[str, Role]]:
        """Who reads the story at the stages, in their order."""
        first = self.staff.section_editor(story.section)
        return [
            (first, Role.SECTION_EDITOR),
            ("duty", Role.DUTY_EDITOR),
            ("chief", Role.EDITOR_IN_CHIEF),
        ]

    def review(
        self, story: Story, article: Article, first: datetime, gap: timedelta, *, stages: int = 3
    ) -> Article:
        """Take the story through the first `stages`, `gap` apart; the section editor may change the headline."""
        for step, (username, role) in enumerate(self.reviewers(story)[:stages]):
            at = first + gap * step
            if step == 0 and story.first_headline:
                article = workflow.edit(
                    self.user(username),
                    article.pk,
                    article.version,
                    {"headline": story.headline},
                    note=story.note,
                    now=at - 5 * MINUTE,
                )
            said = OPINIONS[role]
            opinion = said[(len(story.headline) + len(story.body)) % len(said)]
            article = workflow.approve(self.user(username), article.pk, opinion=opinion, now=at)
        return article

    def first_on_the_web(self, story: Story, article: Article, at: datetime) -> Article:
        """Publish the story alone; where that was a short version, write the whole one for the issue."""
        article = stories.publish_article(self.user("chief"), article.pk, now=at)
        if not story.web_body:
            return article
        author, editor = self.author(story), self.user(self.staff.section_editor(story.section))
        article = workflow.revise(editor, article.pk, now=at + 2 * MINUTE)
        heads = {name: getattr(story, name) for name in story.web_heads}
        whole = {**heads, "body": story.body_html(self.photo_ids())}
        article = workflow.edit(
            author, article.pk, article.version, whole, note="见报稿", now=at + 12 * MINUTE
        )
        article = workflow.submit(author, article.pk, now=at + 14 * MINUTE)
        return self.review(story, article, at + 24 * MINUTE, 15 * MINUTE)

    # --- an issue ---

    def plan(self) -> None:
        """Let every day have the paper's four pages, so that a new issue begins with them."""
        planned = [
            planning.PlannedPage(code, label, [self.sections[name].pk for name in PAGE_SECTIONS[code]])
            for code, label in PAGES.items()
        ]
        for weekday in Weekday.values:
            planning.keep_pattern(self.user("layout"), self.publication.pk, weekday, planned)

    def make_up(
        self, day: date, placed: Sequence[tuple[Story, Article]], at: datetime, out_at: datetime
    ) -> Issue:
        """Place approved stories on the day's pages from `at` on, sign the pages off, schedule the issue."""
        issue = Issue.objects.create(
            publication=self.publication, date=day, serial_no=(day - FIRST_ISSUE).days + 1
        )
        sheets = {
            code: Page.objects.create(
                issue=issue,
                code=code,
                position=position,
                label=label,
                page_editor=PAGE_EDITORS[code],
                layout_artist="顾小满",
                proofreader="江砚",
            )
            for position, (code, label) in enumerate(PAGES.items(), start=1)
        }
        for step, (story, article) in enumerate(placed):
            pages.place(self.user("layout"), sheets[story.page].pk, article.pk, now=at + step * MINUTE)
        if self.publication.printing == Publication.Printing.MAKEUP:
            for (name, code), item in ITEMS.items():
                if day == self.today + timedelta(days=ISSUES[name]):
                    proofs.keep_item(self.user("layout"), sheets[code].pk, item, now=at + 14 * MINUTE)
            for step, page in enumerate(sheets.values()):
                self.set_type(page, at + (15 + 2 * step) * MINUTE)
        signed = at + 25 * MINUTE
        for step, page in enumerate(sheets.values()):
            pages.sign_off_page(self.user("duty"), page.pk, now=signed + 2 * step * MINUTE)
        return publishing.schedule_issue(self.user("chief"), issue.pk, out_at, now=signed + 10 * MINUTE)

    def set_type(self, page: Page, at: datetime) -> None:
        """Make a page up, as the layout artist and a worker do it. Stories that go on elsewhere are placed there."""
        for proof in proofs.make_up(self.user("layout"), page.pk, now=at):
            runner.make(proof.pk, at + MINUTE)

    def bring_out(self, day: date, content: Sequence[Story]) -> dict[str, Article]:
        """An issue made in the evening and the night before, out at press time of `day`. The stories by key."""
        eve = day - timedelta(days=1)
        done = {}
        in_time = [story for story in content if not story.late and not story.emergency]
        for step, story in enumerate(in_time):
            late = 4 * step * MINUTE
            article = self.file(story, self.at(eve, time(18, 0)) + late)
            done[story.key] = self.review(story, article, self.at(eve, time(20, 0)) + late, HOUR)
        for step, story in enumerate(story for story in content if story.late):
            late = 3 * step * MINUTE
            article = self.file(story, self.at(day, time(3, 10)) + late, after=8 * MINUTE)
            first = self.at(day, time(3, 26)) + late
            done[story.key] = self.review(story, article, first, 12 * MINUTE)
        placed = [(story, done[story.key]) for story in content if story.key in done]
        out_at = self.at(day, PRESS_TIME)
        self.make_up(day, placed, self.at(day, time(4, 10)), out_at)
        settling.settle_due(now=out_at)
        return done

    def schedule(self, day: date, content: Sequence[Story]) -> dict[str, Article]:
        """Tomorrow's issue, made in the last hours and waiting for its time. The stories by key."""
        done = {}
        for step, story in enumerate(content):
            late = 3 * step * MINUTE
            article = self.file(story, self.now - 7 * HOUR + late)
            article = self.review(story, article, self.now - 5 * HOUR + late, 50 * MINUTE)
            if story.web_first:
                article = self.first_on_the_web(story, article, self.now - 150 * MINUTE)
            done[story.key] = article
        placed = [(story, done[story.key]) for story in content]
        self.make_up(day, placed, self.now - 70 * MINUTE, self.at(day, PRESS_TIME))
        return done

    # --- afterwards ---

    def mend(self, day: date, content: Sequence[Story], live: Mapping[str, Article]) -> None:
        """What became of the stories of `day` in its course: corrected, withdrawn, opened for new text, joined."""
        for story in content:
            if story.emergency:
                continue
            article = live[story.key]
            if story.correction:
                right = self.content(story)["body"].replace(story.correction.printed, story.correction.right)
                at = self.at(day, time(15, 30))
                stories.correct(self.user("duty"), article.pk, {"body": right}, story.correction.text, now=at)
            if story.withdrawn:
                stories.withdraw(
                    self.user("chief"), article.pk, story.withdrawn, now=self.at(day, time(16, 20))
                )
            if story.revision:
                author = self.author(story)
                editor = self.user(self.staff.section_editor(story.section))
                article = workflow.revise(editor, article.pk, now=self.at(day, time(19, 10)))
                longer = f"{article.body}<p>{story.revision}</p>"
                workflow.edit(
                    author, article.pk, article.version, {"body": longer}, now=self.at(day, time(20, 5))
                )
        gone = [live[story.key].pk for story in content if story.withdrawn]
        for story in content:
            if story.emergency:
                self.break_in(day, story, gone)

    def break_in(self, day: date, story: Story, gone: Sequence[int]) -> None:
        """Put a story at the head of a page that is out, on one signature; what was withdrawn leaves the page."""
        article = self.write(story, self.at(day, time(16, 40)))
        page = Page.objects.get(issue__publication=self.publication, issue__date=day, code=story.page)
        stay = (
            page.placements.exclude(article__in=gone).order_by("position").values_list("article", flat=True)
        )
        order = [article.pk, *stay]
        publishing.replace_page(
            self.user("chief"),
            page.pk,
            order,
            story.reason,
            emergency=True,
            now=self.at(day, time(17, 5)),
        )

    def leave_on_desk(self, content: Sequence[Story]) -> None:
        """The stories that are still on their way, each brought as far as its `state` says."""
        for step, story in enumerate(content):
            start = self.now - 6 * HOUR + 5 * step * MINUTE
            if story.state == "draft":
                self.write(story, start)
                continue
            article = self.file(story, start)
            if story.state == "sent_back":
                editor = self.user(self.staff.section_editor(story.section))
                workflow.send_back(editor, article.pk, story.reason, now=start + 2 * HOUR)
            elif story.state == "spiked":
                workflow.spike(self.user("duty"), article.pk, reason=story.reason, now=start + 3 * HOUR)
            else:
                reached = {"review_1": 0, "review_2": 1, "review_3": 2, "approved": 3}[story.state]
                self.review(story, article, start + 90 * MINUTE, HOUR, stages=reached)
