"""The sample stories as they lie in `stories/*.toml`, and the raw page for trying the intake. No Django here.

To enlarge the demo, add stories to these files: an issue's file gives each story its `page`, `desk.toml` gives each
its `state`. Nothing else needs to change. Dates are written as `{day-1}` (7月1日) and `{weekday+2}` (星期三), counted
from the day of the issue the story stands in, so that they are right whenever the demo is built.
"""

import html
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE_SAMPLE = HERE / "page_sample.txt"

# The paper's four pages of a day, the same in every issue.
PAGES = {"01": "要闻", "02": "经济·海洋", "03": "民生", "04": "文化·体育"}
SECTIONS = ("要闻", "经济", "海洋", "民生", "文化", "体育")
# The issues' files, the oldest first, by their distance in days from the newest paper that is out.
ISSUES = {"before": -2, "yesterday": -1, "today": 0, "tomorrow": 1}
# Whose stories each page is offered first.
PAGE_SECTIONS = {"01": ("要闻",), "02": ("经济", "海洋"), "03": ("民生",), "04": ("文化", "体育")}
# Adverts and notices, where pages are made up: by day and page.
ITEMS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("today", "02"): {
        "kind": "advert",
        "title": "潮声渔具 老街总店迎冬",
        "text": "雨靴、头灯、浮标一律八折\n老船长免费补网\n灯塔路六号 每天七点开门",
        "columns": 3,
        "lines": 17,
    },
    ("tomorrow", "02"): {
        "kind": "advert",
        "title": "望潮港招人",
        "text": "岸桥司机 八名\n理货员 十二名\n冷藏箱巡检员 四名\n包吃住，夜班有补贴\n码头南门招工处，每天九点到四点",
        "columns": 6,
        "lines": 26,
    },
    ("tomorrow", "03"): {
        "kind": "notice",
        "title": "停水通知",
        "text": "老城六条街明晚十点到次晨四点换管停水，请提前蓄水。",
        "columns": 2,
        "lines": 10,
    },
}
DESK = "desk"
WEEKDAYS = "一二三四五六日"

# What `state` in desk.toml may say.
STATES = ("draft", "sent_back", "review_1", "review_2", "review_3", "approved", "spiked")

_FIGURE = re.compile(r"!\[(\w+)\]\Z")
_DATE = re.compile(r"\{(day|weekday)([+-]\d+)?\}")


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
    paragraph that is being added while the story is live. `web_first` publishes the story before its issue, with
    `web_body` under `web_heads` where the first version was shorter. `late`: written after midnight, for the last
    page to close. `emergency`: it came when the paper was out, on the editor-in-chief's one signature.
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
    web_body: str = ""
    web_heads: Mapping[str, str] = field(default_factory=dict)
    late: bool = False
    emergency: bool = False
    embargo: bool = False
    correction: Correction | None = None

    @cached_property
    def paragraphs(self) -> list[str]:
        """The body's blocks as they are written in the file."""
        return _blocks(self.body)

    def body_html(self, photos: Mapping[str, int]) -> str:
        """The body as the editor would save it; `photos` maps scenes to photo ids."""
        return _html(self.body, photos)

    def web_html(self, photos: Mapping[str, int]) -> str:
        """The same of the first, shorter version."""
        return _html(self.web_body, photos)


def _blocks(text: str) -> list[str]:
    return [block for block in (part.strip() for part in text.split("\n\n")) if block]


def _html(text: str, photos: Mapping[str, int]) -> str:
    return "".join(_block(block, photos) for block in _blocks(text))


def _block(text: str, photos: Mapping[str, int]) -> str:
    if figure := _FIGURE.match(text):
        return f'<figure data-photo="{photos[figure[1]]}"></figure>'
    if text.startswith("## "):
        return f"<h2>{html.escape(text[3:])}</h2>"
    return f"<p>{html.escape(text.replace(chr(10), ''), quote=False)}</p>"


def spoken(day: date) -> str:
    """7月1日"""
    return f"{day.month}月{day.day}日"


def load(name: str, day: date) -> list[Story]:
    """The stories of `stories/<name>.toml` as they read in the issue of `day`.

    A field that no story has is a TypeError: a slip of the pen in the file is not passed over.
    """

    def written(found: re.Match[str]) -> str:
        meant = day + timedelta(days=int(found[2] or 0))
        return spoken(meant) if found[1] == "day" else f"星期{WEEKDAYS[meant.weekday()]}"

    text = (HERE / "stories" / f"{name}.toml").read_text(encoding="utf-8")
    return [_story(row) for row in tomllib.loads(_DATE.sub(written, text))["story"]]


def _story(row: dict[str, Any]) -> Story:
    row = {**row, "body": row["body"].strip(), "web_body": row.get("web_body", "").strip()}
    row["bylines"] = tuple((name, role, title) for name, role, title in row.get("bylines", ()))
    row["photos"] = tuple(row.get("photos", ()))
    if "correction" in row:
        row["correction"] = Correction(**row["correction"])
    return Story(**row)
