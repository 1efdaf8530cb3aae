"""The places of the desk, by work and not by model, and who the person is: what stands on the rail of every page.

Only what the person may open is there. Besides the seats it costs two queries: the review stages, and for whoever
is no administrator the few rights over accounts and settings that Django's tables may give them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import person_of
from articles.admin.people import name_of
from articles.admin.queue import stages_taken_by
from articles.models import Publication
from articles.models.publication import Role
from articles.permissions import READ_ALL, Person, can_keep_reporters, can_plan_issues

# The rights of Django's tables that open a room: people without a seat in a paper may hold them.
RIGHTS = (
    "view_user",
    "change_user",
    "view_membership",
    "view_reporter",
    "view_publication",
    "view_group",
    "change_pagepattern",
)


@dataclass(frozen=True)
class Access:
    """What decides whether a room is open."""

    person: Person
    reviews: bool
    rights: frozenset[str]

    @property
    def seated(self) -> bool:
        return bool(self.person.seats)

    def reads(self) -> bool:
        return any(seat.role in READ_ALL for seat in self.person.seats)

    def plans(self) -> bool:
        return any(can_plan_issues(self.person, paper) for paper in self.person.publications)

    def keeps_names(self) -> bool:
        return any(can_keep_reporters(self.person, paper) for paper in self.person.publications)

    def administers(self, *rights: str) -> bool:
        return bool(self.person.user.is_superuser or self.rights & set(rights))


@dataclass(frozen=True)
class Room:
    """One screen of a place. `name`: its URL name; `also`: other addresses that belong to it."""

    label: object
    name: str
    open_to: Callable[[Access], bool]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A place as it is planned; it is there if one of its rooms is."""

    label: object
    icon: str
    rooms: tuple[Room, ...]


