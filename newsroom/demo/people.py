"""The sample paper's staff: accounts with a role each, and the names that stand in bylines."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.models import Membership, Publication, Reporter, Section
from articles.models.publication import Role

LOGINS = "logins.txt"


@dataclass(frozen=True)
class Account:
    """`role` None: an administrator, who keeps accounts and settings and has no say over content. No `sections`
    named means all of them."""

    username: str
    name: str
    role: Role | None
    byline: bool = False
    sections: tuple[str, ...] = ()


ACCOUNTS = (
    Account("reporter", "林海生", Role.REPORTER, byline=True),
    Account("reporter2", "何帆", Role.REPORTER, byline=True),
    Account("picture", "叶听舟", Role.PICTURE_EDITOR, byline=True),
    Account("section", "许若澜", Role.SECTION_EDITOR, sections=("要闻", "经济", "海洋")),
    Account("section2", "温知予", Role.SECTION_EDITOR, sections=("民生", "文化", "体育")),
    Account("duty", "周明远", Role.DUTY_EDITOR),
    Account("chief", "沈知秋", Role.EDITOR_IN_CHIEF),
    Account("layout", "顾小满", Role.LAYOUT_ARTIST),
    Account("proof", "江砚", Role.PROOFREADER),
    Account("admin", "程望舒", None),
)
# In bylines, without an account.
OTHERS = {
    "许闻笛": Reporter.Kind.STAFF,
    "陆星野": Reporter.Kind.STAFF,
    "沈一苇": Reporter.Kind.INTERN,
    "苏晚": Reporter.Kind.STRINGER,
    "顾明澜": Reporter.Kind.STRINGER,
}


@dataclass(frozen=True)
class Staff:
    """`users` by username, `reporters` by name, `passwords` by username: the only place they are readable."""

    users: Mapping[str, User]
    reporters: Mapping[str, Reporter]
    passwords: Mapping[str, str]

    def author(self, names: list[str]) -> User:
        """Who filed a story with these bylines: the first of them who has an account, else a reporter."""
        for name in names:
            reporter = self.reporters[name]
            if reporter.user is not None:
                return reporter.user
        return self.users["reporter2"]

    def section_editor(self, section: str) -> str:
        """The username of the editor who reads a section's stories first."""
        return next(
            account.username
            for account in ACCOUNTS
            if account.role == Role.SECTION_EDITOR and section in account.sections
        )


def taken_usernames() -> list[str]:
    """Which of the demo's usernames somebody has already."""
    names = [account.username for account in ACCOUNTS]
    found = get_user_model().objects.filter(username__in=names).order_by("username")
    return list(found.values_list("username", flat=True))


def hire(publication: Publication, sections: Mapping[str, Section]) -> Staff:
    """Make the accounts, each with a password of its own, and the names for bylines."""
    users: dict[str, User] = {}
    reporters: dict[str, Reporter] = {}
    passwords: dict[str, str] = {}
    for account in ACCOUNTS:
        passwords[account.username] = secrets.token_urlsafe(12)
        user = get_user_model().objects.create_user(
            account.username,
            password=passwords[account.username],
            first_name=account.name,
            is_staff=True,
            is_superuser=account.role is None,
        )
        users[account.username] = user
        if account.role is not None:
            seat = Membership.objects.create(user=user, publication=publication, role=account.role)
            seat.sections.set([sections[name] for name in account.sections])
        if account.byline:
            reporters[account.name] = Reporter.objects.create(
                publication=publication, name=account.name, user=user
            )
    for name, kind in OTHERS.items():
        reporters[name] = Reporter.objects.create(publication=publication, name=name, kind=kind)
    return Staff(users, reporters, passwords)


def write_logins(folder: Path, passwords: Mapping[str, str]) -> Path:
    """Write who may log in with what into `folder`, readable by the owner alone. Whole or not at all."""
    lines = [
        _("Accounts of the sample paper. The passwords were made on this machine and are written only here."),
        "",
    ]
    for account in ACCOUNTS:
        role = account.role.label if account.role else _("Administrator")
        lines.append(f"  {account.username:<10} {passwords[account.username]:<18} {account.name}  {role}")
    path = folder / LOGINS
    draft = folder / f".{LOGINS}.{os.getpid()}"
    draft.unlink(missing_ok=True)
    # The mode is given when the file is made: at no moment can others read it.
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write("\n".join(lines) + "\n")
    draft.replace(path)
    return path
