"""Labelled items become drafts of stories: where each begins, what belongs to it. Pure; `compose` makes the stories.

A headline is one because a byline or dateline follows, because a rubric says that short items come, because a photo
credit closes the text below, or because it differs from the subheads of the story above. The last is always noted.
"""

import re
from collections.abc import Sequence

from articles.intake.briefs import is_long, split_run
from articles.intake.labels import Item, Part
from articles.intake.lines import Line
from articles.intake.looks import lead_like
from articles.intake.model import Remainder, Why
from articles.intake.notes import Doubt, note
from articles.intake.shapes import Habits, enumeration
from articles.intake.signatures import signs_above, signs_photo
from articles.intake.story_draft import Draft

_PHOTO_TEXT = 400
# The heading of a notice; it is never a subhead.
_NOTICE = re.compile(r".{0,8}(?:声明|公告|启事|通告|更正|讣告)")


class Sorter:
    """Walks the items once, with a look at the neighbours."""

    def __init__(self, items: Sequence[Item], habits: Habits) -> None:
        self.items = items
        self.habits = habits
        self.drafts: list[Draft] = []
        self.remainder: list[Remainder] = []
        self.current: Draft | None = None
        self.briefs = False

    def run(self) -> tuple[list[Draft], list[Remainder]]:
        index = 0
        while index < len(self.items):
            item = self.items[index]
            if item.part is Part.HEAD:
                index = self._heads(index)
                continue
            if item.part is Part.BYLINE:
                self._byline(index)
            elif item.part is Part.PARAGRAPH:
                self._paragraph(index)
            else:
                self._apart(item)
            index += 1
        self.drafts = [piece for draft in self.drafts for piece in split_run(draft)]
        return self.drafts, self.remainder

    def _start(self, heads: Sequence[Line] = ()) -> Draft:
        self.current = Draft(heads=list(heads))
        self.drafts.append(self.current)
        return self.current

    def _peek(self, index: int) -> Item | None:
        """The item at this place or the next one that is no furniture."""
        for item in self.items[index : index + 4]:
            if item.part is not Part.OTHER:
                return item
        return None

    def _apart(self, item: Item) -> None:
        line = item.first
        self.remainder.append(Remainder((line.start, line.end), line.raw, item.why or Why.UNPLACED))
        if item.part is Part.RUBRIC:
            self.briefs = True
            self.current = None
        elif item.why is Why.JUMP and self.current is not None:
            self.current.notes.append(note(Doubt.JUMP, line.text))

    # Headings

    def _heads(self, index: int) -> int:
        """A run of heading lines: the heads of a new story, subheads, or both. Returns the index behind it."""
        stop = index
        while stop < len(self.items) and self.items[stop].part is Part.HEAD:
            stop += 1
            if (
                stop < len(self.items)
                and self.items[stop].part is Part.HEAD
                and self._breaks_run(self.items[stop])
            ):
                break
        run = list(self.items[index:stop])
        following = self._peek(stop)
        if self._is_caption(run, stop):
            # headline, unended caption, photo credit: the last heading is the text of a photo story
            caption = run.pop()
            caption.part = Part.PARAGRAPH
            self._open(run, following, stop)
            self._body(caption)
            return stop
        if self._begins_story(run, following, stop):
            self._open(run, following, stop)
        else:
            self._subheads(run, following)
        return stop

    def _breaks_run(self, item: Item) -> bool:
        """Whether a wide gap stands before a heading, so that the headings above belong to something else."""
        return self.habits.is_wide_gap(item.first) and item.first.gap >= 2

    def _is_caption(self, run: list[Item], stop: int) -> bool:
        if len(run) < 2 or stop >= len(self.items) or self.items[stop].part is not Part.BYLINE:
            return False
        credit = self.items[stop].first.credit
        if credit is None or not credit.photographic or run[-1].last.length < 10:
            return False
        behind = self._peek(stop + 1)
        return behind is None or behind.part in (Part.HEAD, Part.RUBRIC)

    def _begins_story(self, run: list[Item], following: Item | None, stop: int) -> bool:  # noqa: PLR0911  # signals, strongest first
        if self.current is None or self.current.closed or not self.drafts:
            return True
        if following is not None and following.part is Part.BYLINE:
            return True
        if (
            following is not None
            and following.part is Part.PARAGRAPH
            and following.first.dateline is not None
        ):
            return True
        if run[0].is_proven or _NOTICE.fullmatch(run[0].first.clean):
            return True
        if not self.current.body:
            return False  # below a byline: the first subhead
        if self.briefs or self._closes_photo(stop):
            return True
        mark = run[0].first.mark
        if mark and self.current.heads and self.current.heads[-1].mark == mark and not self.current.credits:
            # One mark before this headline and the last: items of one sort, not a story and its subheads.
            self.current.is_brief = True
            return True
        return self._looks_like_headline(run, following)

    def _looks_like_headline(self, run: list[Item], following: Item | None) -> bool:
        first = run[0].first
        score = 0
        if len(run) >= 2 and not any(item.shared_shape for item in run):
            score += 2
        if self.habits.is_wide_gap(first):
            score += 2
        if run[-1].shared_shape or enumeration(run[-1].first) or first.is_bracketed:
            score -= 3
        else:
            score += 2
        if following is not None and following.part is Part.PARAGRAPH and lead_like(following.first):
            score += 1
        score += 1 if first.length >= 16 else -1 if first.length <= 9 else 0
        score += 2 if self.current is not None and (self.current.is_wire or self.current.is_brief) else 0
        if self.current is not None and any(item.part is Part.HEAD for item in self.current.body):
            score -= 1
        return score >= 3

    def _closes_photo(self, stop: int) -> bool:
        """Whether up to three short paragraphs follow, and then a photo credit."""
        length = 0
        for item in self.items[stop : stop + 3]:
            if item.part is not Part.PARAGRAPH:
                break
            length += sum(line.length for line in item.lines)
            stop += 1
            if signs_photo(item.last):
                return length <= _PHOTO_TEXT and (
                    stop >= len(self.items) or self.items[stop].part is not Part.PARAGRAPH
                )
        if (
            not 0 < length <= _PHOTO_TEXT
            or stop >= len(self.items)
            or self.items[stop].part is not Part.BYLINE
        ):
            return False
        credit = self.items[stop].first.credit
        return credit is not None and credit.photographic

    def _open(self, run: list[Item], following: Item | None, stop: int) -> None:
        """Begin a story under these headings; more than three are not heads of one story."""
        above_is_brief = self.current is not None and self.current.is_brief
        decisive = following is not None and (
            following.part is Part.BYLINE
            or (following.part is Part.PARAGRAPH and following.first.dateline is not None)
        )
        # A deck may stand in two lines.
        most = 4 if decisive and len(run) == 4 and not any(item.shared_shape for item in run) else 3
        above, heads = run[:-most], run[-most:]
        for item in above:
            self._loose_line(item)
        doubtful = (
            self.current is not None and not decisive and not self.briefs and not self._closes_photo(stop)
        )
        if decisive and following is not None and following.part is Part.BYLINE:
            self.briefs = self.briefs and not is_long(self.items[stop + 1 : stop + 3])
        draft = self._start([item.first for item in heads])
        draft.is_brief = self.briefs or (above_is_brief and bool(heads[0].first.mark))
        for item in heads:
            # Doubts about "heading or cut paragraph" do not arise where a byline follows.
            draft.notes.extend([] if decisive else item.notes)
        if doubtful:
            draft.notes.append(note(Doubt.HEADLINE_ALONE, heads[-1].first.text))

    def _loose_line(self, item: Item) -> None:
        """An unended short line that is no heading of the story below: to the story above, else to the remainder."""
        line = item.first
        if self.current is None:
            self.remainder.append(Remainder((line.start, line.end), line.raw, Why.UNPLACED))
            return
        item.part = Part.PARAGRAPH
        item.notes.append(note(Doubt.OPEN_END, line.text))
        self.current.body.append(item)

    def _subheads(self, run: list[Item], following: Item | None) -> None:
        draft = self.current
        assert draft is not None  # noqa: S101  # _begins_story says so
        if len(run) > 3:  # a list, a poem, a table
            for item in run:
                self._loose_line(item)
            return
        for item in run:
            if not item.shared_shape and not enumeration(item.first) and not item.notes and draft.body:
                item.notes.append(note(Doubt.SUBHEAD_ALONE, item.first.text))
            draft.body.append(item)

    # Bylines

    def _byline(self, index: int) -> None:
        item = self.items[index]
        credit = item.first.credit
        assert credit is not None  # noqa: S101  # that is what makes it a byline
        draft, following = self.current, self._peek(index + 1)
        if draft is not None and draft.is_waiting and not draft.closed:
            draft.credits.append(credit)
            return
        if draft is None:
            self._start().credits.append(credit)
            return
        goes_on = following is not None and following.part is Part.PARAGRAPH
        dated = goes_on and following is not None and following.first.dateline is not None
        if dated and following is not None and signs_above(item.first, following.first, draft.is_signed):
            goes_on = False
        elif dated or (goes_on and draft.credits and not credit.photographic):
            self._start().credits.append(credit)
            return
        draft.credits.append(credit)
        draft.credit_below = True
        if credit.photographic:
            draft.closed = not goes_on
            if draft.credits[:-1] or not draft.heads:
                draft.notes.append(note(Doubt.BYLINE_DOUBTFUL, item.first.text))
            elif len(draft.paragraphs) > 3:
                draft.notes.append(note(Doubt.BYLINE_BELOW, item.first.text))
        elif goes_on and len(draft.body) == 1 and not draft.credits[:-1]:
            # An editor's note or summary may stand between headline and byline.
            draft.notes.append(note(Doubt.BYLINE_DOUBTFUL, item.first.text))
        else:
            draft.closed = True
            draft.notes.append(
                note(Doubt.BYLINE_DOUBTFUL if draft.credits[:-1] else Doubt.BYLINE_BELOW, item.first.text)
            )

    # Paragraphs

    def _paragraph(self, index: int) -> None:
        item = self.items[index]
        line = item.first
        draft = self.current
        waiting = draft is not None and draft.is_waiting
        if line.dateline is not None and line.dateline.text and not (waiting and draft and not draft.body):
            draft = self._start()
            draft.is_brief = self.briefs
        elif not waiting and self._is_brief_item(index):
            draft = self._start()
            draft.is_brief = True
            draft.inline_end = line.inline_headline(spaced=True)
            if not self.briefs:
                draft.notes.append(note(Doubt.BRIEF_RUN))
        elif draft is None:
            draft = self._start()
            draft.is_brief = self.briefs
        elif draft.closed and not waiting:
            draft.notes.append(note(Doubt.BYLINE_DOUBTFUL, line.text[:30]))
            draft.closed = False
        elif line.mark and not waiting:
            item.notes.append(note(Doubt.LIST_OR_BRIEFS, line.text[:30]))
        self._body(item)

    def _is_brief_item(self, index: int) -> bool:
        """Whether a paragraph is an item of its own: below a rubric, or one of a run of marked ones."""
        line = self.items[index].first
        if self.briefs:
            draft = self.current
            if draft is None or not draft.is_brief:
                return draft is None
            # Under headings, a further paragraph goes on the item above; without, each is an item.
            return bool(line.mark or line.inline_headline(spaced=True)) or not (
                draft.heads or draft.inline_end
            )
        if not line.mark or line.length < 25 or not self.items[index].last.is_ended:
            return False
        neighbours = [self.items[place] for place in (index - 1, index + 1) if 0 <= place < len(self.items)]
        in_run = any(
            other.part is Part.PARAGRAPH and other.first.mark == line.mark and other.first.length >= 25
            for other in neighbours
        )
        after_colon = index > 0 and self.items[index - 1].last.clean.endswith(("：", ":"))
        inline = bool(line.inline_headline(spaced=True))
        if not in_run or after_colon:
            return False
        return self.current is None or inline or lead_like(line) or self.current.is_brief

    def _body(self, item: Item) -> None:
        draft = self.current
        assert draft is not None  # noqa: S101  # callers have opened one
        draft.body.append(item)
        if item.last.tail is not None and self._ends_here(item):
            draft.closed = True

    def _ends_here(self, item: Item) -> bool:
        credit = item.last.tail
        return credit is not None and not credit[1].photographic
