"""Chinese text for measuring search: words of a paper's common characters, as frequent as words are. Invented by
arithmetic; it means nothing, but its pairs of characters are as many and as uneven as in a real archive."""

from collections.abc import Iterator
from itertools import accumulate
from random import Random

WORDS, SENTENCE = 12_000, (5, 14)
# The common characters are the first level of GB 2312: sixteen rows of its table begin at 0xB0.
_CHARACTERS = [
    bytes((row, column)).decode("gb2312") for row in range(0xB0, 0xD7) for column in range(0xA1, 0xFF)
]
_LATIN = ("AI", "GDP", "5G", "APP", "Wi-Fi", "PM2.5", "T20", "CT", "ETC", "VR")


def vocabulary(seed: int = 1) -> list[str]:
    """Words by falling frequency: the first are single characters as 的 is, most have two."""
    random = Random(seed)  # noqa: S311 - words, not secrets
    characters = random.sample(_CHARACTERS, len(_CHARACTERS))
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(characters))))
    words = dict.fromkeys(characters[:12])
    while len(words) < WORDS:
        length = random.choices((1, 2, 3, 4), (4, 70, 16, 10))[0]
        words.setdefault("".join(random.choices(characters, cum_weights=weights, k=length)))
    return list(words)


def texts(count: int, characters: int, seed: int = 1) -> Iterator[tuple[str, list[str]]]:
    """(headline, paragraphs) of `count` stories of about so many characters each."""
    random = Random(seed)  # noqa: S311 - words, not secrets
    words = vocabulary(seed)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    for number in range(count):
        headline = "".join(random.choices(words, cum_weights=weights, k=5))
        paragraphs, written = [], 0
        while written < characters:
            sentences = [_sentence(random, words, weights) for _ in range(3)]
            paragraphs.append("".join(sentences))
            written += len(paragraphs[-1])
        # A story now and then has a number nobody else has.
        paragraphs[-1] += f"编号{number}。" if number % 10 == 0 else ""
        yield headline, paragraphs


def _sentence(random: Random, words: list[str], weights: list[float]) -> str:
    found = random.choices(words, cum_weights=weights, k=random.randint(*SENTENCE))
    if random.random() < 0.3:
        found.insert(random.randrange(len(found)), random.choice(_LATIN))
    if random.random() < 0.4:
        found.insert(random.randrange(len(found)), f"{random.randint(1, 2030)}年")
    if len(found) > 6:
        found.insert(len(found) // 2, "，")
    return "".join(found) + "。"
