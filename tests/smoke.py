"""The story of a page without a browser: raw text in, read by the public at its second, corrected, withdrawn, 410.

    python -m tests.smoke [FILE]

Everything is pressed on the screens' own forms, against web, worker and beat as real processes on a database of their
own. FILE is by default the real page beside the checkout; where that is missing the walk is skipped, or fails under
REQUIRE_ALL=1. Prints a line for each step and ends with "N passed, N failed".
"""

import json
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from tests import evening, requires
from tests.evening import PAGE_CODE, PAGE_LABEL, SLUG, Books
from tests.person import Person
from tests.processes import until
from tests.screens import Link, Screen
from tests.stack import Answer, Stack

REAL_PAGE = "port-zone-page.txt"
# What the paper says that page has. Kinds and numbers only: none of its words belong in the project.
KINDS = ["news", "news", "news", "photo", "feature"]
NAMES = [2, 4, 1, 1, 1]
REVIEWERS = ("section", "duty", "chief")
ON_PAPER = ZoneInfo("Asia/Shanghai")
ISSUES = "/admin/articles/issue/"
STORIES = "/admin/articles/article/"
# Long enough to kill two processes and look around, short enough to wait for.
AHEAD = timedelta(seconds=12)
# What makeup_page says that is looked at.
READ = {"faults", "strays", "deferred", "blank"}


