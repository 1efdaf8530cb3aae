"""What the make-up asks for: which proof, what is wished for a story, an advert or a notice; and what does it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.base import person_of
from articles.admin.photo_rights import can_upload_photos, photos_usable_by
from articles.admin.verbs import VerbForm, VerbSpec, specs
from articles.desk import proofs
from articles.desk.proofs import item_mark
from articles.makeup.wishes import CORNERS, LARGEST_HEAD, MOST_ROWS, SMALLEST_HEAD, BadWish, read
from articles.models import Article, Page, PageItem, PageProof, Placement
from articles.states import Verb
from media_library.models import Photo
from media_library.uploads import store_photo

MOST_PHOTOS = 40

CORNER_NAMES = {
    "top_left": _("Upper left"),
    "top_right": _("Upper right"),
    "bottom_left": _("Lower left"),
    "bottom_right": _("Lower right"),
    "top": _("At the top"),
    "bottom": _("At the bottom"),
    "left": _("On the left"),
    "right": _("On the right"),
}
JUMP_NAMES = [
    ("allow", _("May go on on another page")),
    ("force", _("Must go on on another page")),
    ("forbid", _("Stays on this page")),
]
# Height by width.
CROPS = [
    ("", _("As it is")),
    ("0.5", "2:1"),
    ("0.5625", "16:9"),
    ("0.6667", "3:2"),
    ("0.75", "4:3"),
    ("1", "1:1"),
    ("1.3333", "3:4"),
]
# Wishes that change how a module looks but not where it can lie.
LIGHT = {"headline", "head_size", "picture_ratio"}


class MakeUpForm(VerbForm):
    """How the page is laid out: anew, as three proposals, or as a proof has it, with two modules changed about."""

    three = forms.BooleanField(required=False, widget=forms.HiddenInput)
    keep = forms.IntegerField(required=False, widget=forms.HiddenInput)
    one = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    other = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("one")) != bool(given.get("other")):
            raise ValidationError(_("Choose with what it changes places."))
        return given


class ChooseForm(VerbForm):
    """Which of the page's proofs, and what the person saw of the page."""

    proof = forms.ModelChoiceField(queryset=PageProof.objects.none(), widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].queryset = PageProof.objects.filter(page=self.thing)  # type: ignore[attr-defined]


