"""The public side: frozen, sanitised copies. A publishing verb writes them, nothing else does, and the site, feeds
and sitemaps read only them.

Every copy is visible in a half-open interval `[visible_from, visible_until)`. A copy that is written with a future
start becomes public at that second whoever is alive. Copies that have been public are closed, never deleted.
Intervals of one article never overlap: an exclusion constraint on PostgreSQL, triggers on SQLite (migration 0002).
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Revision
from articles.models.issue import Issue, Page
from articles.models.publication import Publication
from articles.models.reporter import Reporter
from articles.models.section import Section
from articles.querysets import IntervalQuerySet


class Interval(models.Model):
    """When a copy is public."""

    visible_from = models.DateTimeField(_("visible from"))
    visible_until = models.DateTimeField(_("visible until"), null=True, blank=True)

    objects = IntervalQuerySet.as_manager()

    class Meta:
        abstract = True


def _ordered(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(visible_until__isnull=True)
        | models.Q(visible_until__gte=models.F("visible_from")),
        name=f"{name}_interval_in_order",
    )


class PublishedArticle(Interval):
    """One version of a story as the public sees it.

    `bylines`: list of {"reporter": id, "name", "role", "title"}; `photos`: list of {"photo": id, "caption",
    "credit", "alt"}; `corrections`: list of {"date": ISO date, "text"}, oldest first. `issue` is set where the
    copy was written for an issue and is taken back with it.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="copies")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="article_copies")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="published_articles")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="published_articles"
    )
    kind = models.CharField(max_length=10, choices=Article.Kind.choices)
    kicker = models.CharField(max_length=120, blank=True)
    headline = models.CharField(max_length=120)
    deck = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    dateline = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    bylines = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    photos = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    corrections = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    first_published_at = models.DateTimeField()
    reporters = models.ManyToManyField(Reporter, related_name="published_articles")
    photo_uses = models.ManyToManyField("media_library.Photo", related_name="published_articles")

    class Meta:
        verbose_name = _("published story")
        verbose_name_plural = _("published stories")
        ordering = ["-first_published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["publication", "-first_published_at", "-id"], name="published_in_publication"
            ),
            models.Index(fields=["section", "-first_published_at", "-id"], name="published_in_section"),
            models.Index(fields=["article", "visible_from"], name="published_of_article"),
            models.Index(fields=["publication", "visible_from"], name="published_starts"),
            models.Index(
                fields=["publication", "visible_until"],
                condition=models.Q(visible_until__isnull=False),
                name="published_ends",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="published_article_number_once"),
            _ordered("published_article"),
        ]

    def __str__(self) -> str:
        return self.headline


class PublishedIssue(Interval):
    """An issue as the public sees it. `masthead`: {"name", "cn_number", "sponsor", "publisher", "address"}.

    `pdf`: the PDFs of its pages in one file, "" where a page has none or is withheld; the name is nobody's guess.
    """

    issue = models.OneToOneField(Issue, models.PROTECT, related_name="copy")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="published_issues")
    date = models.DateField()
    edition = models.CharField(max_length=12, choices=Issue.Edition.choices)
    serial_no = models.PositiveIntegerField(null=True, blank=True)
    masthead = models.JSONField(default=dict)
    pdf = models.CharField(max_length=120, blank=True)
    # Of its binding: a claim moves the next try on, as a delivery's does.
    bind_attempts = models.PositiveSmallIntegerField(default=0)
    bind_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("published issue")
        verbose_name_plural = _("published issues")
        ordering = ["-date", "edition"]
        indexes = [
            models.Index(fields=["publication", "-date", "edition"], name="published_issue_by_date"),
            models.Index(fields=["publication", "visible_from"], name="published_issue_starts"),
        ]
        constraints = [_ordered("published_issue")]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"


def page_name(code: str, label: str) -> str:
    """第01版：要闻. Not translated: it is what programs that read digital newspapers split at the full-width colon."""
    return f"第{code}版：{label}" if label else f"第{code}版"


class PublishedPage(Interval):
    """A page as the public sees it. `withheld_at`: a story on it was withdrawn, so no picture or PDF of the whole
    page may be shown until the page is replaced.

    `pdf`, `images` ([{"format", "width", "height", "name", "bytes"}]) and `areas` are those of the signed proof, empty
    where the page has none. `areas`: [{"kind", "article", "label", "polygon"}] in the order of the page, `article` the
    id of a story that stands on it or None, `polygon` [[x, y], …] in fractions of the page.
    """

    published_issue = models.ForeignKey(PublishedIssue, models.CASCADE, related_name="pages")
    page = models.ForeignKey(Page, models.PROTECT, related_name="copies")
    code = models.CharField(max_length=6)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=30, blank=True)
    host_code = models.CharField(max_length=6, blank=True)
    page_editor = models.CharField(max_length=60, blank=True)
    layout_artist = models.CharField(max_length=60, blank=True)
    proofreader = models.CharField(max_length=60, blank=True)
    withheld_at = models.DateTimeField(null=True, blank=True)
    pdf = models.CharField(max_length=120, blank=True)
    images = models.JSONField(default=list, blank=True)
    areas = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("published page")
        verbose_name_plural = _("published pages")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(visible_until__isnull=True),
                name="published_page_open_once",
            ),
            _ordered("published_page"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    def file_names(self) -> list[str]:
        """Every public file of it. They are its proof's too."""
        return [name for name in [self.pdf, *(row["name"] for row in self.images)] if name]


class PublishedPlacement(Interval):
    """A story's place on a published page, pinned to the copy as printed."""

    published_page = models.ForeignKey(PublishedPage, models.CASCADE, related_name="placements")
    article = models.ForeignKey(Article, models.PROTECT, related_name="published_placements")
    copy = models.ForeignKey(PublishedArticle, models.PROTECT, related_name="placements")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("published placement")
        verbose_name_plural = _("published placements")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["article", "visible_from"], name="placement_of_article")]
        constraints = [
            models.UniqueConstraint(
                fields=["published_page", "article"], name="published_placement_once_a_page"
            ),
            _ordered("published_placement"),
        ]

    def __str__(self) -> str:
        return str(self.position)


class Correction(models.Model):
    """A dated record of what was wrong, linked to the copy that was and the copy that is: never a silent edit."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="corrections")
    wrong_copy = models.ForeignKey(PublishedArticle, models.PROTECT, related_name="corrected_by")
    right_copy = models.ForeignKey(PublishedArticle, models.PROTECT, related_name="corrects")
    text = models.TextField(_("what readers are told"), max_length=500)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="corrections")
    created_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="correction_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