PLANS = (
    Plan(
        gettext_lazy("Workbench"),
        "bench",
        (Room(gettext_lazy("Workbench"), "index", lambda access: True),),
    ),
    Plan(
        gettext_lazy("Stories"),
        "stories",
        (
            Room(gettext_lazy("All stories"), "articles_article_changelist", lambda access: access.seated),
            Room(gettext_lazy("Intake"), "articles_intake_changelist", lambda access: access.seated),
        ),
    ),
    Plan(
        gettext_lazy("Review"),
        "review",
        (Room(gettext_lazy("Review queue"), "articles_article_review", lambda access: access.reviews),),
    ),
    Plan(
        gettext_lazy("Issues"),
        "issues",
        (
            Room(
                gettext_lazy("Issues"),
                "articles_issue_changelist",
                Access.reads,
                ("articles_page_changelist",),
            ),
            Room(gettext_lazy("Calendar"), "articles_issue_calendar", Access.reads),
            Room(
                gettext_lazy("Pages of the week"),
                "articles_pagepattern_changelist",
                lambda access: access.plans() or access.administers("change_pagepattern"),
            ),
        ),
    ),
    Plan(
        gettext_lazy("Photos"),
        "photos",
        (Room(gettext_lazy("Photos"), "media_library_photo_changelist", lambda access: access.seated),),
    ),
    Plan(
        gettext_lazy("People"),
        "people",
        (
            Room(
                gettext_lazy("Accounts"),
                "auth_user_changelist",
                lambda access: access.administers("view_user", "change_user"),
            ),
            Room(
                gettext_lazy("Roles by date"),
                "articles_membership_changelist",
                lambda access: access.administers("view_membership"),
            ),
            Room(
                gettext_lazy("Names in print"),
                "articles_reporter_changelist",
                lambda access: access.keeps_names() or access.administers("view_reporter"),
            ),
        ),
    ),
    Plan(
        gettext_lazy("Settings"),
        "settings",
        (
            Room(
                gettext_lazy("The paper"),
                "settings",
                lambda access: access.administers("view_publication"),
                ("articles_publication_changelist",),
            ),
            Room(
                gettext_lazy("Page formats"),
                "articles_pageformat_changelist",
                lambda access: access.administers("view_pageformat"),
            ),
            Room(
                gettext_lazy("Logins refused"),
                "axes_accessattempt_changelist",
                lambda access: access.administers(),
            ),
            Room(
                gettext_lazy("Groups of rights"),
                "auth_group_changelist",
                lambda access: access.administers("view_group"),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Tab:
    label: object
    url: str
    current: bool


@dataclass(frozen=True)
class Place:
    """`current`: the page is in it; `exactly`: it is its first page."""

    label: object
    icon: str
    url: str
    current: bool
    exactly: bool
    tabs: tuple[Tab, ...]


@dataclass(frozen=True)
class Rail:
    """`paper`: the name of the only paper the person works for; `roles`: what they are, `seats`: in which paper."""

    places: list[Place] = field(default_factory=list)
    paper: str = ""
    name: str = ""
    roles: list[str] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    searches: bool = False

    # The rooms of the place one is in; on the pages behind their doors the way back is what stands above them.
    tabs: tuple[Tab, ...] = ()

    @property
    def initial(self) -> str:
        return self.name[:1].upper()


def rail_of(request: HttpRequest) -> Rail:
    """The rail of the page that is asked for."""
    person = person_of(request)
    access = Access(person, bool(stages_taken_by(person)), _rights(person))
    papers = list(dict.fromkeys(seat.paper for seat in person.seats)) or _only_paper(person)
    several = len(papers) > 1
    roles = [str(Role(seat.role).label) for seat in person.seats]
    seats = [
        f"{seat.paper} · {role}" if several else role for seat, role in zip(person.seats, roles, strict=True)
    ]
    if person.user.is_superuser:
        roles.append(_("Administrator"))
        seats.append(_("Administrator"))
    places = _places(access, request.path)
    return Rail(
        places=places,
        tabs=next((place.tabs for place in places if any(tab.url == request.path for tab in place.tabs)), ()),
        paper="" if several or not papers else papers[0],
        name=name_of(person.user),
        roles=list(dict.fromkeys(roles)) or [_("No role yet")],
        seats=seats,
        searches=access.seated,
    )


def _only_paper(person: Person) -> list[str]:
    """For administrators without a seat: what they look after, where it is one paper."""
    if not person.user.is_superuser:
        return []
    return list(Publication.objects.values_list("name", flat=True)[:2])


def _rights(person: Person) -> frozenset[str]:
    user = person.user
    if user.is_superuser or not user.is_active:
        return frozenset()
    given = Permission.objects.filter(Q(user=user.pk) | Q(group__user=user.pk), codename__in=RIGHTS)
    return frozenset(given.values_list("codename", flat=True))


def _places(access: Access, path: str) -> list[Place]:
    open_rooms = [
        (plan, [room for room in plan.rooms if _url(room.name) and room.open_to(access)]) for plan in PLANS
    ]
    here = _room_at(path, (room for _plan, rooms in open_rooms for room in rooms))
    return [_place(plan, rooms, here, path) for plan, rooms in open_rooms if rooms]


def _place(plan: Plan, rooms: list[Room], here: Room | None, path: str) -> Place:
    tabs = tuple(Tab(room.label, _url(room.name), room is here) for room in rooms)
    return Place(
        label=plan.label,
        icon=plan.icon,
        url=tabs[0].url,
        current=any(tab.current for tab in tabs),
        exactly=path == tabs[0].url,
        tabs=tabs,
    )


def _room_at(path: str, rooms: Iterable[Room]) -> Room | None:
    """The room with the longest address that the path begins with; the workbench only for itself."""
    best, found = 0, None
    for room in rooms:
        for name in (room.name, *room.also):
            url = _url(name)
            if (path == url if name == "index" else url and path.startswith(url)) and len(url) > best:
                best, found = len(url), room
    return found


def _url(name: str) -> str:
    """Where a room is; "" where there is no screen of that name."""
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        return ""
