"""The sample stories as they lie in `stories/*.toml`, and the raw page for trying the intake. No Django here.

To enlarge the demo, add stories to these files: an issue's file gives each story its `page`, `desk.toml` gives each
its `state`. Nothing else needs to change.
"""

import html
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE_SAMPLE = HERE / "page_sample.txt"

# The paper's four pages of a day, the same in every issue.
PAGES = {"01": "要闻", "02": "经济·海洋", "03": "民生", "04": "文化"}
SECTIONS = ("要闻", "经济", "民生", "文化", "海洋")

# What `state` in desk.toml may say.
STATES = ("draft", "sent_back", "review_1", "review_2", "review_3", "approved", "spiked")

_FIGURE = re.compile(r"!\[(\w+)\]\Z")


@dataclass(frozen=True)
class Correction:
    """`printed` stood in the paper where `right` should have; `text` is what readers are told."""

    printed: str
    right: str
    text: str


@dataclass(frozen=True)
class Story:
    """One sample story. `bylines`: (name, role, title); `photos`: {"photo": scene, "caption", "credit", "alt"}.

    `first_headline` is how it was filed; the section editor changed it, and said why in `note`. `revision` is a
    paragraph that is being added while the story is live.
    """

    key: str
    headline: str
    body: str
    section: str
    page: str = ""
    state: str = ""
    kind: str = "news"
    kicker: str = ""
    deck: str = ""
    dateline: str = ""
    summary: str = ""
    bylines: tuple[tuple[str, str, str], ...] = ()
    photos: tuple[Mapping[str, str], ...] = ()
    first_headline: str = ""
    note: str = ""
    reason: str = ""
    withdrawn: str = ""
    revision: str = ""
    web_first: bool = False
    embargo: bool = False
    correction: Correction | None = None

    @cached_property
    def paragraphs(self) -> list[str]:
        """The body's blocks as they are written in the file."""
        return [block for block in (part.strip() for part in self.body.split("\n\n")) if block]

    def body_html(self, photos: Mapping[str, int]) -> str:
        """The body as the editor would save it; `photos` maps scenes to photo ids."""
        return "".join(_block(text, photos) for text in self.paragraphs)


def _block(text: str, photos: Mapping[str, int]) -> str:
    if figure := _FIGURE.match(text):
        return f'<figure data-photo="{photos[figure[1]]}"></figure>'
    if text.startswith("## "):
        return f"<h2>{html.escape(text[3:])}</h2>"
    return f"<p>{html.escape(text.replace(chr(10), ''), quote=False)}</p>"


def load(name: str, words: Mapping[str, str]) -> list[Story]:
    """The stories of `stories/<name>.toml`, with `{today}` and the like replaced by `words`.

    A field that no story has is a TypeError: a slip of the pen in the file is not passed over.
    """
    text = (HERE / "stories" / f"{name}.toml").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return [_story(row) for row in tomllib.loads(text)["story"]]


def _story(row: dict[str, Any]) -> Story:
    row = {**row, "body": row["body"].strip()}
    row["bylines"] = tuple((name, role, title) for name, role, title in row.get("bylines", ()))
    row["photos"] = tuple(row.get("photos", ()))
    if "correction" in row:
        row["correction"] = Correction(**row["correction"])
    return Story(**row)