class SteerForm(VerbForm):
    """What is wished for one story of a page."""

    article = forms.ModelChoiceField(queryset=Article.objects.none(), widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    position = forms.TypedChoiceField(label=_("weight"), coerce=int, required=False, empty_value=None)
    columns = forms.TypedChoiceField(label=_("columns wide"), coerce=int, required=False, empty_value=None)
    headline = forms.CharField(
        label=_("headline with breaks"),
        max_length=130,
        required=False,
        help_text=_("| where a line ends. Its words are changed in the story."),
    )
    head_size = forms.FloatField(
        label=_("headline in points"),
        required=False,
        min_value=SMALLEST_HEAD,
        max_value=LARGEST_HEAD,
        widget=forms.NumberInput(attrs={"step": "0.5", "placeholder": _("as it fits")}),
    )
    corner = forms.ChoiceField(label=_("place on the page"), required=False)
    picture_columns = forms.TypedChoiceField(
        label=_("picture's columns"), coerce=int, required=False, empty_value=None
    )
    picture_ratio = forms.TypedChoiceField(
        label=_("picture's crop"), coerce=float, required=False, empty_value=None, choices=CROPS
    )
    jump = forms.ChoiceField(label=_("If it is long"), required=False, choices=JUMP_NAMES)

    def __init__(self, *args: Any, placement: Placement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Page = self.thing
        stories = Article.objects.filter(placements__page=page)
        self.fields["article"].queryset = stories  # type: ignore[attr-defined]
        self.placement = placement or self._meant()
        most = page.issue.publication.page_format.columns if page.issue.publication.page_format else 8
        self._choose("columns", [("", _("as it fits")), *((n, str(n)) for n in range(1, most + 1))])
        pictures = [("", _("as it fits")), ("0", _("none printed"))]
        self._choose("picture_columns", [*pictures, *((n, str(n)) for n in range(1, most + 1))])
        corners = [(name, CORNER_NAMES[name]) for name in CORNERS]
        self._choose("corner", [("", _("Wherever it fits")), *corners])
        standing = getattr(page, "standing", None) or page.placements.count()
        weights = [
            (n, now_("%(n)s – the lead") % {"n": n} if n == 1 else str(n)) for n in range(1, standing + 1)
        ]
        self._choose("position", weights)
        if self.placement is not None and not self.is_bound:
            self._begin(self.placement)

    def _meant(self) -> Placement | None:
        key = str(self.data.get("article", ""))
        if not key.isdecimal() or len(key) > 18:
            return None
        return Placement.objects.filter(page=self.thing, article=int(key)).select_related("article").first()

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _begin(self, placement: Placement) -> None:
        wishes = placement.wishes
        ratio = wishes.get("picture_ratio")
        nearest = min(CROPS[1:], key=lambda row: abs(float(row[0]) - ratio))[0] if ratio else ""
        self.initial.update(
            {
                **wishes,
                "article": placement.article_id,
                "seen": proofs.wish_mark(placement),
                "position": placement.position,
                "headline": wishes.get("headline") or placement.article.headline,
                "picture_ratio": nearest,
                "jump": wishes.get("jump", "allow"),
            }
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.placement is None or self.errors:
            return given
        headline = (given.get("headline") or "").strip()
        own = self.placement.article.headline
        if headline.replace("|", "") not in ("", own):
            self.add_error(
                "headline",
                _("These are not the headline's own words. Change those in the story, breaks here."),
            )
            return given
        wished = {
            name: given.get(name)
            for name in ("columns", "corner", "head_size", "picture_columns", "picture_ratio")
        }
        wished |= {"headline": headline if "|" in headline else "", "jump": given.get("jump") or "allow"}
        try:
            given["wishes"] = read(
                {name: value for name, value in wished.items() if value is not None}
            ).as_dict()
        except BadWish as bad:
            self.add_error(bad.name if bad.name in self.fields else None, _bad(bad))
            return given
        before = self.placement.wishes
        changed = {
            name for name in {*before, *given["wishes"]} if before.get(name) != given["wishes"].get(name)
        }
        moved = given.get("position") not in (None, self.placement.position)
        given["keep_layout"] = changed <= LIGHT and not moved
        if not moved:
            given["position"] = None
        return given


def _bad(bad: BadWish) -> str:
    if bad.name == "headline":
        return now_("A headline has at most %(rows)s lines.") % {"rows": MOST_ROWS}
    return now_("This cannot be wished. Choose another value.")


class ItemForm(VerbForm):
    """An advert or a notice."""

    item = forms.ModelChoiceField(queryset=PageItem.objects.none(), required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("kind"),
        choices=PageItem.Kind.choices,
        help_text=_("An advert is marked “广告” on the page."),
    )
    title = forms.CharField(
        label=_("title"), max_length=60, help_text=_("Named to readers who cannot see it.")
    )
    text = forms.CharField(
        label=_("text"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    file = forms.FileField(
        label=_("picture"), required=False, help_text=_("JPEG, PNG, TIFF or WebP. It fills the whole box.")
    )
    photo = forms.ModelChoiceField(
        label=_("or a picture of the library"), queryset=Photo.objects.none(), required=False
    )
    columns = forms.IntegerField(label=_("columns wide"), min_value=1, max_value=12, initial=2)
    lines = forms.IntegerField(
        label=_("lines high"),
        min_value=5,
        max_value=200,
        initial=20,
        help_text=_("Lines of body text: ten are about 4.5 cm."),
    )
    corner = forms.ChoiceField(label=_("place on the page"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Page = self.thing
        self.fields["item"].queryset = PageItem.objects.filter(page=page)  # type: ignore[attr-defined]
        corners = [(value, label) for value, label in PageItem.Corner.choices if value]
        self.fields["corner"].choices = [*corners, ("", PageItem.Corner.ANYWHERE.label)]  # type: ignore[attr-defined]
        asked = self.data.get("item") or self.request.GET.get("item", "")
        key = int(asked) if str(asked).isdecimal() and len(str(asked)) < 19 else 0
        self.was = PageItem.objects.filter(page=page, pk=key).select_related("photo").first()
        self._offer_photos()
        if self.was is not None and not self.is_bound:
            names = ("kind", "title", "text", "photo", "columns", "lines", "corner")
            self.initial.update({name: getattr(self.was, name) for name in names})
            self.initial.update({"item": self.was.pk, "seen": item_mark(self.was)})
        elif not self.is_bound:
            self.initial["corner"] = PageItem.Corner.BOTTOM_RIGHT

    def _offer_photos(self) -> None:
        person = person_of(self.request)
        if not can_upload_photos(person):
            del self.fields["file"]
        usable = photos_usable_by(person)
        own = self.was.photo_id if self.was is not None else None
        field: Any = self.fields["photo"]
        field.queryset = usable | Photo.objects.filter(pk=own) if own else usable
        rows = [self.was.photo] if self.was is not None and self.was.photo is not None else []
        rows += [row for row in usable.order_by("-created_at", "-pk")[:MOST_PHOTOS] if row.pk != own]
        field.choices = [("", _("none")), *((row.pk, str(row)) for row in rows)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("file") and not self.errors:
            try:
                given["photo"] = store_photo(given["file"], user=self.request.user, alt=given["title"])
            except ValidationError as error:
                self.add_error("file", error)
        return given


class RemoveItemForm(VerbForm):
    item = forms.ModelChoiceField(queryset=PageItem.objects.none(), widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = PageItem.objects.filter(page=self.thing)  # type: ignore[attr-defined]


def _make_up(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    return proofs.make_up(
        request.user,
        page.pk,
        choices=(1, 2, 3) if given["three"] else (1,),
        keep=given["keep"],
        swap=(given["one"], given["other"]) if given["one"] else None,
    )


def _choose(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    return proofs.choose_proof(request.user, page.pk, given["proof"].pk, seen=given["seen"] or None)


def _steer(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    return proofs.steer(
        request.user,
        page.pk,
        given["article"].pk,
        given["wishes"],
        position=given["position"],
        seen=given["seen"] or None,
        again=True,
        keep_layout=given["keep_layout"],
    )


def _keep_item(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    names = ("kind", "title", "text", "photo", "columns", "lines", "corner")
    return proofs.keep_item(
        request.user,
        page.pk,
        {name: given[name] for name in names},
        item_id=given["item"].pk if given["item"] is not None else None,
        seen=given["seen"] or None,
    )


def _remove_item(request: HttpRequest, page: Page, given: dict[str, Any]) -> Any:
    proofs.remove_item(request.user, page.pk, given["item"].pk, seen=given["seen"] or None)


PROOF_VERBS = specs(
    VerbSpec(
        Verb.MAKE_UP,
        _make_up,
        form=MakeUpForm,
        done=_("Asked for. The proof appears here when it is made."),
        tone="go",
        explain=_("Lays the page out anew. Earlier proofs are kept."),
    ),
    VerbSpec(Verb.CHOOSE_PROOF, _choose, form=ChooseForm, done=_("The page shows this proof now.")),
    VerbSpec(
        Verb.STEER,
        _steer,
        form=SteerForm,
        done=_("Saved. The page is being made up again."),
    ),
    VerbSpec(
        Verb.KEEP_ITEM,
        _keep_item,
        form=ItemForm,
        done=_("Saved. Make the page up again to see it."),
        explain=_("It keeps its size and its place; the stories are laid out around it."),
    ),
    VerbSpec(
        Verb.REMOVE_ITEM,
        _remove_item,
        form=RemoveItemForm,
        done=_("Taken off the page. Make it up again."),
        tone="stop",
    ),
)