class Walk:
    """One evening, step by step. Each method is a step and answers what was seen, in a sentence."""

    def __init__(self, stack: Stack, file: Path) -> None:
        self.stack, self.file = stack, file
        self.books = Books(stack.database)
        self.day: date = datetime.now(ON_PAPER).date()
        self.people: dict[str, Person] = {}
        self.articles: list[int] = []
        self.headlines: list[str] = []
        self.board = ""

    # --- before anything is public ---

    def the_paper_opens(self) -> str:
        self.stack.manage("migrate", "--verbosity", "0")
        self.stack.manage("collectstatic", "--no-input", "--verbosity", "0")
        page = evening.read_page(self.stack, self.file)
        self.stories = page["stories"]
        if self.file.name == REAL_PAGE:
            assert [story["kind"] for story in self.stories] == KINDS, self.stories
            assert [len(story["bylines"]) for story in self.stories] == NAMES, self.stories
        self.scene = evening.set_the_stage(self.stack, evening.names_in(page))
        self.stack.start()
        return f"web, worker and beat run at {self.stack.url}; the page reads as {len(self.stories)} stories"

    def everybody_logs_in(self) -> str:
        for name in ("reporter", *REVIEWERS):
            self.people[name] = Person(self.stack.url, name)
            self.people[name].log_in(self.scene.password)
        wrong = Person(self.stack.url, "reporter")
        screen = wrong.open("/admin/")
        wrong.send(screen, screen.forms[0], username="reporter", password="not-this-one")
        assert "sessionid" not in {cookie.name for cookie in wrong.cookies}
        return f"{len(self.people)} people are at the desk, a wrong password is not"

    def the_page_is_taken_in(self) -> str:
        reporter = self.people["reporter"]
        empty = reporter.open(reporter.open("/admin/").links_to("/intake/new/")[0])
        form = empty.form_with("text", "issue_date", "page_code")
        shown = reporter.send(
            empty,
            form,
            form.button("_read"),
            text=self.file.read_text(encoding="utf-8"),
            issue_date=f"{self.day:%Y-%m-%d}",
            page_code=PAGE_CODE,
        )
        assert self.books.articles() == [], "reading alone must write nothing"
        form = shown.form_with("mark")
        joins = [join for story in self.stories for block in story["blocks"] for join in block["joins"]]
        offered = [box for field in form.fields for box in field.options if box.startswith("break:")]
        assert len(offered) == len(joins), f"{len(offered)} joins are shown, {len(joins)} were made"
        taken = reporter.send(shown, form, form.button("_confirm"))
        rows = self.books.articles()
        self.articles, self.headlines = [row[0] for row in rows], [row[1] for row in rows]
        assert self.headlines == [story["headline"] for story in self.stories]
        assert taken.links_to("/change/") == [change(pk) for pk in self.articles], taken.notices
        again = reporter.send(shown, form, form.button("_confirm"), expect=409)
        assert again.notices and self.books.articles() == rows, "the same text went in twice without a word"
        return f"read and confirmed into {len(rows)} drafts with {len(joins)} joins shown; a second time it warns"

    def the_stories_are_handed_in(self) -> str:
        reporter = self.people["reporter"]
        for pk in self.articles:
            screen = reporter.open(change(pk))
            assert not screen.verbs() & {"approve", "publish_article", "withdraw"}, screen.verbs()
            form = screen.form_with("headline", "section", "base_version")
            after = reporter.send(screen, form, form.button("_submit"), section=self.scene.section)
            assert "recall" in after.verbs(), after.notices
        assert self.books.statuses() == {"review"}
        return f"{len(self.articles)} drafts got their section and are in review"

    def three_people_approve(self) -> str:
        for name in REVIEWERS:
            person = self.people[name]
            for pk in self.articles:
                queue = person.open(f"{STORIES}review/")
                assert change(pk) in queue.links_to(STORIES), f"{name} does not find {pk} in the queue"
                after = person.press(person.open(change(pk)), "approve", reason="可发")
                # The same hand takes no second stage.
                assert "approve" not in after.verbs()
        assert self.books.statuses() == {"approved"}
        return f"{len(self.articles)} × {len(REVIEWERS)} approvals by {', '.join(REVIEWERS)}"

    def nobody_else_may(self) -> str:
        """The reporter presses what the page does not show."""
        reporter, chief = self.people["reporter"], self.people["chief"]
        pk = self.articles[0]
        offered = chief.open(change(pk)).verb("publish_article")
        assert isinstance(offered, Link)
        mine = reporter.open(change(pk))
        assert "publish_article" not in mine.verbs()
        reporter.open(offered.href, expect=403)
        refused = reporter.forge(mine, offered.href, expect=403)
        assert self.books.statuses() == {"approved"}
        return f"the chief's “publish” is not on the reporter's page and answers them {refused.status}"

    def the_page_is_made(self) -> str:
        duty = self.people["duty"]
        add = duty.open(duty.open(ISSUES).links_to("/issue/add/")[0])
        form = add.form_with("date", "pages-0-code")
        pages = {"pages-0-code": PAGE_CODE, "pages-0-label": PAGE_LABEL, "pages-0-position": "1"}
        board = duty.send(add, form, form.button("_save"), date=f"{self.day:%Y-%m-%d}", **pages)
        for pk in self.articles:
            board = duty.press(board, "place", article=str(pk))
        self.board = board.where
        chief = self.people["chief"]
        early = chief.press(chief.open(self.board), "schedule_issue", expect=409, at=self._in(AHEAD))
        assert early.notices, "no word why the issue is not ready"
        board = duty.press(board, "sign_off_page")
        assert "sign_off_page" not in board.verbs(), "it still wants to be signed off"
        found = [board.words.find(headline) for headline in self.headlines]
        assert -1 not in found, "a story is not on the board"
        assert self.books.happened("place") == len(self.articles)
        return (
            f"{len(self.articles)} stories on page {PAGE_CODE}, signed off; not to be scheduled before that"
        )

    def it_is_made_up(self) -> str:
        """The printed page: every story whole on one broadsheet, as a PDF with its picture and its areas."""
        out = self.stack.folder / "makeup"
        day = f"{self.day:%Y-%m-%d}"
        said = self.stack.manage(
            "makeup_page", day, PAGE_CODE, "--publication", SLUG, "--format", "对开", "--out", str(out)
        )
        rows = dict(line.split(maxsplit=1) for line in said.splitlines() if line[:9].split()[0] in READ)
        areas = json.loads((out / "areas.json").read_text(encoding="utf-8"))
        assert rows["faults"] == rows["strays"] == rows["deferred"] == "none", said
        assert {f"story-{pk}" for pk in self.articles} <= {area["key"] for area in areas["areas"]}, areas
        assert (out / "page.pdf").read_bytes().startswith(b"%PDF") and (out / "page.png").exists()
        return f"{len(self.articles)} stories whole on one broadsheet, read back without a fault, {rows['blank']} blank"

    def it_is_scheduled(self) -> str:
        chief = self.people["chief"]
        assert "schedule_issue" not in self.people["reporter"].open(STORIES).verbs()
        board = chief.press(chief.open(self.board), "schedule_issue", at=self._in(AHEAD))
        assert {"hold_issue", "unschedule_issue"} <= board.verbs(), board.notices
        self.at = self.books.publish_at()
        return f"for {self.at.astimezone(ON_PAPER):%H:%M:%S} on the paper's clock"

    @staticmethod
    def _in(ahead: timedelta) -> str:
        """A moment from now as a person types it: the paper's clock, to the second."""
        return f"{datetime.now(ON_PAPER) + ahead:%Y-%m-%dT%H:%M:%S}"

    # --- the second ---

    def the_machines_die(self) -> str:
        self.stack.kill("worker")
        self.stack.kill("beat")
        self._nothing_is_out()
        assert self.books.issue_status() == "scheduled"
        left = (self.at - datetime.now(UTC)).total_seconds()
        assert left > 1, f"only {left:.1f} s were left: this run was too slow to prove anything"
        many = len(self._addresses())
        return f"worker and beat are killed; {left:.1f} s before its time all {many} addresses say 404"

    def it_is_public_at_its_second(self) -> str:
        address = evening.page_address(self.day)
        asked = 0

        def out() -> bool:
            nonlocal asked
            before = datetime.now(UTC)
            status = self._ask(address).status
            after = datetime.now(UTC)
            asked += 1
            # The server's clock is this machine's: its moment lies between the two.
            assert status == 404 or (status == 200 and after >= self.at), f"{status} at {after}"
            assert status == 200 or before < self.at, f"still {status} at {before}, due at {self.at}"
            return status == 200

        until(out, AHEAD.total_seconds() + 10, "the issue's second")
        late = (datetime.now(UTC) - self.at).total_seconds()
        for each in self._addresses():
            assert self._ask(each).status == 200, each
        self._all_lists_have(self.headlines)
        assert not self.stack.alive("worker") and not self.stack.alive("beat")
        assert self.books.issue_status() == "scheduled", "nobody is there to settle it"
        return f"asked {asked} times; whole {late:.2f} s after its second, with worker and beat dead"

    def the_reader_reads(self) -> str:
        page = self._read(evening.page_address(self.day))
        found = [page.words.find(headline) for headline in self.headlines]
        assert -1 not in found and found == sorted(found), "the page's list is not in the order of print"
        signs = 0
        for pk, story in zip(self.articles, self.stories, strict=True):
            screen = self._read(evening.story_address(pk))
            for block in story["blocks"]:
                assert plain(block["text"]) in plain(screen.words), f"story {pk} lacks a paragraph"
            for line in story["bylines"]:
                assert "".join(line["name"].split()) in screen.words, f"story {pk} lacks a name"
                signs += 1
        return f"every paragraph of {len(self.articles)} stories and {signs} names are there"

    def it_settles(self) -> str:
        self.stack.start("worker", "beat")
        until(lambda: self.books.issue_status() == "published", 40, "the sweep")
        for _again in range(2):
            before = self.books.last_sweep()
            until(lambda mark=before: self.books.last_sweep() != mark, 40, "another sweep")
        assert self.books.statuses() == {"published"}
        assert self.books.happened("issue_published") == 1
        until(lambda: self.books.undelivered() == 0, 40, "the last notice")
        return "issue and stories are “published”, recorded once, still once two sweeps later"

    # --- afterwards ---

    def it_is_corrected(self) -> str:
        duty = self.people["duty"]
        for pk, headline in zip(self.articles, self.headlines, strict=True):
            wrong = self._read(evening.story_address(pk))
            note, deck = f"第{pk}篇副题有误，现予更正。", f"更正后的副题{pk}"
            assert note not in wrong.words
            duty.press(duty.open(change(pk)), "correct", text=note, deck=deck)
            right = self._read(evening.story_address(pk))
            assert note in right.words and deck in right.words and headline in right.words
            printed = self._read(evening.printed_address(self.day, pk))
            assert note in printed.words and deck not in printed.words
            assert evening.story_address(pk) in [urlsplit(link.href).path for link in printed.links]
        return f"{len(self.articles)} stories carry a note; the printed page keeps its text and says so"

    def it_is_withdrawn(self) -> str:
        chief = self.people["chief"]
        left = dict(zip(self.articles, self.headlines, strict=True))
        for pk in self.articles:
            chief.press(chief.open(change(pk)), "withdraw", reason="来源要求撤回。")
            headline = left.pop(pk)
            for address in (evening.story_address(pk), evening.printed_address(self.day, pk)):
                assert self._ask(address).status == 410, address
            for address in [*self._lists(), evening.page_address(self.day)]:
                text = self._ask(address).text
                assert escaped(headline) not in text, f"{address} still has the headline"
                assert all(escaped(other) in text for other in left.values()), address
            for other in left:
                assert self._ask(evening.story_address(other)).status == 200
        assert self.books.happened("withdraw") == len(self.articles)
        assert self.books.happened("issue_published") == 1
        return f"{len(self.articles)} × 410, each gone from {len(self._lists())} lists and its page, the others stayed"

    def nothing_broke(self) -> str:
        until(lambda: self.books.undelivered() == 0, 40, "the last notice")
        for name in ("web", "worker", "beat"):
            assert self.stack.alive(name), f"{name} died"
            log = self.stack.log(name)
            assert "Traceback" not in log, f"{name} complained:\n{log[-3000:]}"
        return "no traceback in any log, every notice delivered"

    # --- what a reader does ---

    def _addresses(self) -> list[str]:
        return evening.addresses(self.day, self.articles)

    def _lists(self) -> list[str]:
        return evening.lists(self.scene.section)

    def _ask(self, path: str) -> Answer:
        return self.stack.get(quote(path))

    def _read(self, path: str) -> Screen:
        answer = self._ask(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        assert "Set-Cookie" not in answer.headers, path
        return Screen.read(answer.text, self.stack.url + path)

    def _nothing_is_out(self) -> None:
        nowhere = self._ask(f"/{SLUG}/story/987654321/")
        assert nowhere.status == 404
        for address in self._addresses():
            answer = self._ask(address)
            assert (answer.status, answer.body) == (404, nowhere.body), f"{address}: {answer.status}"
        for address in self._lists():
            text = self._ask(address).text
            assert not [one for one in self.headlines if escaped(one) in text], f"{address} tells early"

    def _all_lists_have(self, headlines: list[str]) -> None:
        for address in self._lists():
            answer = self._ask(address)
            assert answer.status == 200, address
            assert all(escaped(one) in answer.text for one in headlines), f"{address} lacks a headline"


STEPS: list[Callable[[Walk], str]] = [
    Walk.the_paper_opens,
    Walk.everybody_logs_in,
    Walk.the_page_is_taken_in,
    Walk.the_stories_are_handed_in,
    Walk.three_people_approve,
    Walk.nobody_else_may,
    Walk.the_page_is_made,
    Walk.it_is_made_up,
    Walk.it_is_scheduled,
    Walk.the_machines_die,
    Walk.it_is_public_at_its_second,
    Walk.the_reader_reads,
    Walk.it_settles,
    Walk.it_is_corrected,
    Walk.it_is_withdrawn,
    Walk.nothing_broke,
]


def change(pk: int) -> str:
    return f"{STORIES}{pk}/change/"


def plain(text: str) -> str:
    """Text without its spaces, which HTML does not keep."""
    return "".join(text.split())


def escaped(text: str) -> str:
    """As a template prints it."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(sign, entity)
    return text


def walk(steps: list[Callable[[Walk], str]], evening_of: Walk) -> tuple[int, int]:
    """Go through the steps until one fails; (passed, failed)."""
    for number, step in enumerate(steps, 1):
        title = step.__name__.replace("_", " ")
        began = time.monotonic()
        try:
            seen = step(evening_of)
        except Exception as error:
            print(f"{number:2}. {title}: FAILED: {error}", flush=True)
            traceback.print_exc()
            return number - 1, 1
        print(f"{number:2}. {title}: {seen} ({time.monotonic() - began:.1f} s)", flush=True)
    return len(steps), 0


def real_page() -> Path | None:
    folder = requires.shared_pages()
    file = folder / REAL_PAGE if folder else None
    return file if file and file.is_file() else None


def main(arguments: list[str]) -> int:
    file = Path(arguments[0]).resolve() if arguments else real_page()
    if file is None:
        word = f"../shared/pages/{REAL_PAGE} is missing here"
        print(f"{word}, and REQUIRE_ALL=1 forbids that" if requires.ALL else f"skipped: {word}")
        print(f"0 passed, {int(requires.ALL)} failed")
        return int(requires.ALL)
    folder = Path(tempfile.mkdtemp(prefix="nr-smoke-"))
    stack = Stack(folder, dict(evening.ENVIRONMENT))
    try:
        passed, failed = walk(STEPS, Walk(stack, file))
        if failed:
            for name in ("web", "worker", "beat"):
                print(f"--- {name}\n{stack.log(name)[-3000:]}", file=sys.stderr)
    finally:
        stack.stop_all()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
