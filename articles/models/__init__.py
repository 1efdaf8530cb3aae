"""The desk side (working copies, everything may change) and the public side (`Published…`, frozen copies)."""

from articles.models.article import Article, ArticlePhoto, Intake, Revision
from articles.models.event import Delivery, Event, Heartbeat
from articles.models.issue import Issue, Page, Placement
from articles.models.makeup import HotArea, PageFormat, PageItem, PageProof
from articles.models.pattern import PagePattern, Weekday
from articles.models.press import PressFile
from articles.models.publication import Membership, Publication
from articles.models.published import (
    Correction,
    PublishedArticle,
    PublishedIssue,
    PublishedPage,
    PublishedPlacement,
    page_name,
)
from articles.models.reporter import Byline, Reporter
from articles.models.review import Review, ReviewStage
from articles.models.search import DeskEntry, PublicEntry
from articles.models.section import Section

__all__ = [
    "Article",
    "ArticlePhoto",
    "Byline",
    "Correction",
    "Delivery",
    "DeskEntry",
    "Event",
    "Heartbeat",
    "HotArea",
    "Intake",
    "Issue",
    "Membership",
    "Page",
    "PageFormat",
    "PageItem",
    "PagePattern",
    "PageProof",
    "Placement",
    "PressFile",
    "PublicEntry",
    "Publication",
    "PublishedArticle",
    "PublishedIssue",
    "PublishedPage",
    "PublishedPlacement",
    "Reporter",
    "Review",
    "ReviewStage",
    "Revision",
    "Section",
    "Weekday",
    "page_name",
]
