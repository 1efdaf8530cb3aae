"""The verbs on an issue and on its pages as buttons: what each asks, what it says, and which function does it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.base import person_of
from articles.admin.issue_board import usual_time
from articles.admin.issue_tray import MOST_CANDIDATES, candidates
from articles.admin.times import PaperTimeField
from articles.admin.verbs import OptionalReasonForm, VerbForm, VerbSpec, specs
from articles.desk import pages, proofs, publishing
from articles.models import Article, Issue, Page
from articles.permissions import can_sign_in_emergency, visible_to
from articles.states import Status, Verb

# How many stories a page may be given at once when it is replaced.
MOST_STORIES = 16


class ScheduleForm(VerbForm):
    """When the issue comes out, on the paper's clock."""

    at = PaperTimeField(label=_("Date and time"), required=False)
    at_once = forms.BooleanField(label=_("At once"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issue: Issue = self.thing
        zone = issue.publication.zone
        self.fields["at"].zone = zone  # type: ignore[attr-defined]
        self.fields["at"].help_text = now_("On the paper's clock (%(zone)s).") % {"zone": zone}
        proposed = usual_time(issue)
        if proposed > timezone.now():
            self.initial["at"] = proposed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("at_once"):
            given["at"] = None
        elif given.get("at") is None and "at" not in self.errors:
            self.add_error("at", _("Give a date and a time, or say that it comes out at once."))
        return given


ISSUE_VERBS = specs(
    VerbSpec(
        Verb.MAKE_UP,
        lambda request, issue, given: proofs.make_up_issue(request.user, issue.pk),
        done=_("Every page is being made up. Each appears on its own make-up when it is ready."),
        ask_first=True,
        explain=_("Lays every page out anew from the stories placed on it. Earlier proofs are kept."),
    ),
    VerbSpec(
        Verb.SCHEDULE_ISSUE,
        lambda request, issue, given: publishing.schedule_issue(request.user, issue.pk, given["at"]),
        form=ScheduleForm,
        done=_("Scheduled. It comes out whole at its second, whatever runs or does not run by then."),
        tone="go",
        explain=_(
            "Every page must be signed off and every story approved. It comes out whole or not at all."
        ),
    ),
    VerbSpec(
        Verb.RELEASE_ISSUE,
        lambda request, issue, given: publishing.release_issue(request.user, issue.pk),
        done=_(
            "Released. It comes out at the time it was scheduled for, or has come out if that has passed."
        ),
        tone="go",
        ask_first=True,
        explain=_("Lets the issue go: at the time it was scheduled for, or at once if that has passed."),
    ),
    VerbSpec(
        Verb.HOLD_ISSUE,
        lambda request, issue, given: publishing.hold_issue(request.user, issue.pk, reason=given["reason"]),
        form=OptionalReasonForm,
        done=_("On hold. Nothing of it comes out until it is released."),
        tone="stop",
        explain=_("Stops the issue up to the last second. Its time is remembered for the release."),
    ),
    VerbSpec(
        Verb.UNSCHEDULE_ISSUE,
        lambda request, issue, given: publishing.unschedule_issue(
            request.user, issue.pk, reason=given["reason"]
        ),
        form=OptionalReasonForm,
        done=_("Back in planning. What readers have now stays up."),
        tone="stop",
        explain=_("Takes the issue back to planning; its time is forgotten. Pages and sign-offs stay."),
    ),
)


# --- pages --------------------------------------------------------------------------------------------------------


class StoryField(forms.ModelChoiceField):
    """One of the stories that the person may open. What it offers is a shorter list; what it takes is any of them:
    whether the story may stand there is the desk's matter."""

    def label_from_instance(self, obj: Any) -> str:
        return option_text(obj)


def option_text(article: Article) -> str:
    """A story as an option: its status first, for that is what placing goes by."""
    return f"{Status(article.status).label} · {article.headline}"


def story_field(
    request: HttpRequest, page: Page, *, required: bool, label: Any, also: Any = ()
) -> StoryField:
    person = person_of(request)
    field = StoryField(
        queryset=visible_to(person).select_related("publication"), required=required, label=label
    )
    offered = {article.pk: article for article in also}
    for article in candidates(person, page.issue)[:MOST_CANDIDATES]:
        offered.setdefault(article.pk, article)
    choices = [(pk, option_text(article)) for pk, article in offered.items()]
    field.choices = [("", "---------"), *choices]
    return field


class SeenForm(VerbForm):
    """What the person saw of the page when they decided. Left out by who did not look at the board."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_seen(self) -> str | None:
        return self.cleaned_data["seen"] or None


def weight_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Place by weight"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("1 is the lead. Leave it empty to put the story after the others."),
    )


class PlaceForm(SeenForm):
    """Which story, and before which others."""

    position = weight_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"] = story_field(self.request, self.thing, required=True, label=_("Story"))
        self.order_fields(["article", "position"])


class StandingForm(SeenForm):
    """Which of the page's stories. One that has become invisible to the person may be meant too."""

    article = forms.ModelChoiceField(queryset=Article.objects.none(), label=_("Story"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stories = Article.objects.filter(placements__page=self.thing)
        self.fields["article"].queryset = stories  # type: ignore[attr-defined]


class MoveForm(StandingForm):
    """Which story goes to which page of the same issue, and before which others there."""

    to = forms.ModelChoiceField(queryset=Page.objects.none(), label=_("To page"))
    position = weight_field()
    seen_there = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Page.objects.filter(issue=self.thing.issue_id).exclude(pk=self.thing.pk)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
        self.order_fields(["article", "to", "position"])

    def clean_seen_there(self) -> str | None:
        return self.cleaned_data["seen_there"] or None


class ReplaceForm(VerbForm):
    """The stories of the new page in their order, why, and whether one signature must do."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept and shown to everybody concerned."),
    )
    emergency = forms.BooleanField(
        label=_("Emergency: my one signature approves what has not passed every stage"),
        required=False,
        help_text=_("Each such story must be reviewed by somebody else afterwards."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Page = self.thing
        standing = [
            row.article for row in page.placements.select_related("article").order_by("position", "pk")
        ]
        self.names = [
            f"story_{number}" for number in range(1, min(MOST_STORIES, max(4, len(standing) + 3)) + 1)
        ]
        for number, name in enumerate(self.names):
            label = now_("Story %(number)s") % {"number": number + 1}
            self.fields[name] = story_field(self.request, page, required=False, label=label, also=standing)
            if number < len(standing):
                self.initial[name] = standing[number].pk
        if not can_sign_in_emergency(person_of(self.request), page.issue.publication_id):
            del self.fields["emergency"]
        self.order_fields([*self.names, "reason", "emergency"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = [given[name] for name in self.names if given.get(name)]
        if len({article.pk for article in chosen}) < len(chosen):
            raise ValidationError(_("A story stands twice in this list. Choose each once."))
        given["articles"] = chosen
        return given


def _place(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    return pages.place(
        request.user, page.pk, given["article"].pk, position=given["position"], seen=given["seen"]
    )


def _unplace(request: HttpRequest, page: Page, given: dict[str, Any]) -> None:
    pages.unplace(request.user, page.pk, given["article"].pk, seen=given["seen"])


def _move(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    return pages.move(
        request.user,
        page.pk,
        given["article"].pk,
        given["to"].pk,
        position=given["position"],
        seen=given["seen"],
        seen_there=given["seen_there"],
    )


def _replace(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    return publishing.replace_page(
        request.user,
        page.pk,
        [article.pk for article in given["articles"]],
        given["reason"],
        emergency=bool(given.get("emergency")),
    )


PAGE_VERBS = specs(
    VerbSpec(Verb.PLACE, _place, form=PlaceForm, done=_("Placed.")),
    VerbSpec(
        Verb.UNPLACE,
        _unplace,
        form=StandingForm,
        done=_("Taken off the page. Nothing of the story changed."),
    ),
    VerbSpec(Verb.MOVE, _move, form=MoveForm, done=_("Moved.")),
    VerbSpec(
        Verb.SIGN_OFF_PAGE,
        lambda request, page, given: pages.sign_off_page(request.user, page.pk, seen=given["seen"]),
        form=SeenForm,
        done=_("Signed off. Any later change of the page makes that void by itself."),
        tone="go",
    ),
    VerbSpec(
        Verb.REPLACE_PAGE,
        _replace,
        form=ReplaceForm,
        done=_("The page was replaced and signed off."),
        tone="stop",
        explain=_(
            "Readers see the old page or the new one, never half of either. A story that leaves a published page "
            "stays at its own address; withdraw it if it must go."
        ),
    ),
)
