"""The people of the house, one screen for each: the account, what they are in which paper, their name in print."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.badges import switch_badge
from articles.admin.choices import PlainChoices, Rights
from articles.admin.kept import KeptInline
from articles.admin.lists import RememberedList
from articles.admin.people import name_of
from articles.admin.seats import MembershipInline
from articles.admin.second_factor import reset
from articles.admin.settings import say_gaps
from articles.admin.story_filters import ChoiceFilter
from articles.desk import second_factor
from articles.models import Membership, Publication, Reporter
from articles.models.publication import Role

User = get_user_model()


class NamesOfPerson(BaseInlineFormSet):
    """A row taken away only parts the name from the account: it stays over the stories it stands over."""

    def delete_existing(self, obj: Model, commit: bool = True) -> None:
        if commit:
            Reporter.objects.filter(pk=obj.pk).update(user=None)


class NameForm(forms.ModelForm):
    """A name that is there already and belongs to nobody is taken over, not made a second time."""

    def _post_clean(self) -> None:
        paper, name = self.cleaned_data.get("publication"), self.cleaned_data.get("name")
        if self.instance.pk is None and paper is not None and name:
            there = Reporter.objects.filter(publication=paper, name=name, user__isnull=True).first()
            if there is not None:
                there.user = self.instance.user if self.instance.user_id else None
                self.instance = there
        super()._post_clean()  # type: ignore[misc]  # Django's stubs leave it out


class NameInline(PlainChoices, KeptInline):
    model = Reporter
    form = NameForm
    formset = NamesOfPerson  # type: ignore[assignment]  # these are parted, never deleted
    fields = ["publication", "name", "kind", "is_active"]
    extra = 0
    verbose_name = _("name in print")
    verbose_name_plural = _("Name in print")
    explain = _(
        "The name that stands over this person’s stories. One that exists already is linked by typing it."
    )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.reporters.exists() else 1


class StateFilter(ChoiceFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("on", _("In use")), ("off", _("Disabled"))]

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        return stories.filter(is_active=value == "on")


class RoleFilter(ChoiceFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [*Role.choices, ("admin", _("Administrator")), ("none", _("No role"))]

    def narrow(self, stories: QuerySet, value: str) -> QuerySet:
        if value == "admin":
            return stories.filter(is_superuser=True)
        if value == "none":
            return stories.filter(memberships__isnull=True, is_superuser=False)
        return stories.filter(pk__in=Membership.objects.filter(role=value).values("user"))


# What Django's fields are called here, and what one should know of them.
WORDS = {
    "first_name": (_("Name"), _("The whole name, as colleagues say it.")),
    "username": (_("Account"), _("What one logs in with: letters, digits and @ . + - _")),
    "email": (_("E-mail"), _("Notices of the desk go there.")),
    "is_active": (
        _("May log in"),
        _("Take the tick away instead of deleting: what the person did stays signed."),
    ),
    "is_superuser": (
        _("Administrator"),
        _("Keeps accounts and settings. Stories are open only with a role."),
    ),
    "is_staff": (_("Works at the desk"), _("Without it there is no desk after logging in.")),
}

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(Rights, RememberedList, UserAdmin):
    """Accounts with their seats. An account is disabled, never deleted: what it did stays signed with its name."""

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    inlines = [MembershipInline, NameInline]
    filter_horizontal = ()
    list_title = _("Accounts")
    explain = _("Everybody who may log in. Who leaves is disabled, not deleted: their stories stay signed.")
    add_label = _("Add a person")
    list_display = ["called", "username", "roles", "in_print", "state", "last_login"]
    list_filter = [StateFilter, RoleFilter]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = _("Name or account")
    ordering = ["-is_active", "first_name", "username"]
    fieldsets = [
        (None, {"fields": ["first_name", "last_name", "username", "email"]}),
        (
            _("Logging in"),
            {
                "fields": ["password_state", "second_factor_state", "is_active", "is_superuser"],
                "description": _(
                    "A disabled person is out at their next click, wherever they are logged in."
                ),
            },
        ),
        (
            _("Finer rights"),
            {
                "classes": ["collapse"],
                "fields": ["is_staff", "groups", "user_permissions"],
                "description": _(
                    "Seldom needed: rights over accounts and settings for people who are no administrators."
                ),
            },
        ),
    ]
    readonly_fields = ["password_state", "second_factor_state"]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["first_name", "username", "email", "password1", "password2", "is_staff"],
                "description": _(
                    "Tell the person the password; they change it themselves once they are logged in."
                ),
            },
        ),
    ]

    @admin.display(description=_("name"), ordering="first_name")
    def called(self, user: Any) -> str:
        return name_of(user)

    @admin.display(description=_("roles"))
    def roles(self, user: Any) -> str:
        today = timezone.localdate()
        seats = [
            seat for seat in user.memberships.all() if seat.valid_until is None or seat.valid_until >= today
        ]
        words = [str(seat.get_role_display()) for seat in seats]
        if user.is_superuser:
            words.append(str(_("Administrator")))
        return "，".join(dict.fromkeys(words))

    @admin.display(description=_("name in print"))
    def in_print(self, user: Any) -> str:
        return " ".join(row.name for row in user.reporters.all())

    @admin.display(description=_("status"), ordering="is_active")
    def state(self, user: Any) -> SafeString:
        return switch_badge(user.is_active)

    @admin.display(description=_("password"))
    def password_state(self, user: Any) -> SafeString:
        words = _("There is one; nobody can read it.") if user.has_usable_password() else _("There is none.")
        return format_html(
            '{} <a class="button" href="{}">{}</a>',
            words,
            reverse("admin:auth_user_password_change", args=[user.pk]),
            _("Set a new password"),
        )

    @admin.display(description=_("two-step login"))
    def second_factor_state(self, user: Any) -> SafeString | str:
        if not second_factor.is_on(user):
            return str(_("It is off."))
        return format_html(
            '{} <a class="button" href="{}">{}</a>',
            _("It is on."),
            reverse("admin:auth_user_second_factor", args=[user.pk]),
            _("Reset, for a lost telephone"),
        )

    def get_urls(self) -> list[Any]:
        reset = self.admin_site.admin_view(self.reset_second_factor)
        return [path("<int:pk>/second-factor/", reset, name="auth_user_second_factor"), *super().get_urls()]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Administrators alone: it opens an account a step further than its password does."""
        if not _is_administrator(request):
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        back = reverse("admin:auth_user_change", args=[pk])
        if request.method == "POST":
            if reset(request.user, user):
                messages.success(
                    request,
                    gettext("The two-step login of %(name)s is reset.") % {"name": name_of(user)},
                )
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Reset the two-step login"),
            "opts": self.opts,
            "original": user,
        }
        return render(request, "admin/auth/user/second_factor.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("memberships", "reporters")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """First the account; what the person is in which paper is asked on the page that follows."""
        return self.inlines if obj is not None else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A family name of its own is asked for only where there is one: Chinese names are written in one piece."""
        rows = super().get_fieldsets(request, obj)
        if obj is None or obj.last_name:
            return rows
        return [
            (title, {**given, "fields": [name for name in given["fields"] if name != "last_name"]})
            for title, given in rows
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An administrator's account is an administrator's to change, password included."""
        if obj is not None and obj.is_superuser and not _is_administrator(request):
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who keeps accounts without being an administrator gives nobody rights; and nobody locks themselves out."""
        kept = list(super().get_readonly_fields(request, obj))
        if not _is_administrator(request):
            kept += ["is_superuser", "groups", "user_permissions"]
        elif obj is not None and obj.pk == request.user.pk:
            kept += ["is_superuser", "is_active", "is_staff"]
        return kept

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in {str(item.parameter_name) for item in (StateFilter, RoleFilter)}

    def get_form(  # type: ignore[override]  # as Django has it; its stubs know one more argument
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        names = form.base_fields
        if obj is None and "is_staff" in names:
            # An account that may not log in at the desk is of no use here.
            names["is_staff"].initial = True
        for name, (label, help_text) in WORDS.items():
            if name in names:
                names[name].label, names[name].help_text = label, help_text
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        concerned = Q(memberships__user=form.instance) | Q(stages__isnull=False)
        for paper in Publication.objects.filter(concerned).distinct():
            say_gaps(request, paper)


def _is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)
