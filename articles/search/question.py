"""What a reader or an editor asks, as both databases understand it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.search.tokeniser import LONG, Kind, Token, joint, kind_of, normal, run_tokens, runs

# A headline with its kicker and deck pasted whole is shorter; no page answers more.
MOST_CHARACTERS, MOST_PHRASES = 200, 10


class Unanswerable(Exception):
    """The question is none that can be asked. `reason`: "long", "many", "binary" or "nothing" (it names nothing
    that could be found)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Phrase:
    """Runs that must follow each other in one text."""

    runs: tuple[str, ...]

    @property
    def tokens(self) -> Iterator[Token]:
        for run in self.runs[:-1]:
            # Whole, with the last ideograph alone: that is where a run ends.
            yield from map(Token, run_tokens(run))
        last = self.runs[-1]
        if kind_of(last) == Kind.UNSPACED:
            # It may go on: pairs only, and one ideograph is the beginning of any pair.
            yield from (Token(last[place : place + 2]) for place in range(len(last) - 1))
            if len(last) == 1:
                yield Token(last, prefix=True)
        else:
            yield Token(last, prefix=kind_of(last) == Kind.LETTERS)

    @property
    def candidates(self) -> list[Token]:
        """The tokens of every text that holds the phrase, and of some others: their order is not told. Of a phrase of
        several runs those where they meet (`tokeniser.joint`) say more than the runs themselves."""
        if len(self.runs) == 1:
            return list(self.tokens)
        ends = kind_of(self.runs[-1]) == Kind.LETTERS
        joints = [joint(*pair) for pair in pairwise(self.runs)]
        pairs = (pair for run in self.runs if kind_of(run) == Kind.UNSPACED for pair in pairwise(run))
        return [
            *map(Token, joints[:-1]),
            Token(joints[-1], prefix=ends),
            *(Token("".join(pair)) for pair in pairs),
        ]

    @property
    def pattern(self) -> str:
        """For LIKE on a `Document.long_text`."""
        begins = "" if kind_of(self.runs[0]) == Kind.UNSPACED else " "
        ends = " " if kind_of(self.runs[-1]) in {Kind.DIGITS, Kind.FACET} else ""
        return f"%{begins}{' '.join(self.runs)}{ends}%"


@dataclass(frozen=True)
class Question:
    """Phrases that must all be found."""

    phrases: tuple[Phrase, ...]

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @property
    def is_exact(self) -> bool:
        """Whether `candidates` finds nothing else than `tsquery` does: no phrase has an order to look at."""
        return all(len(phrase.candidates) == 1 for phrase in self.phrases)

    @property
    def candidates(self) -> str:
        """For a tsvector's index, which knows nothing of places: it finds all that `tsquery` finds, and more."""
        return _or_long(" & ".join(_lexeme(token) for phrase in self.phrases for token in phrase.candidates))

    @property
    def tsquery(self) -> str:
        """For a tsvector."""
        return _or_long(
            " & ".join(f"({' <-> '.join(map(_lexeme, phrase.tokens))})" for phrase in self.phrases)
        )

    @property
    def fts5(self) -> str:
        return " AND ".join(
            " + ".join(f'"{text}"{" *" if prefix else ""}' for text, prefix in phrase.tokens)
            for phrase in self.phrases
        )

    @property
    def patterns(self) -> list[str]:
        return [phrase.pattern for phrase in self.phrases]

    def of(self, *facets: str) -> "Question":
        """The same, of stories alone that have these facets (`tokeniser.facet`)."""
        return Question((*self.phrases, *(Phrase((each,)) for each in facets)))


def _lexeme(token: Token) -> str:
    # No token holds a quote or a backslash: runs are letters, digits and ideographs.
    return f"'{token.text}'{':*' if token.prefix else ''}"


def _or_long(found: str) -> str:
    """With those texts that are too long for a tsvector: `patterns` decide about them."""
    return f"({found}) | '{LONG}'"


def ask(text: str) -> Question:
    """The question in `text`, empty where there is only white space. Raises Unanswerable."""
    # Before anything is done with it: it may be a megabyte.
    if len(text) > MOST_CHARACTERS:
        raise Unanswerable("long")
    if "\x00" in text:
        raise Unanswerable("binary")
    parts = normal(text).split()
    phrases = tuple(dict.fromkeys(Phrase(tuple(found)) for part in parts if (found := runs(part))))
    if len(phrases) > MOST_PHRASES:
        raise Unanswerable("many")
    if parts and not phrases:
        raise Unanswerable("nothing")
    return Question(phrases)
