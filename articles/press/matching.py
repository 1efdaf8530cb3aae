"""Which story each fragment of a page belongs to, by their texts. Pure.

Every run of four characters of a fragment votes for the stories that have it, near one offset. What is unsure then
looks at its neighbours in the column; a phrase that several stories share goes to the one whose place grows least.
The story is decided before the offset: kickers and bylines repeat.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from articles.press.content import plain
from articles.press.fragments import Fragment, body_size
from articles.press.geometry import Box

GRAM = 4
# The least share of a fragment's votes that counts: text that was changed on the stone still matches.
ENOUGH = 0.3
SURE = 0.75


@dataclass(slots=True, eq=False)
class Match:
    """A fragment with the story it belongs to. `votes`: how much of it that story has, from 0 to 1; what neighbours
    decided has little."""

    fragment: Fragment
    story: int | None = None
    votes: float = 0.0
    tied: tuple[int, ...] = ()
    neighbours: list["Match"] = field(default_factory=list, repr=False)

    @property
    def length(self) -> int:
        return len(self.fragment.key)


def comparable(text: str) -> str:
    """A story's text as it is compared with a page's."""
    return "".join(plain(character) for character in text if not character.isspace())


def matched(found: Sequence[Fragment], texts: Mapping[int, str]) -> list[Match]:
    """Every fragment with its story. `texts`: all that is printed of a story, by whatever names it."""
    index = _index(texts)
    matches = [_voted(fragment, index) for fragment in found]
    _meet_neighbours(matches)
    body = body_size(found) * 1.15
    for _sweep in range(4):
        if not _heed_neighbours(matches, body):
            break
    _drop_strays(matches, body)
    _break_ties(matches)
    return matches


Index = Mapping[str, list[tuple[int, int]]]


def _index(texts: Mapping[int, str]) -> Index:
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for story, text in texts.items():
        key = comparable(text)
        for place in range(len(key) - GRAM + 1):
            index[key[place : place + GRAM]].append((story, place))
    return index


def _voted(fragment: Fragment, index: Index) -> Match:
    key = fragment.key
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for place in range(len(key) - GRAM + 1):
        for story, there in index.get(key[place : place + GRAM], ())[:200]:
            votes[story][there - place] += 1
    if not votes:
        return Match(fragment)
    scores = {story: _nearby(counts) for story, counts in votes.items()}
    best = max(scores.values())
    most = max(1, len(key) - GRAM + 1)
    if best < max(1.0, ENOUGH * most):
        return Match(fragment)
    leaders = sorted(story for story, score in scores.items() if score == best)
    share = min(1.0, best / most)
    if len(leaders) == 1:
        return Match(fragment, leaders[0], share)
    return Match(fragment, None, share, tuple(leaders))


def _nearby(counts: Counter[int]) -> int:
    """Votes for one offset and those beside it: a character more or less on the page moves what follows."""
    return max(sum(counts.get(offset + by, 0) for by in (-2, -1, 0, 1, 2)) for offset in list(counts)[:50])


def _meet_neighbours(matches: Sequence[Match]) -> None:
    """The lines above and below in the same column and size, and what follows on the same line."""
    order = sorted(matches, key=lambda match: match.fragment.baseline)
    lines = [match.fragment.baseline for match in order]
    for match in order:
        mine = match.fragment
        reach = 2.1 * mine.size
        start, end = bisect_left(lines, mine.baseline - reach), bisect_right(lines, mine.baseline + reach)
        match.neighbours = [
            other for other in order[start:end] if other is not match and _beside(mine, other.fragment)
        ]


def _beside(mine: Fragment, other: Fragment) -> bool:
    if abs(mine.size - other.size) > 0.08 * mine.size + 0.1:
        return False
    apart = abs(mine.baseline - other.baseline)
    shared = min(mine.box.right, other.box.right) - max(mine.box.left, other.box.left)
    if apart > 0.25 * mine.size:
        return shared > 0
    return shared > -mine.size


def _heed_neighbours(matches: Sequence[Match], body: float) -> bool:
    """One sweep; whether anything changed."""
    changed = False
    for match in matches:
        around = Counter(other.story for other in match.neighbours if other.story is not None)
        if not around:
            continue
        story, count = around.most_common(1)[0]
        if count != around.total():
            continue
        if match.story is None and match.tied:
            if story in match.tied:
                match.story, match.votes, changed = story, 0.3, True
        elif match.story is None:
            # Small leftovers of a paragraph; a head that nothing knows is not taken along.
            if match.fragment.size <= body:
                match.story, match.votes, changed = story, 0.1, True
        elif match.story != story and count >= 2 and match.votes < SURE:
            match.story, match.votes, changed = story, 0.1, True
    return changed


def _drop_strays(matches: Sequence[Match], body: float) -> None:
    """A weak hit that stands alone is chance."""
    for match in matches:
        alone = not any(other.story == match.story for other in match.neighbours)
        if match.story is not None and match.votes < 0.5 and match.fragment.size <= body and alone:
            match.story = None


def _break_ties(matches: Sequence[Match]) -> None:
    """From the bottom up: heads join the text below them."""
    places: dict[int, Box] = {}
    for match in matches:
        if match.story is not None:
            place = places.get(match.story)
            box = match.fragment.box
            places[match.story] = place.union(box) if place else box
    open_ones = [match for match in matches if match.story is None and match.tied]
    for match in sorted(open_ones, key=lambda match: -match.fragment.baseline):
        growth = {
            story: places[story].union(match.fragment.box).area - places[story].area
            for story in match.tied
            if story in places
        }
        if growth:
            match.story, match.votes = min(growth, key=lambda story: (growth[story], story)), 0.3
